//! Argo Events' objects (`argoproj.io/v1alpha1`): EventSource, Sensor, EventBus.
//!
//! Status is left out: Luban writes these objects, the controller reports on them.

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod cloud_source;
mod event_bus;
mod event_source;
mod git_source;
mod message_trigger;
mod queue_source;
mod sensor;
mod simple_source;
mod special;
mod trigger;

pub use cloud_source::*;
pub use event_bus::*;
pub use event_source::*;
pub use git_source::*;
pub use message_trigger::*;
pub use queue_source::*;
pub use sensor::*;
pub use simple_source::*;
pub use special::{Amount, Int64OrString};
pub use trigger::*;
