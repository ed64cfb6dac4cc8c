//! Resolvers of sources.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::{ApiVersion, Kind, ObjectMeta, resource};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{SourceConfig, SourceResolverStatus};

/// Finds the commit, blob or image that a source means, again and again. kpack makes one for each Image.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["apiVersion", "kind", "spec"])))]
pub struct SourceResolver {
    /// Always `kpack.io/v1alpha2`.
    #[serde(default)]
    pub api_version: ApiVersion<SourceResolver>,
    /// Always `SourceResolver`.
    #[serde(default)]
    pub kind: Kind<SourceResolver>,
    /// Name, namespace, labels, annotations.
    #[serde(default, skip_serializing_if = "luban_api_core::is_default")]
    pub metadata: ObjectMeta,
    /// The source, and whose Secrets it is read with.
    #[serde(default)]
    pub spec: SourceResolverSpec,
    /// What kpack reports: what the source is now.
    pub status: Option<SourceResolverStatus>,
}

resource!(SourceResolver, group: "kpack.io", version: "v1alpha2", plural: "sourceresolvers", scope: namespaced);

/// The source to resolve.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["source"])))]
pub struct SourceResolverSpec {
    /// The ServiceAccount whose Secrets the source is read with.
    pub service_account: Option<String>,
    /// The source.
    #[serde(default)]
    pub source: SourceConfig,
}
