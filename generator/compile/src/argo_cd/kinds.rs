//! Kinds that AppProjects permit: what the folders of the tree hold, and what controllers make of it. A test compares them
//! with the compiled tree, both ways.

use super::promotion;
use crate::context::Context;
use crate::names::SYSTEM;
use crate::tree::Folder;
use luban_api_argo_cd::{ClusterResourceRestrictionItem, GroupKind, ResourceIgnoreDifferences};
use luban_platform::model::{Deploy, Environment, Platform, Project};
use luban_platform::versions::{Component, Version};
use std::collections::BTreeSet;

/// Since when an AppProject can permit single objects of a kind that has no namespace (Argo CD 3.3
/// `clusterResourceWhitelist[].name`).
const NAMED_SINCE: Version = Version::new(3, 3);

type Kind = (&'static str, &'static str);

const RBAC: &str = "rbac.authorization.k8s.io";
const ARGO: &str = "argoproj.io";
const KPACK: &str = "kpack.io";
const GATEWAY: &str = "gateway.networking.k8s.io";

const ROLES: [Kind; 2] = [(RBAC, "Role"), (RBAC, "RoleBinding")];
const CONFIG_MAP: Kind = ("", "ConfigMap");
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

    /// What `folders` hold. Namespaces are permitted by name.
    pub(super) fn of<'f>(folders: impl IntoIterator<Item = &'f Folder>) -> Self {
        let mut kinds = Self::default();
        for object in folders.into_iter().flat_map(Folder::held) {
            if object.namespace.is_some() {
                kinds.namespaced.insert((object.group, object.kind));
            } else {
                let name = (object.kind == "Namespace").then(|| object.name.clone());
                kinds.cluster.insert((object.group, object.kind, name));
            }
        }
        kinds
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

    /// Every kind, if there is none with a namespace to permit.
    pub(super) fn none_namespaced(&self) -> Vec<GroupKind> {
        let all = GroupKind {
            group: "*".to_owned(),
            kind: "*".to_owned(),
        };
        if self.namespaced.is_empty() {
            vec![all]
        } else {
            Vec::new()
        }
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

/// Namespace that a folder's Application names: that of the first of its objects that has one.
pub(super) fn default_namespace(folder: &Folder) -> &str {
    let mut held = folder.held().iter();
    held.find_map(|object| object.namespace.as_deref())
        .unwrap_or(SYSTEM)
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
        if !deploy.egress.is_empty() {
            kinds.add([("networking.k8s.io", "NetworkPolicy")]);
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
