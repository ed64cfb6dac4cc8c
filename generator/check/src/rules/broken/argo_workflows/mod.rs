//! Argo Workflows: what `argo lint` lets pass.

use crate::rules::rules;

rules! { ignored_field }
