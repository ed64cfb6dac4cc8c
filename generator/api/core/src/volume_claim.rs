//! A volume claim inside another object.

use k8s_openapi::api::core::v1::{PersistentVolumeClaimSpec, PersistentVolumeClaimStatus};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{ObjectMeta, is_default};

/// A claim that a run makes for itself. k8s-openapi's `PersistentVolumeClaim` would always write `apiVersion` and
/// `kind`, which stay out here unless they are given.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct VolumeClaimTemplate {
    /// `v1` where it is given.
    pub api_version: Option<String>,
    /// `PersistentVolumeClaim` where it is given.
    pub kind: Option<String>,
    /// Name and labels of the claim.
    #[serde(default, skip_serializing_if = "is_default")]
    pub metadata: ObjectMeta,
    /// Access modes, size and storage class.
    pub spec: Option<PersistentVolumeClaimSpec>,
    /// What the cluster made of the claim; never written by Luban.
    pub status: Option<PersistentVolumeClaimStatus>,
}
