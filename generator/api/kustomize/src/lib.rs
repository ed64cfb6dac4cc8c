//! Kustomize's files (`kustomize.config.k8s.io`): Kustomization (`v1beta1`) and Component (`v1alpha1`).

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod change;
mod generator;
mod kustomization;

pub use change::*;
pub use generator::*;
pub use kustomization::*;
