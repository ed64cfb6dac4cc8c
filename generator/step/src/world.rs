//! What a verb needs of the world around it.

use crate::clock::Clock;
use crate::redact::Redactor;
use crate::signals::Stop;

/// The world around a verb.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Time.
    pub clock: &'a dyn Clock,
    /// What is cut out of all that is printed.
    pub redactor: &'a Redactor,
    /// Whether the pod was asked to stop.
    pub stop: &'a Stop,
}

impl World<'_> {
    /// Waits, and no longer once the pod is asked to stop.
    pub(crate) fn pause(&self, time: std::time::Duration) {
        self.clock.pause(time, self.stop);
    }

    /// Says a line in the log.
    pub fn say(&self, line: impl AsRef<str>) {
        eprintln!("{}", self.redactor.text(line.as_ref()));
    }
}
