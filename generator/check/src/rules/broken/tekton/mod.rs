//! Tekton.

use crate::rules::rules;

rules! {}
