//! Tekton's objects.
//!
//! The crate itself holds `tekton.dev/v1`: Task, Pipeline and their runs. [`v1beta1`] has what they were before, and
//! StepAction and CustomRun, which have no later version; [`v1alpha1`] has VerificationPolicy, and StepAction and Run as they
//! were first; [`resolution`] has what controllers ask resolvers for. A definition that is the same in several versions is
//! one struct. Tekton Triggers are the crate `luban-api-triggers`.

mod interface;
mod param_value;
mod pipeline;
mod pipeline_status;
pub mod resolution;
mod result_type;
mod run;
mod status;
mod task;
mod unions;
pub mod v1alpha1;
pub mod v1beta1;

pub use interface::*;
pub use param_value::ParamValue;
pub use pipeline::*;
pub use pipeline_status::*;
pub use result_type::ResultType;
pub use run::*;
pub use status::*;
pub use task::*;
pub use unions::*;
