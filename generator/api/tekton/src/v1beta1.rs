//! `tekton.dev/v1beta1`: Task, Pipeline and their runs before `v1`; StepAction and CustomRun.

mod custom_run;
mod pipeline;
mod resources;
mod run;
mod status;
mod step_action;
mod task;
mod unions;

pub use custom_run::*;
pub use pipeline::*;
pub use resources::*;
pub use run::*;
pub use status::*;
pub use step_action::*;
pub use task::*;
pub use unions::*;
