//! Steps and DAGs: templates that run templates.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Arguments, Item, Template};

/// One step of a `steps` template.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkflowStep {
    /// Its name, unique in the template, by which `{{steps.NAME.outputs…}}` refers to it.
    pub name: Option<String>,
    /// A template of the same workflow; one of `template`, `templateRef` and `inline`.
    pub template: Option<String>,
    /// A template of another object.
    pub template_ref: Option<TemplateRef>,
    /// A template in place.
    pub inline: Option<Box<Template>>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
    /// An expression that must be true for the step to run; each repetition decides for itself.
    pub when: Option<String>,
    /// Repeats it for each element.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_items: Vec<Item>,
    /// Repeats it for each element of a JSON list, which may be another step's result.
    pub with_param: Option<String>,
    /// Repeats it for each number.
    pub with_sequence: Option<Sequence>,
    /// After which failures the steps that follow run all the same.
    pub continue_on: Option<ContinueOn>,
    /// Templates that run at events of the step's life; `exit` at its end, others when their expression becomes true.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<String, LifecycleHook>,
    /// A template that runs when the step ends; `hooks.exit` says the same and more.
    pub on_exit: Option<String>,
}

/// Tasks and what they depend on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["tasks"])))]
pub struct DAGTemplate {
    /// The tasks that are wanted, separated by blanks, with all they depend on; all if there is none.
    pub target: Option<String>,
    /// Whether no further task starts once one has failed; true if it is not set.
    pub fail_fast: Option<bool>,
    /// The tasks.
    #[serde(default)]
    pub tasks: Vec<DAGTask>,
}

/// One task of a DAG.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct DAGTask {
    /// Its name, unique in the DAG, by which dependencies and `{{tasks.NAME.outputs…}}` refer to it.
    #[serde(default)]
    pub name: String,
    /// A template of the same workflow; one of `template`, `templateRef` and `inline`.
    pub template: Option<String>,
    /// A template of another object.
    pub template_ref: Option<TemplateRef>,
    /// A template in place.
    pub inline: Option<Box<Template>>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
    /// An expression over other tasks' outcomes, such as `a.Succeeded && b.Failed`.
    pub depends: Option<String>,
    /// Tasks that must succeed or be skipped first; `depends` says the same and more, a DAG uses one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// An expression that must be true for the task to run; each repetition decides for itself.
    pub when: Option<String>,
    /// Repeats it for each element.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_items: Vec<Item>,
    /// Repeats it for each element of a JSON list, which may be another step's result.
    pub with_param: Option<String>,
    /// Repeats it for each number.
    pub with_sequence: Option<Sequence>,
    /// After which failures tasks that depend on it run all the same; not together with `depends`.
    pub continue_on: Option<ContinueOn>,
    /// Templates that run at events of the task's life; `exit` at its end, others when their expression becomes true.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<String, LifecycleHook>,
    /// A template that runs when the task ends; `hooks.exit` says the same and more.
    pub on_exit: Option<String>,
}

/// A template of another object.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TemplateRef {
    /// The WorkflowTemplate or ClusterWorkflowTemplate.
    pub name: Option<String>,
    /// The template inside it.
    pub template: Option<String>,
    /// Whether it is a ClusterWorkflowTemplate.
    pub cluster_scope: Option<bool>,
}

/// After which outcomes of this step the workflow goes on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContinueOn {
    /// Whether it goes on after an error, such as a lost pod.
    pub error: Option<bool>,
    /// Whether it goes on after a failure, such as an exit code other than 0.
    pub failed: Option<bool>,
}

/// A range of numbers to repeat a step for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sequence {
    /// How many numbers, from `start` on; not together with `end`.
    pub count: Option<IntOrString>,
    /// The first number; 0 if it is not set.
    pub start: Option<IntOrString>,
    /// The last number; below `start` it counts down.
    pub end: Option<IntOrString>,
    /// How a number becomes text, in printf's way, such as `%03d`.
    pub format: Option<String>,
}

/// A template that runs when an expression becomes true.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LifecycleHook {
    /// A template of the same workflow.
    pub template: Option<String>,
    /// A template of another object.
    pub template_ref: Option<TemplateRef>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
    /// When it runs, such as `steps.a.status == "Running"`; for `exit` there is none.
    pub expression: Option<String>,
}
