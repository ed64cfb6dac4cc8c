//! Steps for several Tasks to share, as they were before `v1beta1`.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use crate::v1beta1::StepActionSpec;
use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};

/// A step that Tasks refer to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct StepAction {
    /// Always `tekton.dev/v1alpha1`.
    #[serde(default)]
    pub api_version: ApiVersion<StepAction>,
    /// Always `StepAction`.
    #[serde(default)]
    pub kind: Kind<StepAction>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// What the StepAction takes, gives and runs.
    #[serde(default)]
    pub spec: StepActionSpec,
}

resource!(StepAction, group: "tekton.dev", version: "v1alpha1", plural: "stepactions", scope: namespaced);
