//! Tekton Triggers.

use crate::rules::rules;

rules! {}
