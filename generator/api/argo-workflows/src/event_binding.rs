//! Workflows that start at an event.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Arguments, WorkflowTemplateRef};

/// Starts a workflow when the server receives a matching event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowEventBinding {
    /// Always `argoproj.io/v1alpha1`.
    pub api_version: ApiVersion<WorkflowEventBinding>,
    /// Always `WorkflowEventBinding`.
    pub kind: Kind<WorkflowEventBinding>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    pub spec: WorkflowEventBindingSpec,
}

resource!(WorkflowEventBinding, group: "argoproj.io", version: "v1alpha1", plural: "workfloweventbindings", scope: namespaced);

/// Which events start what.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkflowEventBindingSpec {
    pub event: Event,
    pub submit: Option<Submit>,
}

/// Which events match.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// An expression over the event that must be true.
    pub selector: String,
}

/// The workflow to start.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submit {
    /// The workflow template to start from.
    pub workflow_template_ref: WorkflowTemplateRef,
    pub metadata: Option<ObjectMeta>,
    /// Values for the inputs.
    pub arguments: Option<Arguments>,
}
