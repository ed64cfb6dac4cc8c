//! Kinds in which things stand.

/// All that the webhook serves.
pub(crate) const KINDS: &[&str] = &[
    "Task",
    "TaskRun",
    "Pipeline",
    "PipelineRun",
    "StepAction",
    "CustomRun",
    "VerificationPolicy",
];
/// Those that hold tasks.
pub(crate) const TASKS: &[&str] = &["Task", "TaskRun", "Pipeline", "PipelineRun"];
/// Those that hold steps.
pub(crate) const WITH_STEPS: &[&str] =
    &["Task", "TaskRun", "Pipeline", "PipelineRun", "StepAction"];
/// Those that declare parameters.
pub(crate) const WITH_PARAMS: &[&str] = WITH_STEPS;
/// Runs.
pub(crate) const RUNS: &[&str] = &["TaskRun", "PipelineRun", "CustomRun"];
/// Runs, and what refers to tasks and step actions.
pub(crate) const RUNS_AND_TASKS: &[&str] =
    &["Task", "TaskRun", "Pipeline", "PipelineRun", "CustomRun"];
