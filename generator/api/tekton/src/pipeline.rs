//! Pipelines: Tasks in an order.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::Volume;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{
    Param, ParamSpec, ParamValue, Sidecar, Step, StepTemplate, TaskResult, WhenExpression,
    WorkspaceDeclaration,
};

/// Tasks and the order they run in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Pipeline {
    /// Always `tekton.dev/v1`.
    #[serde(default)]
    pub api_version: ApiVersion<Pipeline>,
    /// Always `Pipeline`.
    #[serde(default)]
    pub kind: Kind<Pipeline>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the Pipeline takes, gives and runs.
    #[serde(default)]
    pub spec: PipelineSpec,
}

resource!(Pipeline, group: "tekton.dev", version: "v1", plural: "pipelines", scope: namespaced);

/// What a Pipeline takes, gives and runs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineSpec {
    /// What dashboards call it.
    pub display_name: Option<String>,
    /// What it does, for its users.
    pub description: Option<String>,
    /// Parameters it takes; tasks read them as `$(params.<name>)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<ParamSpec>,
    /// Directories its tasks share, which a run binds to volumes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<PipelineWorkspaceDeclaration>,
    /// Tasks; each starts when those it runs after, or whose results it reads, have ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<PipelineTask>,
    /// Tasks that run at the end, side by side, whatever happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finally: Vec<PipelineTask>,
    /// Values it gives, made of its tasks' results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<PipelineResult>,
}

/// One Task of a Pipeline: a Task or Pipeline by name or in place.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineTask {
    /// Its name, by which `runAfter`, results and `taskRunSpecs` mean it.
    pub name: Option<String>,
    /// What dashboards call it; may hold `$(params.…)`.
    pub display_name: Option<String>,
    /// What it does here.
    pub description: Option<String>,
    /// The Task, or custom task, that it runs.
    pub task_ref: Option<TaskRef>,
    /// The Task, or custom task, written in place.
    pub task_spec: Option<Box<EmbeddedTask>>,
    /// The Pipeline that it runs as a run of its own; behind `enable-api-fields: alpha`.
    pub pipeline_ref: Option<PipelineRef>,
    /// A Pipeline written in place, run as a run of its own; behind `enable-api-fields: alpha`.
    pub pipeline_spec: Option<Box<PipelineSpec>>,
    /// Values for the Task's parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Lists of values: the task runs once for each combination.
    pub matrix: Option<Matrix>,
    /// Which of the Pipeline's workspaces the Task's workspaces are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspacePipelineTaskBinding>,
    /// Tasks that must end first, though it reads none of their results.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub run_after: Vec<String>,
    /// Conditions that must all hold, or the task is skipped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<WhenExpression>,
    /// How many further attempts follow a failure.
    pub retries: Option<i64>,
    /// The longest one attempt may take, as a Go duration; an hour unless the cluster says otherwise.
    pub timeout: Option<String>,
    /// What its failure means: `stopAndFail` (the default) fails the run, `continue` lets it go on.
    pub on_error: Option<String>,
}

/// The Task to run: a name, or a resolver and its parameters.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TaskRef {
    /// The Task's name, in the namespace of the run.
    pub name: Option<String>,
    /// `Task`, or, with `apiVersion`, the kind of a custom task.
    pub kind: Option<String>,
    /// The group and version of a custom task, which another controller runs.
    pub api_version: Option<String>,
    /// What finds the Task elsewhere: `git`, `bundles`, `cluster`, `hub`, `http` or one of your own.
    pub resolver: Option<String>,
    /// What the resolver needs to know, such as `url`, `revision` and `pathInRepo` of `git`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// The Pipeline to run: a name, or a resolver and its parameters.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineRef {
    /// The Pipeline's name, in the namespace of the run.
    pub name: Option<String>,
    /// The version of the Pipeline; need not be given.
    pub api_version: Option<String>,
    /// What finds the Pipeline elsewhere: `git`, `bundles`, `cluster`, `hub`, `http` or one of your own.
    pub resolver: Option<String>,
    /// What the resolver needs to know, such as `url`, `revision` and `pathInRepo` of `git`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// A Task in the Pipeline itself; with `apiVersion` and `kind`, a custom task's `spec`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EmbeddedTask {
    /// The group and version of a custom task.
    pub api_version: Option<String>,
    /// The kind of a custom task.
    pub kind: Option<String>,
    /// Labels and annotations of the run.
    pub metadata: Option<PipelineTaskMetadata>,
    /// What dashboards call it.
    pub display_name: Option<String>,
    /// What it does, for its users.
    pub description: Option<String>,
    /// Parameters it takes; those of the Pipeline are seen without being declared here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<ParamSpec>,
    /// Values it gives; a step writes each to the file `$(results.<name>.path)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<TaskResult>,
    /// Directories it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<WorkspaceDeclaration>,
    /// Volumes that containers can mount.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Volume>,
    /// What every step starts from; a step's own settings win.
    pub step_template: Option<StepTemplate>,
    /// Containers that run one after another, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Containers that run beside the steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sidecars: Vec<Sidecar>,
    /// The custom task's own specification; its controller knows what may stand here.
    pub spec: Option<Value>,
}

/// Labels and annotations of the run of a task.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PipelineTaskMetadata {
    /// Labels of the run and its pod.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Annotations of the run and its pod.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
}

/// Runs a task for each combination of parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Matrix {
    /// Parameters with a list each; the task runs for each combination of their elements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Combinations to add, or parameters to add to combinations that match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<IncludeParams>,
}

/// A combination that is added to a matrix.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IncludeParams {
    /// What the combination is called; nothing reads it.
    pub name: Option<String>,
    /// The parameters and values of the combination.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
}

/// A value that a Pipeline gives.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name", "value"])))]
pub struct PipelineResult {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// `string` (the default), `array` or `object`.
    pub type_: Option<String>,
    /// What the value means.
    pub description: Option<String>,
    /// Where it comes from: `$(tasks.<task>.results.<name>)`, with text around it or not.
    #[serde(default)]
    pub value: ParamValue,
}

/// A directory that a Pipeline needs.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct PipelineWorkspaceDeclaration {
    /// Its name, by which tasks are given it.
    #[serde(default)]
    pub name: String,
    /// What is expected in it or left in it.
    pub description: Option<String>,
    /// Whether a run may leave it unbound.
    pub optional: Option<bool>,
}

/// Which workspace of the Pipeline a task gets.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct WorkspacePipelineTaskBinding {
    /// The workspace, as the Task declares it.
    #[serde(default)]
    pub name: String,
    /// The workspace, as the Pipeline declares it; the one of the same name if there is none.
    pub workspace: Option<String>,
    /// A directory of that workspace, in place of its root.
    pub sub_path: Option<String>,
}
