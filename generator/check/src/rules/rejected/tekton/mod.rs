//! Tekton.

pub(super) mod task;
pub(super) mod pipeline;

use crate::rules::rules;

rules! {}
