//! Argo Workflows' objects (`argoproj.io/v1alpha1`, v4.1): workflows, their templates, schedules and event bindings,
//! with the status that the controller writes.
//!
//! Fields that exclude each other have checked accessors, such as [`Template::body`].

mod action;
mod artifact;
mod container;
mod control;
mod cron;
mod event_binding;
mod metrics;
mod node;
mod parameter;
mod repository;
mod source;
mod special;
mod status;
mod steps;
mod storage;
mod template;
mod unions;
mod workflow;
mod workflow_spec;

pub use action::*;
pub use artifact::*;
pub use container::*;
pub use control::*;
pub use cron::*;
pub use event_binding::*;
pub use metrics::*;
pub use node::*;
pub use parameter::*;
pub use repository::*;
pub use source::*;
pub use special::{Amount, Item, ParallelSteps, Plugin};
pub use status::*;
pub use steps::*;
pub use storage::*;
pub use template::*;
pub use unions::*;
pub use workflow::*;
pub use workflow_spec::*;
