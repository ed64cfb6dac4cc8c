//! What holds for objects of every kind.

use k8s_openapi::{ClusterResourceScope, Metadata, NamespaceResourceScope, ResourceScope};

use crate::ObjectMeta;

/// An object of any kind, ours or Kubernetes' own; implemented for all of them.
pub trait Object: Metadata<Ty = ObjectMeta> {
    /// Whether objects of this kind live in a namespace.
    const NAMESPACED: bool;

    /// `metadata.name`; none if upstream gives the name (`generateName`).
    fn name(&self) -> Option<&str> {
        self.metadata().name.as_deref()
    }

    /// `metadata.namespace`.
    fn namespace(&self) -> Option<&str> {
        self.metadata().namespace.as_deref()
    }
}

impl<K> Object for K
where
    K: Metadata<Ty = ObjectMeta>,
    K::Scope: KnownScope,
{
    const NAMESPACED: bool = <K::Scope as KnownScope>::NAMESPACED;
}

/// A scope that objects of their own have: a namespace or the cluster.
pub trait KnownScope: ResourceScope {
    /// Whether it is a namespace.
    const NAMESPACED: bool;
}

impl KnownScope for NamespaceResourceScope {
    const NAMESPACED: bool = true;
}

impl KnownScope for ClusterResourceScope {
    const NAMESPACED: bool = false;
}

/// Metadata with a name alone.
pub fn named(name: impl Into<String>) -> ObjectMeta {
    ObjectMeta {
        name: Some(name.into()),
        ..ObjectMeta::default()
    }
}

/// Metadata with a name and a namespace.
pub fn named_in(namespace: impl Into<String>, name: impl Into<String>) -> ObjectMeta {
    ObjectMeta {
        namespace: Some(namespace.into()),
        ..named(name)
    }
}

/// Makes a struct with the fields `api_version`, `kind` and `metadata` a kind: gives it
/// [`k8s_openapi::Resource`] and [`k8s_openapi::Metadata`].
///
/// ```
/// # use serde::{Deserialize, Serialize};
/// use luban_api_core::{ApiVersion, Kind, Object, ObjectMeta, named_in, resource};
///
/// #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
/// #[serde(rename_all = "camelCase")]
/// struct Bridge {
///     api_version: ApiVersion<Bridge>,
///     kind: Kind<Bridge>,
///     metadata: ObjectMeta,
/// }
/// resource!(Bridge, group: "luban.dev", version: "v1", plural: "bridges", scope: namespaced);
///
/// let bridge = Bridge { metadata: named_in("anji", "zhaozhou"), ..Bridge::default() };
/// assert_eq!(bridge.namespace(), Some("anji"));
/// assert_eq!(serde_json::to_value(&bridge)?["apiVersion"], "luban.dev/v1");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! resource {
    ($kind:ident, group: $group:literal, version: $version:literal, plural: $plural:literal, scope: $scope:ident) => {
        impl $crate::k8s_openapi::Resource for $kind {
            const API_VERSION: &'static str = concat!($group, "/", $version);
            const GROUP: &'static str = $group;
            const KIND: &'static str = stringify!($kind);
            const VERSION: &'static str = $version;
            const URL_PATH_SEGMENT: &'static str = $plural;
            type Scope = $crate::resource!(@scope $scope);
        }

        impl $crate::k8s_openapi::Metadata for $kind {
            type Ty = $crate::ObjectMeta;

            fn metadata(&self) -> &$crate::ObjectMeta {
                &self.metadata
            }

            fn metadata_mut(&mut self) -> &mut $crate::ObjectMeta {
                &mut self.metadata
            }
        }
    };
    (@scope namespaced) => {
        $crate::k8s_openapi::NamespaceResourceScope
    };
    (@scope cluster) => {
        $crate::k8s_openapi::ClusterResourceScope
    };
}
