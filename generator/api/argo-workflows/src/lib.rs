//! Argo Workflows' objects (`argoproj.io/v1alpha1`): workflows, their templates, schedules and event bindings.
//!
//! Status is left out: Luban writes these objects, the controller reports on them.

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod action;
mod artifact;
mod cron;
mod event_binding;
mod parameter;
mod special;
mod steps;
mod storage;
mod template;
mod workflow;

pub use action::*;
pub use artifact::*;
pub use cron::*;
pub use event_binding::*;
pub use parameter::*;
pub use special::{Amount, Item, ParallelSteps, Plugin};
pub use steps::*;
pub use storage::*;
pub use template::*;
pub use workflow::*;
