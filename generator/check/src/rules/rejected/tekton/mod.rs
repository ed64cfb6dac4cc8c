//! Tekton.

pub(super) mod task;

use crate::rules::rules;

rules! {}
