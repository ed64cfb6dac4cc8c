//! Kinds that the folders of the tree hold. A test compares these lists with the compiled tree, both ways.

use super::promotion;
use crate::context::Context;
use crate::delivery;
use crate::names::{DISPATCH, EVENTS, STACK, SYSTEM, TEKTON};
use luban_api_argo_cd::{ClusterResourceRestrictionItem, GroupKind, ResourceIgnoreDifferences};
use luban_platform::derived;
use luban_platform::model::{
    Deploy, Egress, Environment, Platform, Project, PromotionTrigger, Queue, WayIn,
};
use luban_platform::versions::{Component, Version};
use std::collections::BTreeSet;

/// Since when an AppProject can permit single objects of a kind that has no namespace (Argo CD 3.3
/// `clusterResourceWhitelist[].name`).
const NAMED_SINCE: Version = Version::new(3, 3);

type Kind = (&'static str, &'static str);

const RBAC: &str = "rbac.authorization.k8s.io";
const ARGO: &str = "argoproj.io";
const KPACK: &str = "kpack.io";
const KUEUE: &str = "kueue.x-k8s.io";
const GATEWAY: &str = "gateway.networking.k8s.io";

const NETWORK_POLICY: Kind = ("networking.k8s.io", "NetworkPolicy");
const CILIUM_POLICY: Kind = ("cilium.io", "CiliumNetworkPolicy");
const EXTERNAL_SECRET: Kind = ("external-secrets.io", "ExternalSecret");
const ROLES: [Kind; 2] = [(RBAC, "Role"), (RBAC, "RoleBinding")];
const CONFIG_MAP: Kind = ("", "ConfigMap");
const WORKFLOW_TEMPLATE: Kind = (ARGO, "WorkflowTemplate");
const HTTP_ROUTE: Kind = (GATEWAY, "HTTPRoute");
const DEPLOYMENT: Kind = ("apps", "Deployment");

/// Kinds that controllers make of an application's objects: who may not see them in Argo CD sees no pod and no log
/// (argo-cd `controller/appcontroller.go`, `getResourceTree`).
pub(super) const MADE_BY_CONTROLLERS: [Kind; 3] = [
    ("apps", "ReplicaSet"),
    ("", "Pod"),
    ("discovery.k8s.io", "EndpointSlice"),
];

/// Kinds that an AppProject permits.
#[derive(Default)]
pub(super) struct Kinds {
    /// Without a namespace; with the names that are permitted, any where there is none.
    cluster: BTreeSet<(&'static str, &'static str, Option<String>)>,
    namespaced: BTreeSet<Kind>,
}

impl Kinds {
    fn add(&mut self, kinds: impl IntoIterator<Item = Kind>) {
        self.namespaced.extend(kinds);
    }

    fn add_cluster(&mut self, kinds: impl IntoIterator<Item = Kind>) {
        let kinds = kinds.into_iter().map(|(group, kind)| (group, kind, None));
        self.cluster.extend(kinds);
    }

    fn add_namespace(&mut self, name: String) {
        self.cluster.insert(("", "Namespace", Some(name)));
    }

    /// As an AppProject has it.
    pub(super) fn cluster(&self, platform: &Platform) -> Vec<ClusterResourceRestrictionItem> {
        let has_names = platform.targets.get(Component::ArgoCd) >= NAMED_SINCE;
        let mut items: Vec<_> = self
            .cluster
            .iter()
            .map(|(group, kind, name)| ClusterResourceRestrictionItem {
                group: (*group).to_owned(),
                kind: (*kind).to_owned(),
                name: name.clone().filter(|_| has_names),
            })
            .collect();
        items.dedup();
        items
    }

    /// As an AppProject has it.
    pub(super) fn namespaced(&self) -> Vec<GroupKind> {
        let kinds = self.namespaced.iter();
        kinds
            .map(|(group, kind)| GroupKind {
                group: (*group).to_owned(),
                kind: (*kind).to_owned(),
            })
            .collect()
    }
}

/// Namespace that a folder's Application names: that of what it holds, if that has one.
pub(super) fn default_namespace(folder: &str) -> &'static str {
    match folder {
        "argo-events" => EVENTS,
        "dispatch" => DISPATCH,
        "tekton-pruner" => TEKTON,
        // Objects of the others say where they belong, or belong nowhere.
        _ => SYSTEM,
    }
}

/// What others than Argo CD write in a folder's objects.
pub(super) fn ignored(folder: &str) -> Vec<ResourceIgnoreDifferences> {
    match folder {
        // `luban step publish-stack` writes the digests of the images that it has published.
        "kpack" => vec![ResourceIgnoreDifferences {
            group: Some(KPACK.to_owned()),
            kind: "ClusterStack".to_owned(),
            json_pointers: vec![
                "/spec/buildImage/image".to_owned(),
                "/spec/runImage/image".to_owned(),
            ],
            ..ResourceIgnoreDifferences::default()
        }],
        _ => Vec::new(),
    }
}

/// Kinds of the root's folder and of each project's app-of-apps.
pub(super) fn of_argo_cd(context: &Context<'_>) -> Kinds {
    let mut kinds = Kinds::default();
    kinds.add([(ARGO, "AppProject"), (ARGO, "Application")]);
    let mut projects = context.platform.projects.iter();
    if projects.any(|project| !promotion::sources(context, project).is_empty()) {
        kinds.add(ROLES);
    }
    kinds
}

