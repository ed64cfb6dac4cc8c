//! How long a call may take: what is large takes longer, what trickles ends.

use std::time::{Duration, Instant};

/// A whole call that sends and gets little. Tests wait for silence in earnest, so they have less of it.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(if cfg!(test) { 3 } else { 30 });
/// So many bytes a second are the least that a body is sent or got with.
const SLOWEST: u64 = 256 << 10;

/// The time of one call, which begins now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    start: Instant,
    sent: u64,
}

impl Time {
    /// Of a call that sends so many bytes.
    pub(super) fn new(sent: u64) -> Self {
        Self {
            start: Instant::now(),
            sent,
        }
    }

    /// Until the answer begins.
    pub(super) fn to_send(self) -> Duration {
        limit(self.sent)
    }

    /// Whether it is up, with so many bytes of the answer.
    pub(super) fn is_up(self, got: u64) -> bool {
        self.start.elapsed() > limit(self.sent.saturating_add(got))
    }
}

fn limit(bytes: u64) -> Duration {
    TIMEOUT.saturating_add(Duration::from_secs(bytes / SLOWEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_body_has_longer_than_a_small_one() {
        assert_eq!(Time::new(1000).to_send(), TIMEOUT);
        assert_eq!(
            Time::new(64 << 20).to_send(),
            TIMEOUT + Duration::from_secs(256)
        );
    }
}
