//! Argo CD's objects (`argoproj.io/v1alpha1`, v3.5): Application, ApplicationSet and AppProject, with the status that Argo
//! CD writes.
//!
//! Fields that exclude each other have checked accessors, such as [`ApplicationSetGenerator::kind`].

mod application;
mod application_set;
mod generator;
mod operation;
mod operation_state;
mod project;
mod pull_request_generator;
mod scm_generator;
mod source;
mod status;
mod tool;
mod unions;

pub use application::*;
pub use application_set::*;
pub use generator::*;
pub use operation::*;
pub use operation_state::*;
pub use project::*;
pub use pull_request_generator::*;
pub use scm_generator::*;
pub use source::*;
pub use status::*;
pub use tool::*;
pub use unions::*;
