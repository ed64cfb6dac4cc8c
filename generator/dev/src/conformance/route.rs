//! Which judge knows an object, and which kinds belong to the cluster as a whole.

use super::document::Object;

/// Renders kustomizations; it judges folders, not documents.
pub(crate) const KUSTOMIZE: &str = "kustomize";
/// Judges Applications, and whether their projects permit what they deploy.
pub(crate) const ARGO_CD: &str = "argo-cd";

/// Where a document goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// To the judge of this name.
    Judge(&'static str),
    /// It is judged with its folder, by kustomize.
    Folder,
    /// Nobody here knows it.
    Nobody,
}

/// Groups of client-go's scheme beside the core one, and those whose types the judge `cluster` adds.
const CLUSTER_GROUPS: [&str; 20] = [
    "",
    "admissionregistration.k8s.io",
    "apiextensions.k8s.io",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "autoscaling",
    "batch",
    "certificates.k8s.io",
    "coordination.k8s.io",
    "discovery.k8s.io",
    "events.k8s.io",
    "flowcontrol.apiserver.k8s.io",
    "networking.k8s.io",
    "node.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "resource.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
];

/// Versions of whole groups that the judge `cluster` adds.
const CLUSTER_VERSIONS: [&str; 3] = [
    "gateway.networking.k8s.io/v1",
    "gateway.networking.k8s.io/v1beta1",
    "monitoring.coreos.com/v1",
];

/// Where `object` goes.
pub(crate) fn route(object: &Object) -> Route {
    by_kind(object.api_version(), object.group(), object.kind())
}

fn by_kind(api_version: &str, group: &str, kind: &str) -> Route {
    let judge = match (group, kind) {
        (
            "argoproj.io",
            "Workflow"
            | "WorkflowTemplate"
            | "ClusterWorkflowTemplate"
            | "CronWorkflow"
            | "WorkflowEventBinding",
        ) => "argo-workflows",
        ("argoproj.io", "EventBus" | "EventSource" | "Sensor") => "argo-events",
        ("argoproj.io", "AppProject" | "Application" | "ApplicationSet") => ARGO_CD,
        ("tekton.dev" | "triggers.tekton.dev" | "resolution.tekton.dev", _) => "tekton",
        ("kpack.io", _) => "kpack",
        ("external-secrets.io", _) => "external-secrets",
        ("policy.sigstore.dev", _) => "policy-controller",
        ("kustomize.config.k8s.io", _) => return Route::Folder,
        _ if CLUSTER_GROUPS.contains(&group) || CLUSTER_VERSIONS.contains(&api_version) => {
            "cluster"
        }
        _ => return Route::Nobody,
    };
    Route::Judge(judge)
}

/// Whether objects of `kind` live in a namespace. Kinds of the cluster as a whole are listed; all others do.
pub(crate) fn is_namespaced(group: &str, kind: &str) -> bool {
    let is_of_cluster = match group {
        "" => matches!(kind, "Namespace" | "Node" | "PersistentVolume"),
        "rbac.authorization.k8s.io" => matches!(kind, "ClusterRole" | "ClusterRoleBinding"),
        "admissionregistration.k8s.io"
        | "apiextensions.k8s.io"
        | "flowcontrol.apiserver.k8s.io"
        | "node.k8s.io" => true,
        "scheduling.k8s.io" => kind == "PriorityClass",
        "networking.k8s.io" => matches!(kind, "IngressClass" | "IPAddress" | "ServiceCIDR"),
        "storage.k8s.io" => kind != "CSIStorageCapacity",
        "certificates.k8s.io" => kind != "PodCertificateRequest",
        "resource.k8s.io" => matches!(kind, "DeviceClass" | "DeviceTaintRule" | "ResourceSlice"),
        "gateway.networking.k8s.io" => kind == "GatewayClass",
        "argoproj.io" => matches!(kind, "ClusterAnalysisTemplate" | "ClusterWorkflowTemplate"),
        "triggers.tekton.dev" => matches!(kind, "ClusterInterceptor" | "ClusterTriggerBinding"),
        "kpack.io" => kind.starts_with("Cluster"),
        "external-secrets.io" | "generators.external-secrets.io" => kind.starts_with("Cluster"),
        "policy.sigstore.dev" => true,
        "cilium.io" => {
            kind.starts_with("CiliumCluster")
                || matches!(
                    kind,
                    "CiliumCIDRGroup" | "CiliumLoadBalancerIPPool" | "CiliumNode"
                )
        }
        "kueue.x-k8s.io" => !matches!(kind, "LocalQueue" | "Workload"),
        "kargo.akuity.io" => matches!(kind, "ClusterConfig" | "ClusterPromotionTask" | "Project"),
        _ => false,
    };
    !is_of_cluster
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_route(api_version: &str, kind: &str, expected: Route) {
        let text = format!("apiVersion: {api_version}\nkind: {kind}\n");
        let object = Object::read("x.yaml", &text).unwrap().remove(0);
        assert_eq!(route(&object), expected, "{api_version} {kind}");
    }

    #[test]
    fn each_project_of_argo_judges_its_own_kinds() {
        for (kind, judge) in [
            ("CronWorkflow", "argo-workflows"),
            ("WorkflowTemplate", "argo-workflows"),
            ("Sensor", "argo-events"),
            ("AppProject", "argo-cd"),
        ] {
            assert_route("argoproj.io/v1alpha1", kind, Route::Judge(judge));
        }
        assert_route("argoproj.io/v1alpha1", "Rollout", Route::Nobody);
    }

    #[test]
    fn core_and_add_on_kinds_go_to_the_cluster() {
        for (api_version, kind) in [
            ("v1", "ConfigMap"),
            ("apps/v1", "Deployment"),
            ("networking.k8s.io/v1", "NetworkPolicy"),
            ("gateway.networking.k8s.io/v1", "HTTPRoute"),
            ("monitoring.coreos.com/v1", "PrometheusRule"),
        ] {
            assert_route(api_version, kind, Route::Judge("cluster"));
        }
    }

    #[test]
    fn a_kind_that_no_judge_knows_goes_to_nobody() {
        for (api_version, kind) in [
            ("kueue.x-k8s.io/v1beta2", "ClusterQueue"),
            ("cilium.io/v2", "CiliumNetworkPolicy"),
            ("operator.tekton.dev/v1alpha1", "TektonPruner"),
            ("gateway.networking.k8s.io/v1alpha2", "TLSRoute"),
            ("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig"),
        ] {
            assert_route(api_version, kind, Route::Nobody);
        }
    }

    #[test]
    fn a_kustomization_is_judged_with_its_folder() {
        assert_route(
            "kustomize.config.k8s.io/v1beta1",
            "Kustomization",
            Route::Folder,
        );
        assert_route(
            "kustomize.config.k8s.io/v1alpha1",
            "Component",
            Route::Folder,
        );
    }

    #[test]
    fn kinds_of_the_cluster_have_no_namespace() {
        assert!(!is_namespaced("", "Namespace"));
        assert!(!is_namespaced("kueue.x-k8s.io", "ClusterQueue"));
        assert!(!is_namespaced("kpack.io", "ClusterStack"));
        assert!(is_namespaced("kueue.x-k8s.io", "LocalQueue"));
        assert!(is_namespaced("rbac.authorization.k8s.io", "Role"));
        assert!(is_namespaced("argoproj.io", "Application"));
    }
}
