//! The variables of Argo Workflows.

/// Where a variable is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// In every template.
    Everywhere,
    /// In the templates that run when the workflow ends.
    OnExit,
    /// In templates that declare it.
    Template,
    /// In templates that run a pod.
    Pod,
    /// In templates with a `retryStrategy`.
    Retry,
    /// In a `steps` template, of steps.
    Steps,
    /// In a `dag` template, of tasks.
    Dag,
    /// In a step or task that is repeated.
    Loop,
    /// In metrics.
    Metrics,
    /// In `when` and `stopStrategy` of a CronWorkflow.
    Cron,
}

/// What a variable holds; all are texts when they are put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Any text.
    Text,
    /// A whole number.
    Number,
    /// JSON.
    Json,
    /// A point in time.
    Time,
    /// An artifact, which only `from` takes.
    Artifact,
}

/// A variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variable {
    /// Its name, with `NAME` for what the user chooses.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Where it is known.
    pub known: Known,
}

const fn variable(name: &'static str, holds: Holds, known: Known) -> Variable {
    Variable { name, holds, known }
}

/// What upstream checks; a variable that begins otherwise is left as it is.
pub(crate) const PREFIXES: [&str; 7] = [
    "item.",
    "steps.",
    "inputs.",
    "outputs.",
    "pod.",
    "workflow.",
    "tasks.",
];

