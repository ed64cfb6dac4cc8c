//! Which names there are.

use luban_diagnostic::did_you_mean;

/// What stands behind `workflow`.
pub(super) const WORKFLOW: &[&str] = &[
    "name",
    "namespace",
    "mainEntrypoint",
    "serviceAccountName",
    "uid",
    "status",
    "priority",
    "duration",
    "scheduledTime",
    "creationTimestamp",
    "parameters",
    "annotations",
    "labels",
    "outputs",
    "failures",
];

/// What stands behind a step or task.
pub(super) const NODE: &[&str] = &[
    "id",
    "ip",
    "status",
    "exitCode",
    "startedAt",
    "finishedAt",
    "hostNodeName",
    "outputs",
];

/// What stands behind `lastRetry`.
pub(super) const LAST_RETRY: &[&str] = &["exitCode", "status", "duration", "message"];

/// What stands behind `cronworkflow`.
pub(super) const CRON: &[&str] = &[
    "name",
    "namespace",
    "labels",
    "annotations",
    "failed",
    "succeeded",
    "lastScheduledTime",
];

/// ` (did you mean …)`, or nothing.
pub(super) fn near<'n>(unknown: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let near = did_you_mean(unknown, known);
    near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"))
}
