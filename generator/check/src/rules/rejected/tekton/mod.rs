//! Tekton.

pub(super) mod pipeline;
pub(super) mod task;

use crate::rules::rules;

rules! {}
