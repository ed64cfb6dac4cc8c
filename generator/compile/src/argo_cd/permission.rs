//! Whether what Applications hold is what their AppProjects permit, over any set of compiled files.

use crate::tree::File;
use luban_api_argo_cd::{AppProject, Application};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds without a namespace among those that are compiled.
const CLUSTER_KINDS: [&str; 13] = [
    "Namespace",
    "ClusterRole",
    "ClusterRoleBinding",
    "ClusterBuilder",
    "ClusterLifecycle",
    "ClusterStack",
    "ClusterStore",
    "ClusterWorkflowTemplate",
    "ClusterQueue",
    "ResourceFlavor",
    "ClusterImagePolicy",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
];

/// An object as AppProjects see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    group: String,
    kind: String,
    name: String,
    /// None for objects without.
    namespace: Option<String>,
}

/// The files of a tree, with the AppProjects and Applications among them.
pub(crate) struct Tree<'a> {
    files: BTreeMap<&'a str, Value>,
    projects: BTreeMap<String, AppProject>,
    applications: Vec<Application>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(files: &'a [File]) -> Self {
        let mut tree = Self {
            files: BTreeMap::new(),
            projects: BTreeMap::new(),
            applications: Vec::new(),
        };
        for file in files.iter().filter(|file| file.path.ends_with(".yaml")) {
            let value: Value = serde_yaml::from_str(&file.text).unwrap();
            match value["kind"].as_str() {
                Some("AppProject") => {
                    let project: AppProject = serde_json::from_value(value.clone()).unwrap();
                    let name = project.metadata.name.clone().unwrap();
                    assert!(tree.projects.insert(name, project).is_none());
                }
                Some("Application") => {
                    let application = serde_json::from_value(value.clone()).unwrap();
                    tree.applications.push(application);
                }
                _ => {}
            }
            tree.files.insert(&file.path, value);
        }
        tree
    }

    /// Paths of Applications that no file is under.
    pub(crate) fn missing(&self) -> Vec<&str> {
        let paths = self.applications.iter().map(path);
        paths
            .filter(|path| {
                !self
                    .files
                    .contains_key(format!("{path}/kustomization.yaml").as_str())
            })
            .collect()
    }

    /// Everything that an Application has and its AppProject does not permit.
    pub(crate) fn unpermitted(&self) -> Vec<String> {
        let mut found = Vec::new();
        for application in &self.applications {
            let name = application.metadata.name.as_deref().unwrap();
            let Some(project) = self.projects.get(&application.spec.project) else {
                found.push(format!(
                    "{name}: no AppProject `{}`",
                    application.spec.project
                ));
                continue;
            };
            let source = application.spec.source.as_ref().unwrap();
            let destination = &application.spec.destination;
            let server = destination.server.as_deref().unwrap();
            let namespace = destination.namespace.as_deref().unwrap();
            if !project.spec.source_repos.contains(&source.repo_url) {
                found.push(format!("{name}: repository `{}`", source.repo_url));
            }
            if !is_destination(project, server, namespace) {
                found.push(format!("{name}: destination `{namespace}` of `{server}`"));
            }
            for held in self.held(application) {
                if !permits(project, server, &held) {
                    found.push(format!("{name}: {held:?}"));
                }
            }
        }
        found
    }

    /// Every kind, namespace and name that an AppProject permits and none of its Applications has. Kinds that controllers make
    /// of an application's objects are permitted to be seen.
    pub(crate) fn superfluous(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, project) in &self.projects {
            let mut held: Vec<(String, Held)> = Vec::new();
            let mut used = BTreeSet::new();
            for application in &self.applications {
                if application.spec.project != *name {
                    continue;
                }
                let server = application.spec.destination.server.clone().unwrap();
                used.insert((
                    server.clone(),
                    application.spec.destination.namespace.clone(),
                ));
                for object in self.held(application) {
                    used.insert((server.clone(), object.namespace.clone()));
                    held.push((server.clone(), object));
                }
            }
            for item in &project.spec.destinations {
                if !used.contains(&(item.server.clone().unwrap(), item.namespace.clone())) {
                    found.push(format!("{name}: destination {item:?}"));
                }
            }
            for item in &project.spec.namespace_resource_whitelist {
                let is_made = super::kinds::MADE_BY_CONTROLLERS
                    .contains(&(item.group.as_str(), item.kind.as_str()));
                let is_held = held.iter().any(|(_, object)| {
                    object.namespace.is_some()
                        && object.group == item.group
                        && object.kind == item.kind
                });
                if !is_held && !is_made {
                    found.push(format!("{name}: {item:?}"));
                }
            }
            for item in &project.spec.cluster_resource_whitelist {
                let is_held = held.iter().any(|(_, object)| {
                    object.namespace.is_none()
                        && object.group == item.group
                        && object.kind == item.kind
                        && item.name.as_ref().is_none_or(|name| *name == object.name)
                });
                if !is_held {
                    found.push(format!("{name}: {item:?}"));
                }
            }
        }
        found
    }

    /// Objects under the path of an Application, as Kustomize and Argo CD make them.
    fn held(&self, application: &Application) -> BTreeSet<Held> {
        let mut held = BTreeSet::new();
        self.build(path(application), &mut held);
        let namespace = &application.spec.destination.namespace;
        held.into_iter()
            .map(|object| Held {
                namespace: match CLUSTER_KINDS.contains(&object.kind.as_str()) {
                    true => None,
                    false => object.namespace.or_else(|| namespace.clone()),
                },
                ..object
            })
            .collect()
    }

    fn build(&self, folder: &str, held: &mut BTreeSet<Held>) {
        let Some(kustomization) = self
            .files
            .get(format!("{folder}/kustomization.yaml").as_str())
        else {
            return;
        };
        let list = |key: &str| kustomization[key].as_array().cloned().unwrap_or_default();
        for entry in list("resources").iter().chain(&list("components")) {
            let path = joined(folder, entry.as_str().unwrap());
            match self.files.get(path.as_str()) {
                Some(object) => {
                    held.insert(held_of(object));
                }
                None => self.build(&path, held),
            }
        }
        for generated in list("configMapGenerator") {
            held.insert(held_of(&serde_json::json!({
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": generated,
            })));
        }
        if let Some(namespace) = kustomization["namespace"].as_str() {
            let all = std::mem::take(held);
            held.extend(all.into_iter().map(|object| Held {
                namespace: Some(namespace.to_owned()),
                ..object
            }));
        }
    }
}

