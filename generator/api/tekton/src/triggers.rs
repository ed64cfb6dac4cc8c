//! Tekton Triggers: what turns an HTTP event into objects.

mod interceptor;
mod listener;
mod trigger;

pub use interceptor::*;
pub use listener::*;
pub use trigger::*;
