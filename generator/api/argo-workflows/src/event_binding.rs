//! Workflows that start at an event.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Arguments, WorkflowTemplateRef};

/// Starts a workflow when the server receives a matching event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct WorkflowEventBinding {
    /// Always `argoproj.io/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<WorkflowEventBinding>,
    /// Always `WorkflowEventBinding`.
    #[serde(default)]
    pub kind: Kind<WorkflowEventBinding>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// Which events start what.
    #[serde(default)]
    pub spec: WorkflowEventBindingSpec,
}

resource!(WorkflowEventBinding, group: "argoproj.io", version: "v1alpha1", plural: "workfloweventbindings", scope: namespaced);

/// Which events start what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["event"])))]
pub struct WorkflowEventBindingSpec {
    /// Which events match.
    #[serde(default)]
    pub event: Event,
    /// The workflow that a matching event starts; none starts without it.
    pub submit: Option<Submit>,
}

/// Which events match.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["selector"])))]
pub struct Event {
    /// An expression over the event that must be true, such as `payload.message != "" && discriminator == "x"`.
    #[serde(default)]
    pub selector: String,
}

/// The workflow to start.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["workflowTemplateRef"])))]
pub struct Submit {
    /// The workflow template to start from.
    #[serde(default)]
    pub workflow_template_ref: WorkflowTemplateRef,
    /// Name or `generateName`, labels and annotations of the workflow.
    pub metadata: Option<ObjectMeta>,
    /// Values of its parameters; `valueFrom.event` takes them from the event.
    pub arguments: Option<Arguments>,
}
