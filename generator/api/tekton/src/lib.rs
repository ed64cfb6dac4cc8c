//! Tekton's objects: Tasks, Pipelines and their runs (`tekton.dev/v1`), StepAction and CustomRun (`v1beta1`), and
//! Triggers (`triggers.tekton.dev/v1beta1`; interceptors `v1alpha1`).
//!
//! Status is left out: Luban writes these objects, the controller reports on them.

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod param_value;
mod pipeline;
mod run;
mod step_action;
mod task;
mod triggers;

pub use param_value::ParamValue;
pub use pipeline::*;
pub use run::*;
pub use step_action::*;
pub use task::*;
pub use triggers::*;
