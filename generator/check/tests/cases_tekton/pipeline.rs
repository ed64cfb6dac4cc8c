//! Cases of pipelines and their runs.

use super::{Divergence, Rejected};

/// Kinds of cases that are not looked at.
pub(super) const LEFT_OUT: &[&str] = &[
    "Pipeline",
    "PipelineRef",
    "PipelineRun",
    "PipelineRunSpec",
    "PipelineSpec",
    "PipelineTask",
];

pub(super) const REJECTED: &[Rejected] = &[];

pub(super) const DIVERGENCES: &[Divergence] = &[];