fn path(application: &Application) -> &str {
    let source = application.spec.source.as_ref().unwrap();
    source.path.as_deref().unwrap()
}

/// `folder/entry` without `..`.
fn joined(folder: &str, entry: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in entry.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn held_of(object: &Value) -> Held {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let version = object["apiVersion"].as_str().unwrap();
    Held {
        group: version
            .split_once('/')
            .map_or("", |(group, _)| group)
            .to_owned(),
        kind: text(&object["kind"]).unwrap(),
        name: text(&object["metadata"]["name"]).unwrap(),
        namespace: text(&object["metadata"]["namespace"]),
    }
}

fn is_destination(project: &AppProject, server: &str, namespace: &str) -> bool {
    project.spec.destinations.iter().any(|item| {
        item.server.as_deref() == Some(server) && item.namespace.as_deref() == Some(namespace)
    })
}

/// As `AppProject.IsResourcePermitted` of Argo CD 3.5 decides, for lists without patterns.
fn permits(project: &AppProject, server: &str, held: &Held) -> bool {
    match &held.namespace {
        Some(namespace) => {
            let mut kinds = project.spec.namespace_resource_whitelist.iter();
            kinds.any(|item| item.group == held.group && item.kind == held.kind)
                && is_destination(project, server, namespace)
        }
        None => project.spec.cluster_resource_whitelist.iter().any(|item| {
            item.group == held.group
                && item.kind == held.kind
                && item.name.as_ref().is_none_or(|name| *name == held.name)
        }),
    }
}