/// The variables of Argo Workflows v4.1 (`util/variables/keys`).
pub static VARIABLES: &[Variable] = &[
    variable("workflow.name", Holds::Text, Known::Everywhere),
    variable("workflow.namespace", Holds::Text, Known::Everywhere),
    variable("workflow.mainEntrypoint", Holds::Text, Known::Everywhere),
    variable(
        "workflow.serviceAccountName",
        Holds::Text,
        Known::Everywhere,
    ),
    variable("workflow.uid", Holds::Text, Known::Everywhere),
    variable("workflow.status", Holds::Text, Known::Everywhere),
    variable("workflow.priority", Holds::Number, Known::Everywhere),
    variable("workflow.duration", Holds::Number, Known::Everywhere),
    variable("workflow.scheduledTime", Holds::Time, Known::Everywhere),
    variable("workflow.creationTimestamp", Holds::Time, Known::Everywhere),
    variable(
        "workflow.creationTimestamp.s",
        Holds::Number,
        Known::Everywhere,
    ),
    variable(
        "workflow.creationTimestamp.RFC3339",
        Holds::Time,
        Known::Everywhere,
    ),
    variable(
        "workflow.creationTimestamp.NAME",
        Holds::Text,
        Known::Everywhere,
    ),
    variable("workflow.parameters", Holds::Json, Known::Everywhere),
    variable("workflow.parameters.json", Holds::Json, Known::Everywhere),
    variable("workflow.parameters.NAME", Holds::Text, Known::Everywhere),
    variable("workflow.annotations", Holds::Json, Known::Everywhere),
    variable("workflow.annotations.json", Holds::Json, Known::Everywhere),
    variable("workflow.annotations.NAME", Holds::Text, Known::Everywhere),
    variable("workflow.labels", Holds::Json, Known::Everywhere),
    variable("workflow.labels.json", Holds::Json, Known::Everywhere),
    variable("workflow.labels.NAME", Holds::Text, Known::Everywhere),
    variable(
        "workflow.outputs.parameters.NAME",
        Holds::Text,
        Known::Everywhere,
    ),
    variable(
        "workflow.outputs.artifacts.NAME",
        Holds::Artifact,
        Known::Everywhere,
    ),
    variable("workflow.failures", Holds::Json, Known::OnExit),
    variable("inputs.parameters", Holds::Json, Known::Template),
    variable("inputs.parameters.NAME", Holds::Text, Known::Template),
    variable("inputs.artifacts.NAME", Holds::Artifact, Known::Template),
    variable("inputs.artifacts.NAME.path", Holds::Text, Known::Template),
    variable("outputs.artifacts.NAME.path", Holds::Text, Known::Template),
    variable("outputs.parameters.NAME.path", Holds::Text, Known::Template),
    variable("node.name", Holds::Text, Known::Template),
    variable("pod.name", Holds::Text, Known::Pod),
    variable("retries", Holds::Number, Known::Retry),
    variable("lastRetry.exitCode", Holds::Number, Known::Retry),
    variable("lastRetry.status", Holds::Text, Known::Retry),
    variable("lastRetry.duration", Holds::Number, Known::Retry),
    variable("lastRetry.message", Holds::Text, Known::Retry),
    variable("steps.name", Holds::Text, Known::Steps),
    variable("steps.NAME.id", Holds::Text, Known::Steps),
    variable("steps.NAME.ip", Holds::Text, Known::Steps),
    variable("steps.NAME.status", Holds::Text, Known::Steps),
    variable("steps.NAME.exitCode", Holds::Number, Known::Steps),
    variable("steps.NAME.startedAt", Holds::Time, Known::Steps),
    variable("steps.NAME.finishedAt", Holds::Time, Known::Steps),
    variable("steps.NAME.hostNodeName", Holds::Text, Known::Steps),
    variable("steps.NAME.outputs.result", Holds::Text, Known::Steps),
    variable("steps.NAME.outputs.parameters", Holds::Json, Known::Steps),
    variable(
        "steps.NAME.outputs.parameters.NAME",
        Holds::Text,
        Known::Steps,
    ),
    variable(
        "steps.NAME.outputs.artifacts.NAME",
        Holds::Artifact,
        Known::Steps,
    ),
    variable("tasks.name", Holds::Text, Known::Dag),
    variable("tasks.NAME.id", Holds::Text, Known::Dag),
    variable("tasks.NAME.ip", Holds::Text, Known::Dag),
    variable("tasks.NAME.status", Holds::Text, Known::Dag),
    variable("tasks.NAME.exitCode", Holds::Number, Known::Dag),
    variable("tasks.NAME.startedAt", Holds::Time, Known::Dag),
    variable("tasks.NAME.finishedAt", Holds::Time, Known::Dag),
    variable("tasks.NAME.hostNodeName", Holds::Text, Known::Dag),
    variable("tasks.NAME.outputs.result", Holds::Text, Known::Dag),
    variable("tasks.NAME.outputs.parameters", Holds::Json, Known::Dag),
    variable(
        "tasks.NAME.outputs.parameters.NAME",
        Holds::Text,
        Known::Dag,
    ),
    variable(
        "tasks.NAME.outputs.artifacts.NAME",
        Holds::Artifact,
        Known::Dag,
    ),
    variable("item", Holds::Text, Known::Loop),
    variable("item.NAME", Holds::Text, Known::Loop),
    variable("duration", Holds::Number, Known::Metrics),
    variable("status", Holds::Text, Known::Metrics),
    variable("exitCode", Holds::Number, Known::Metrics),
    variable("resourcesDuration.NAME", Holds::Number, Known::Metrics),
    variable("outputs.result", Holds::Text, Known::Metrics),
    variable("outputs.parameters.NAME", Holds::Text, Known::Metrics),
    variable("cronworkflow.name", Holds::Text, Known::Cron),
    variable("cronworkflow.namespace", Holds::Text, Known::Cron),
    variable("cronworkflow.labels.NAME", Holds::Text, Known::Cron),
    variable("cronworkflow.labels.json", Holds::Json, Known::Cron),
    variable("cronworkflow.annotations.NAME", Holds::Text, Known::Cron),
    variable("cronworkflow.annotations.json", Holds::Json, Known::Cron),
    variable("cronworkflow.failed", Holds::Number, Known::Cron),
    variable("cronworkflow.succeeded", Holds::Number, Known::Cron),
    variable("cronworkflow.lastScheduledTime", Holds::Time, Known::Cron),
];
