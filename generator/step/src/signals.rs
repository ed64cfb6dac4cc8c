//! Being asked to stop.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};

/// Whether the pod was asked to stop (SIGTERM, SIGINT).
#[derive(Clone, Debug, Default)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    /// Of whoever is asked for all.
    above: Option<Arc<AtomicBool>>,
}

impl Stop {
    /// Listens for signals from now on.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn listen() -> io::Result<Self> {
        let stop = Self::default();
        for signal in [SIGTERM, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&stop.asked))?;
        }
        Ok(stop)
    }

    /// Whether it was asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        let is_set = |flag: &Arc<AtomicBool>| flag.load(Ordering::Relaxed);
        is_set(&self.asked) || self.above.as_ref().is_some_and(is_set)
    }

    /// Asks, as a signal does.
    pub fn ask(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// One that is asked when this one is, and can be asked by itself.
    pub(crate) fn below(&self) -> Self {
        Self {
            asked: Arc::default(),
            above: Some(Arc::clone(&self.asked)),
        }
    }
}
