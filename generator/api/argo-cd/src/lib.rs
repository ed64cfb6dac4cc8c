//! Argo CD's objects (`argoproj.io/v1alpha1`): Application, ApplicationSet, AppProject.
//!
//! Status is left out: Luban writes these objects, the controller reports on them.

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod application;
mod application_set;
mod generator;
mod project;
mod scm_generator;
mod source;

pub use application::*;
pub use application_set::*;
pub use generator::*;
pub use project::*;
pub use scm_generator::*;
pub use source::*;
