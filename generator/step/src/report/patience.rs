//! Waiting with an end: the pod of a report has ten minutes, and a run whose report is cut off fails for it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::clock::Clock;
use crate::signals::Stop;
use crate::world::World;

/// All pauses between the tries of one receiver.
pub(super) const MOST: Duration = Duration::from_secs(300);
/// Being asked to stop is seen after so long.
const SLICE: Duration = Duration::from_secs(1);

/// A clock that waits no longer than [`MOST`] in all, and not at all once the pod was asked to stop.
pub(super) struct Patience<'a> {
    world: &'a World<'a>,
    left: Mutex<Duration>,
    /// Set when it is at its end: nothing is tried again after that.
    stop: Stop,
}

impl<'a> Patience<'a> {
    pub(super) fn new(world: &'a World<'a>) -> Self {
        Self {
            world,
            left: Mutex::new(MOST),
            stop: world.stop.below(),
        }
    }

    /// The world with this clock.
    pub(super) fn world(&self) -> World<'_> {
        World {
            clock: self,
            redactor: self.world.redactor,
            stop: &self.stop,
        }
    }
}

impl Clock for Patience<'_> {
    fn now(&self) -> SystemTime {
        self.world.clock.now()
    }

    fn instant(&self) -> Instant {
        self.world.clock.instant()
    }

    fn sleep(&self, time: Duration) {
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rest = time;
        while !rest.is_zero() {
            if self.world.stop.is_asked() {
                self.stop.ask();
                return;
            }
            if left.is_zero() {
                // What waited a while for the rest of it is tried once more.
                if rest == time {
                    self.stop.ask();
                }
                return;
            }
            let slice = rest.min(SLICE).min(*left);
            self.world.clock.sleep(slice);
            rest = rest.saturating_sub(slice);
            *left = left.saturating_sub(slice);
        }
    }

    fn pause(&self, time: Duration, _: &Stop) {
        self.sleep(time);
    }
}
