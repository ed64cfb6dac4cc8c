//! Time, which tests make themselves.

use std::time::{Duration, Instant, SystemTime};

/// What time it is, and waiting.
pub trait Clock: Sync {
    /// The time of day.
    fn now(&self) -> SystemTime;
    /// A point in time that never goes back.
    fn instant(&self) -> Instant;
    /// Waits.
    fn sleep(&self, time: Duration);
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