/// Clusters with namespaces, and kinds, of the folders that there are once.
pub(super) fn of_platform<'a>(context: &Context<'a>) -> (Vec<(&'a str, String)>, Kinds) {
    let platform = context.platform;
    let mut kinds = Kinds::default();
    let mut destinations = Vec::new();
    for folder in delivery::folders(platform) {
        let server = folder.cluster.server.as_str();
        let mut add = |namespace: &str| destinations.push((server, namespace.to_owned()));
        add(default_namespace(&folder.name));
        match folder.name.as_str() {
            "namespaces" => {
                let mut namespaces = vec![EVENTS, DISPATCH, SYSTEM];
                if platform.kpack.is_some() {
                    namespaces.push(STACK);
                }
                for namespace in namespaces {
                    add(namespace);
                    kinds.add_namespace(namespace.to_owned());
                }
                kinds.add(tenancy(platform));
                kinds.add_cluster([(RBAC, "ClusterRole"), (RBAC, "ClusterRoleBinding")]);
            }
            "argo-events" => {
                kinds.add([(ARGO, "EventBus"), (ARGO, "EventSource"), (ARGO, "Sensor")]);
                match platform.events.way {
                    WayIn::Gateway(_) => kinds.add([HTTP_ROUTE]),
                    WayIn::CloudflareTunnel { .. } => kinds.add([CONFIG_MAP, DEPLOYMENT]),
                }
            }
            "argo-workflows" => kinds.add_cluster([(ARGO, "ClusterWorkflowTemplate")]),
            "dispatch" => kinds.add([WORKFLOW_TEMPLATE]),
            "kpack" => {
                add(STACK);
                kinds.add([CONFIG_MAP, WORKFLOW_TEMPLATE, (ARGO, "CronWorkflow")]);
                let cluster = [
                    "ClusterBuilder",
                    "ClusterLifecycle",
                    "ClusterStack",
                    "ClusterStore",
                ];
                kinds.add_cluster(cluster.map(|kind| (KPACK, kind)));
            }
            "tekton" => kinds.add([("tekton.dev", "Pipeline"), ("tekton.dev", "Task")]),
            "tekton-pruner" => kinds.add([CONFIG_MAP]),
            "kueue" => {
                kinds.add_cluster([(KUEUE, "ClusterQueue"), (KUEUE, "ResourceFlavor")]);
            }
            "observability" => {
                if platform.prometheus {
                    kinds.add([("monitoring.coreos.com", "PrometheusRule")]);
                }
                if platform.grafana {
                    kinds.add([CONFIG_MAP]);
                }
            }
            _ => kinds.add_cluster([("policy.sigstore.dev", "ClusterImagePolicy")]),
        }
    }
    (destinations, kinds)
}

/// Kinds that a namespace of ours has.
fn tenancy(platform: &Platform) -> Vec<Kind> {
    let mut kinds = vec![
        ("", "LimitRange"),
        ("", "ResourceQuota"),
        ("", "ServiceAccount"),
        NETWORK_POLICY,
    ];
    kinds.extend(ROLES);
    if matches!(platform.egress, Egress::CiliumFqdns(_)) {
        kinds.push(CILIUM_POLICY);
    }
    if platform.external_secrets.is_some() {
        kinds.push(EXTERNAL_SECRET);
    }
    kinds
}

/// Kinds of a project's namespaces.
pub(super) fn of_infrastructure(context: &Context<'_>, project: &Project) -> Kinds {
    let platform = context.platform;
    let mut kinds = Kinds::default();
    for namespace in derived::namespaces(platform, project) {
        kinds.add_namespace(namespace);
    }
    kinds.add(tenancy(platform));
    // The number of builds at a time is a semaphore in a ConfigMap.
    kinds.add([CONFIG_MAP]);
    let is_promoted = platform.environments.iter().any(|environment| {
        environment.after.is_some() && environment.on.contains(&PromotionTrigger::Manual)
    });
    if is_promoted && is_deployed(project) {
        kinds.add([WORKFLOW_TEMPLATE]);
    }
    if platform.queue == Queue::Kueue {
        kinds.add([(KUEUE, "LocalQueue")]);
    }
    kinds
}

/// Kinds of a project's dispatch tables.
pub(super) fn of_dispatch() -> Kinds {
    let mut kinds = Kinds::default();
    kinds.add([CONFIG_MAP]);
    kinds
}

/// Whether anything of a project is deployed.
pub(super) fn is_deployed(project: &Project) -> bool {
    deployed(project).next().is_some()
}

fn deployed(project: &Project) -> impl Iterator<Item = &Deploy> {
    let applications = project.applications.iter();
    applications.filter_map(|application| application.deploy.as_ref())
}

/// Kinds of a project's overlays in an environment.
pub(super) fn of_environment(project: &Project, environment: &Environment) -> Kinds {
    let mut kinds = Kinds::default();
    kinds.add([DEPLOYMENT, ("", "ServiceAccount")]);
    kinds.add(MADE_BY_CONTROLLERS);
    for deploy in deployed(project) {
        if deploy.port.is_some() {
            kinds.add([("", "Service")]);
        }
        let mut everywhere = deploy.environments.iter();
        if !deploy.config.is_empty() || everywhere.any(|other| !other.config.is_empty()) {
            kinds.add([CONFIG_MAP]);
        }
        let here = deploy
            .environments
            .iter()
            .filter(|here| here.environment.name == environment.name);
        for here in here {
            if here.route.is_some() {
                kinds.add([HTTP_ROUTE]);
            }
            if environment.after.is_some() && here.replicas > 1 {
                kinds.add([("policy", "PodDisruptionBudget")]);
            }
        }
    }
    kinds
}
