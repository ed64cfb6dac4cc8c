use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::objects::{Entry, Objects};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "service-account-elsewhere",
    kinds: &[],
    title: "a pod whose ServiceAccount exists in another namespace only",
    why: "A pod can only use a ServiceAccount of its own namespace: it is never made, and its Deployment or workflow waits.",
    fix: "Make the ServiceAccount in this namespace too, or name one that is there.",
    source: "kubernetes v1.36 plugin/pkg/admission/serviceaccount/admission.go",
    bad: &[Example::new(
            "apiVersion: v1
kind: ServiceAccount
metadata: {name: runner, namespace: ci-shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop-prd}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      serviceAccountName: ⟦runner⟧
      containers:
      - {name: shop, image: 'shop:1.0.0'}
",
        )],
    good: &[Example::new(
            "apiVersion: v1
kind: ServiceAccount
metadata: {name: runner, namespace: ci-shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: ci-shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      serviceAccountName: runner
      containers:
      - {name: shop, image: 'shop:1.0.0'}
",
        )],
    check: Check::All(check),
    ..BROKEN
};

/// Kinds with pods, and where their ServiceAccount is named.
const PLACES: &[(&str, &[&str])] = &[
    ("Pod", &["spec"]),
    ("Deployment", &["spec", "template", "spec"]),
    ("StatefulSet", &["spec", "template", "spec"]),
    ("DaemonSet", &["spec", "template", "spec"]),
    ("ReplicaSet", &["spec", "template", "spec"]),
    ("Job", &["spec", "template", "spec"]),
    ("CronJob", &["spec", "jobTemplate", "spec", "template", "spec"]),
    ("Workflow", &["spec"]),
    ("WorkflowTemplate", &["spec"]),
    ("CronWorkflow", &["spec", "workflowSpec"]),
];

fn check(objects: &Objects, sink: &mut Sink<'_>) {
    let mut accounts: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in objects.entries().iter().filter(|entry| entry.name.kind == "ServiceAccount" && !entry.is_template) {
        accounts.entry(entry.object_name()).or_default().push(entry);
    }
    if accounts.is_empty() {
        return;
    }
    let placed = Placed::new(objects);
    for entry in objects.entries().iter().filter(|entry| !entry.is_given_apart && !entry.is_template) {
        let Some((_, way)) = PLACES.iter().find(|(kind, _)| *kind == entry.name.kind) else { continue };
        let path = way.iter().fold(entry.path.clone(), |path, key| path.key(key)).key("serviceAccountName");
        let Some(name) = entry.document.text_at(&path) else { continue };
        let Some(known) = accounts.get(name).filter(|_| name != "default") else { continue };
        let here = placed.namespaces(entry);
        let there: Vec<Vec<&str>> = known.iter().map(|account| placed.namespaces(account)).collect();
        // One without a namespace goes wherever it is applied.
        if here.is_empty() || there.iter().any(Vec::is_empty) {
            continue;
        }
        let there: BTreeSet<&str> = there.into_iter().flatten().collect();
        let Some(namespace) = here.into_iter().find(|namespace| !there.contains(namespace)) else { continue };
        let others = there.into_iter().take(3).collect::<Vec<_>>().join("`, `");
        let message = format!("there is no ServiceAccount `{name}` in namespace `{namespace}`, only in `{others}`");
        let finding = sink.finding(message).at(entry.document.locate(&path));
        let account = known.first().and_then(|account| account.document.locate(&account.path.key("metadata").key("name")));
        sink.push(finding.related("it is here", account));
    }
}

/// In which namespaces objects are, by their own words or by the kustomizations that hold their files.
struct Placed<'o> {
    /// By file or folder: the namespaces of kustomizations that name it.
    by_resource: HashMap<String, BTreeSet<&'o str>>,
}

impl<'o> Placed<'o> {
    fn new(objects: &'o Objects) -> Self {
        let kustomizations = objects.entries().iter().filter(|entry| matches!(entry.name.kind.as_str(), "Kustomization" | "Component"));
        let mut resources: BTreeMap<String, (Vec<String>, Option<&str>)> = BTreeMap::new();
        for entry in kustomizations {
            let file = entry.document.file().replace('\\', "/");
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            let namespace = entry.document.text_at(&entry.path.key("namespace")).filter(|namespace| !namespace.is_empty());
            let mut names = Vec::new();
            for field in ["resources", "components", "bases"] {
                let path = entry.path.key(field);
                let count = entry.document.length_at(&path).unwrap_or(0);
                let texts = (0..count).filter_map(|at| entry.document.text_at(&path.index(at)));
                names.extend(texts.map(|text| joined(&folder, text)));
            }
            resources.insert(folder, (names, namespace));
        }
        let mut by_resource: HashMap<String, BTreeSet<&str>> = HashMap::new();
        for (names, namespace) in resources.values() {
            let Some(namespace) = namespace else { continue };
            let mut pending: Vec<&String> = names.iter().collect();
            let mut seen: BTreeSet<&String> = BTreeSet::new();
            while let Some(name) = pending.pop() {
                if seen.insert(name) {
                    by_resource.entry(name.clone()).or_default().insert(namespace);
                    pending.extend(resources.get(name).into_iter().flat_map(|(names, _)| names));
                }
            }
        }
        Self { by_resource }
    }

    fn namespaces(&self, entry: &'o Entry) -> Vec<&str> {
        let file = joined("", &entry.document.file().replace('\\', "/"));
        if let Some(namespaces) = self.by_resource.get(&file) {
            return namespaces.iter().copied().collect();
        }
        let own = entry.metadata().and_then(|metadata| metadata.namespace.as_deref());
        own.filter(|namespace| !namespace.is_empty() && !namespace.contains("{{")).into_iter().collect()
    }
}

/// A path of a file, seen from a folder.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
