//! Promotions, their steps, and the tasks that steps share.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_with::skip_serializing_none;

use crate::{FreightOrigin, PromotionStatus};

/// Freight on its way to a stage; made by Kargo, or by hand.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct Promotion {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<Promotion>,
    /// Always `Promotion`.
    #[serde(default)]
    pub kind: Kind<Promotion>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which freight, to where, by which steps; never changes.
    #[serde(default)]
    pub spec: PromotionSpec,
    /// How far it is.
    pub status: Option<PromotionStatus>,
}

resource!(Promotion, group: "kargo.akuity.io", version: "v1alpha1", plural: "promotions", scope: namespaced);

/// Freight, a stage, and the steps between.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["stage", "steps"])))]
pub struct PromotionSpec {
    /// The stage.
    #[serde(default)]
    pub stage: String,
    /// The freight, by name; exactly one of this and `origin`.
    pub freight: Option<String>,
    /// The Warehouse whose freight would be next; Kargo fills in `freight`.
    pub origin: Option<FreightOrigin>,
    /// The Target of the stage that this promotion is for.
    pub target: Option<String>,
    /// Values that expressions of steps refer to by `vars.<name>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<ExpressionVariable>,
    /// What is done, one after another, tasks already resolved into their steps.
    #[serde(default)]
    pub steps: Vec<PromotionStep>,
}

/// A step of a promotion: exactly one of `uses` and `task`.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionStep {
    /// What does the step, such as `git-clone`, `kustomize-build`, `argocd-update` or `http`.
    pub uses: Option<String>,
    /// The task whose steps stand in its place.
    pub task: Option<PromotionTaskReference>,
    /// Its name, by which later steps refer to its results: `outputs.<name>`; unique, and not `step-<number>` or `task-<number>`.
    pub as_: Option<String>,
    /// An expression; the step is left out if it gives `false`. Not with `task`.
    pub if_: Option<String>,
    /// Goes on with the next step if this one fails, and does not count the failure. Not with `task`.
    pub continue_on_error: Option<bool>,
    /// How long and how often it is tried. Not with `task`.
    pub retry: Option<PromotionStepRetry>,
    /// Values that expressions of this step refer to by `vars.<name>`, or that its task asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<ExpressionVariable>,
    /// Settings of what does the step, with expressions in any text. Not with `task`.
    pub config: Option<Value>,
}

/// A task.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct PromotionTaskReference {
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// `PromotionTask` (if there is none) or `ClusterPromotionTask`.
    pub kind: Option<String>,
}

/// How long and how often a step is tried.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PromotionStepRetry {
    /// How long a step that waits may go on, as a Go duration; the step's own default if there is none.
    pub timeout: Option<String>,
    /// How often in a row it must fail before the promotion does; the step's own default if there is none or 0.
    pub error_threshold: Option<i32>,
}

/// A value that expressions refer to.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct ExpressionVariable {
    /// Its name, in `vars.<name>`: letters, digits and `_`.
    #[serde(default)]
    pub name: String,
    /// Its value, which may have expressions; without one, a task asks the step that uses it.
    pub value: Option<String>,
}

/// Steps that promotions of a project share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct PromotionTask {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<PromotionTask>,
    /// Always `PromotionTask`.
    #[serde(default)]
    pub kind: Kind<PromotionTask>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Its values and steps.
    #[serde(default)]
    pub spec: PromotionTaskSpec,
}

resource!(PromotionTask, group: "kargo.akuity.io", version: "v1alpha1", plural: "promotiontasks", scope: namespaced);

/// Steps that promotions share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["steps"])))]
pub struct PromotionTaskSpec {
    /// Values that steps refer to by `vars.<name>`; one without value must be given by whoever uses the task.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vars: Vec<ExpressionVariable>,
    /// What is done, one after another; a task cannot use a task.
    #[serde(default)]
    pub steps: Vec<PromotionStep>,
}

/// Steps that promotions of all projects share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct ClusterPromotionTask {
    /// Always `kargo.akuity.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<ClusterPromotionTask>,
    /// Always `ClusterPromotionTask`.
    #[serde(default)]
    pub kind: Kind<ClusterPromotionTask>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Its values and steps.
    #[serde(default)]
    pub spec: PromotionTaskSpec,
}

resource!(ClusterPromotionTask, group: "kargo.akuity.io", version: "v1alpha1", plural: "clusterpromotiontasks", scope: cluster);
