//! Kustomize.

use crate::rules::rules;

rules! {}
