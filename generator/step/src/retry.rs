//! Doing again what failed for a reason that may pass.

use std::time::{Duration, Instant};

use crate::failure::{Exit, Failure};
use crate::world::World;

/// So often a thing is tried.
const TRIES: u32 = 4;
/// A try is begun only while there is this part of the whole time for it.
const SHARE: u32 = 4;
/// The pause after the first try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// Tries until it works, fails for good, has been tried often enough, or the time is up. `attempt` is given the time that is left.
///
/// # Errors
/// The last try's failure, or that the pod was asked to stop.
pub(crate) fn until<T>(
    world: &World<'_>,
    limit: Duration,
    mut attempt: impl FnMut(Duration) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let start = world.clock.instant();
    let mut pause = FIRST_PAUSE;
    for _ in 1..TRIES {
        let failure = match attempt(left(world, start, limit)) {
            Err(failure) if failure.exit == Exit::Transient => failure,
            ended => return ended,
        };
        // What had not enough time would fail for that, and for good.
        if left(world, start, limit) <= pause + limit / SHARE {
            return Err(failure);
        }
        world.say(format!(
            "{}; trying again in {} s",
            failure.message,
            pause.as_secs()
        ));
        wait(world, pause)?;
        pause *= 2;
    }
    attempt(left(world, start, limit))
}

/// What is left of `limit`; a moment at least, so that what is tried ends by itself and says why.
fn left(world: &World<'_>, start: Instant, limit: Duration) -> Duration {
    let passed = world.clock.instant().duration_since(start);
    limit.saturating_sub(passed).max(Duration::from_secs(1))
}

fn wait(world: &World<'_>, pause: Duration) -> Result<(), Failure> {
    if !world.stop.is_asked() {
        world.pause(pause);
    }
    if world.stop.is_asked() {
        return Err(Failure::new(
            Exit::Cancelled,
            "stopped before it was tried again",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::testing::Waits;
    use crate::{Redactor, Stop};

    const LONG: Duration = Duration::from_secs(3600);

    /// How often it was tried, how long was waited, and how it ended.
    fn tried(
        limit: Duration,
        mut attempt: impl FnMut(u32, &Stop) -> Result<u32, Failure>,
    ) -> (u32, Duration, Result<u32, Failure>) {
        let (clock, redactor, stop) = (Waits::default(), Redactor::default(), Stop::default());
        let world = World {
            clock: &clock,
            redactor: &redactor,
            stop: &stop,
        };
        let mut count = 0;
        let ended = until(&world, limit, |_| {
            count += 1;
            attempt(count, &stop)
        });
        let waited = clock.0.lock().unwrap().iter().sum();
        (count, waited, ended)
    }

    fn failing(exit: Exit) -> Result<u32, Failure> {
        Err(Failure::new(exit, "the registry is away"))
    }

    #[test]
    fn what_may_pass_is_tried_again_with_longer_and_longer_pauses() {
        let (count, waited, ended) = tried(LONG, |count, _| match count {
            3 => Ok(7),
            _ => failing(Exit::Transient),
        });
        assert_eq!((count, ended), (3, Ok(7)));
        assert_eq!(waited, Duration::from_secs(5 + 10));
    }

    #[test]
    fn it_ends_after_a_few_tries_and_stays_transient() {
        let (count, waited, ended) = tried(LONG, |_, _| failing(Exit::Transient));
        assert_eq!((count, ended.unwrap_err().exit), (4, Exit::Transient));
        assert_eq!(waited, Duration::from_secs(5 + 10 + 20));
    }

    #[test]
    fn what_fails_for_good_is_tried_once() {
        let (count, waited, ended) = tried(LONG, |_, _| failing(Exit::Failed));
        assert_eq!((count, ended.unwrap_err().exit), (1, Exit::Failed));
        assert_eq!(waited, Duration::ZERO);
    }

    #[test]
    fn nothing_is_tried_again_when_the_time_is_up() {
        let (count, _, ended) = tried(Duration::from_secs(4), |_, _| failing(Exit::Transient));
        assert_eq!((count, ended.unwrap_err().exit), (1, Exit::Transient));
    }

    #[test]
    fn a_try_that_would_have_too_little_time_is_not_begun() {
        let (count, _, ended) = tried(Duration::from_secs(6), |_, _| failing(Exit::Transient));
        assert_eq!((count, ended.unwrap_err().exit), (1, Exit::Transient));
    }

    #[test]
    fn a_pod_that_is_asked_to_stop_waits_no_longer() {
        let (count, waited, ended) = tried(LONG, |_, stop| {
            stop.ask();
            failing(Exit::Transient)
        });
        assert_eq!((count, ended.unwrap_err().exit), (1, Exit::Cancelled));
        assert_eq!(waited, Duration::ZERO);
    }
}
