//! Time, which tests make themselves.

use std::time::{Duration, Instant, SystemTime};

use crate::signals::Stop;

/// How long one waits without looking whether the pod is asked to stop.
const SLICE: Duration = Duration::from_millis(500);

/// What time it is, and waiting.
pub trait Clock: Sync {
    /// The time of day.
    fn now(&self) -> SystemTime;
    /// A point in time that never goes back.
    fn instant(&self) -> Instant;
    /// Waits.
    fn sleep(&self, time: Duration);
    /// Waits, and no longer once it is asked to `stop`.
    fn pause(&self, time: Duration, stop: &Stop) {
        let mut left = time;
        while !left.is_zero() && !stop.is_asked() {
            let slice = left.min(SLICE);
            self.sleep(slice);
            left = left.saturating_sub(slice);
        }
    }
}

/// The clock of the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
