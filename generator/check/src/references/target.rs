//! The kinds that references lead to.

/// A kind that others refer to by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Target {
    ServiceAccount,
    Secret,
    ConfigMap,
    Claim,
    Service,
    PriorityClass,
    StorageClass,
    IngressClass,
    RuntimeClass,
    Gateway,
    Role,
    ClusterRole,
    Issuer,
    ClusterIssuer,
    SecretStore,
    ClusterSecretStore,
    Builder,
    ClusterBuilder,
    ClusterStack,
    ClusterStore,
    ClusterLifecycle,
    LocalQueue,
    ClusterQueue,
    ResourceFlavor,
    Deployment,
    StatefulSet,
    ReplicaSet,
    Rollout,
}

use Target::{
    Builder, Claim, ClusterBuilder, ClusterIssuer, ClusterLifecycle, ClusterQueue, ClusterRole,
    ClusterSecretStore, ClusterStack, ClusterStore, ConfigMap, Deployment, Gateway, IngressClass,
    Issuer, LocalQueue, PriorityClass, ReplicaSet, ResourceFlavor, Role, Rollout, RuntimeClass,
    Secret, SecretStore, Service, ServiceAccount, StatefulSet, StorageClass,
};

/// A target, its group and its kind, whether it lives in a namespace.
const ROWS: &[(Target, &str, &str, bool)] = &[
    (ServiceAccount, "", "ServiceAccount", true),
    (Secret, "", "Secret", true),
    (ConfigMap, "", "ConfigMap", true),
    (Claim, "", "PersistentVolumeClaim", true),
    (Service, "", "Service", true),
    (PriorityClass, "scheduling.k8s.io", "PriorityClass", false),
    (StorageClass, "storage.k8s.io", "StorageClass", false),
    (IngressClass, "networking.k8s.io", "IngressClass", false),
    (RuntimeClass, "node.k8s.io", "RuntimeClass", false),
    (Gateway, "gateway.networking.k8s.io", "Gateway", true),
    (Role, "rbac.authorization.k8s.io", "Role", true),
    (
        ClusterRole,
        "rbac.authorization.k8s.io",
        "ClusterRole",
        false,
    ),
    (Issuer, "cert-manager.io", "Issuer", true),
    (ClusterIssuer, "cert-manager.io", "ClusterIssuer", false),
    (SecretStore, "external-secrets.io", "SecretStore", true),
    (
        ClusterSecretStore,
        "external-secrets.io",
        "ClusterSecretStore",
        false,
    ),
    (Builder, "kpack.io", "Builder", true),
    (ClusterBuilder, "kpack.io", "ClusterBuilder", false),
    (ClusterStack, "kpack.io", "ClusterStack", false),
    (ClusterStore, "kpack.io", "ClusterStore", false),
    (ClusterLifecycle, "kpack.io", "ClusterLifecycle", false),
    (LocalQueue, "kueue.x-k8s.io", "LocalQueue", true),
    (ClusterQueue, "kueue.x-k8s.io", "ClusterQueue", false),
    (ResourceFlavor, "kueue.x-k8s.io", "ResourceFlavor", false),
    (Deployment, "apps", "Deployment", true),
    (StatefulSet, "apps", "StatefulSet", true),
    (ReplicaSet, "apps", "ReplicaSet", true),
    (Rollout, "argoproj.io", "Rollout", true),
];

impl Target {
    /// The target that objects of a kind are.
    pub(crate) fn of(group: &str, kind: &str) -> Option<Self> {
        let mut rows = ROWS.iter();
        let row = rows.find(|(_, its_group, its_kind, _)| *its_kind == kind && *its_group == group);
        row.map(|(target, ..)| *target)
    }

    fn row(self) -> Option<&'static (Self, &'static str, &'static str, bool)> {
        ROWS.iter().find(|(target, ..)| *target == self)
    }

    /// The kind's name.
    pub(crate) fn kind(self) -> &'static str {
        self.row().map_or("", |(_, _, kind, _)| kind)
    }

    /// Whether its objects live in a namespace.
    pub(crate) fn is_namespaced(self) -> bool {
        self.row().is_some_and(|(.., is_namespaced)| *is_namespaced)
    }

    /// Whether a cluster mostly has it from elsewhere: that it is not given says nothing, unless all is.
    pub(crate) fn is_of_clusters(self) -> bool {
        matches!(
            self,
            PriorityClass
                | StorageClass
                | IngressClass
                | RuntimeClass
                | Gateway
                | ClusterRole
                | ClusterIssuer
                | ClusterSecretStore
        )
    }

    /// Whether it is data, which is often put into a cluster by hand or by other programs.
    pub(crate) fn holds_data(self) -> bool {
        matches!(self, Secret | ConfigMap | Claim)
    }

    /// Whether every cluster, or every namespace, has one of that name.
    pub(crate) fn is_built_in(self, name: &str) -> bool {
        match self {
            ServiceAccount => name == "default",
            PriorityClass => matches!(name, "system-cluster-critical" | "system-node-critical"),
            ClusterRole => {
                matches!(name, "cluster-admin" | "admin" | "edit" | "view")
                    || name.starts_with("system:")
            }
            Service => name == "kubernetes",
            ConfigMap => name == "kube-root-ca.crt",
            _ => false,
        }
    }
}

/// The group of an `apiVersion`.
pub(crate) fn group_of(api_version: &str) -> &str {
    api_version.rsplit_once('/').map_or("", |(group, _)| group)
}

#[cfg(test)]
mod tests {
    use super::{ROWS, Target};

    #[test]
    fn every_target_is_found_by_its_kind() {
        for (target, group, kind, _) in ROWS {
            assert_eq!(Target::of(group, kind), Some(*target));
            assert_eq!(target.kind(), *kind);
        }
        assert_eq!(Target::of("serving.knative.dev", "Service"), None);
    }
}
