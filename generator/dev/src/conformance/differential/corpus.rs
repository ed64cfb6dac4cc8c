//! The documents that are mutated, each with the neighbours that it may refer to.

use super::super::document::Object;
use super::super::route::{Route, route};
use super::super::set::files;
use super::node::Node;
use anyhow::{Context as _, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A document and where it is from.
#[derive(Debug)]
pub(super) struct Document {
    /// Path below the folder.
    pub(super) path: String,
    /// Who judges it.
    pub(super) judge: &'static str,
    /// Kind and name.
    pub(super) label: String,
    pub(super) text: String,
    pub(super) tree: Node,
    /// Other documents of its project that a judge looks up references in.
    pub(super) neighbours: Vec<String>,
}

/// Kinds among which judges look references up.
const REFERRED: [&str; 4] = [
    "AppProject",
    "ClusterWorkflowTemplate",
    "EventBus",
    "WorkflowTemplate",
];

/// Every document below `folder` that a judge knows, and how many there are that none knows.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn documents(folder: &Path) -> Result<(Vec<Document>, usize)> {
    let mut all: Vec<(String, Object)> = Vec::new();
    for path in files(folder)? {
        if !path.ends_with(".yaml") && !path.ends_with(".yml") {
            continue;
        }
        let text = fs::read_to_string(folder.join(&path))
            .with_context(|| format!("cannot read `{path}`"))?;
        // A folder is a project: its documents are each other's neighbours.
        let project = path.split('/').next().unwrap_or_default().to_owned();
        let read = Object::read(&path, &text)?;
        all.extend(read.into_iter().map(|object| (project.clone(), object)));
    }
    let mut documents = Vec::new();
    let mut unknown = 0;
    for (index, (project, object)) in all.iter().enumerate() {
        let Route::Judge(judge) = route(object) else {
            unknown += 1;
            continue;
        };
        let others = all.iter().enumerate().filter(|(other, (of, candidate))| {
            *other != index && of == project && REFERRED.contains(&candidate.kind())
        });
        let mut neighbours = mentioned(object, others.map(|(_, (_, object))| object).collect());
        neighbours.extend(supplied(object, &all));
        documents.push(Document {
            path: object.path.clone(),
            judge,
            label: object.label(),
            tree: Node::read(&object.text)?,
            text: object.text.clone(),
            neighbours,
        });
    }
    Ok((documents, unknown))
}

/// Those of `candidates` that `object` mentions, and that those mention.
fn mentioned(object: &Object, candidates: Vec<&Object>) -> Vec<String> {
    let mut texts = vec![object.text.as_str()];
    let mut taken = BTreeSet::new();
    while let Some(text) = texts.pop() {
        for (index, candidate) in candidates.iter().enumerate() {
            let is_default = candidate.kind() == "EventBus";
            if (is_default || text.contains(candidate.name())) && taken.insert(index) {
                texts.push(&candidate.text);
            }
        }
    }
    let taken = taken.into_iter().filter_map(|index| candidates.get(index));
    taken.map(|candidate| candidate.text.clone()).collect()
}

/// What upstream's examples take for given: the EventBus of a Sensor, the AppProject of an Application.
fn supplied(object: &Object, all: &[(String, Object)]) -> Option<String> {
    use super::super::document::text_at;
    let (kind, spec, default, body) = match object.kind() {
        "Sensor" => (
            "EventBus",
            "eventBusName",
            "default",
            "{jetstream: {version: latest}}",
        ),
        "Application" => (
            "AppProject",
            "project",
            "default",
            "{sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}], clusterResourceWhitelist: [{group: '*', kind: '*'}]}",
        ),
        _ => return None,
    };
    let name = text_at(&object.value, &["spec", spec]).unwrap_or(default);
    let namespace = object.namespace();
    let is_there = |(_, candidate): &(String, Object)| {
        candidate.kind() == kind
            && candidate.name() == name
            && (kind == "AppProject" || candidate.namespace() == namespace)
    };
    if all.iter().any(is_there) {
        return None;
    }
    let namespace = namespace.map_or(String::new(), |namespace| {
        format!(", namespace: {namespace}")
    });
    Some(format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: {kind}\nmetadata: {{name: {name}{namespace}}}\nspec: {body}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_the_templates_that_it_leads_to_and_no_others() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("workflows")).unwrap();
        let template = |name: &str, text: &str| {
            let text = format!(
                "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {{name: {name}}}\nspec: {{{text}}}\n"
            );
            fs::write(folder.path().join(format!("workflows/{name}.yaml")), text).unwrap();
        };
        template("first", "onExit: second");
        template("second", "");
        template("third", "");
        fs::write(
            folder.path().join("workflows/a.yaml"),
            "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: a}\nspec: {workflowTemplateRef: {name: first}}\n",
        )
        .unwrap();
        let (documents, unknown) = documents(folder.path()).unwrap();
        assert_eq!((documents.len(), unknown), (4, 0));
        assert_eq!(documents[0].neighbours.len(), 2);
    }
}
