//! Texts with expressions in them, cut into literal text and expressions with their places.

pub mod application_set;
pub mod argo;
pub mod kargo;
pub mod tekton;
mod tekton_forms;
pub mod triggers;
