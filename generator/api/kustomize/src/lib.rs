//! Kustomize's files (`kustomize.config.k8s.io`): Kustomization (`v1beta1`) and Component (`v1alpha1`).
//!
//! Every field is here that Kustomize 5 reads, those too that it advises against.

mod change;
mod generator;
mod helm;
mod kustomization;
mod unions;

pub use change::*;
pub use generator::*;
pub use helm::*;
pub use kustomization::*;
pub use unions::*;
