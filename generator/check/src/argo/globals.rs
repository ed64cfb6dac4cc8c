//! What every template of a workflow can name.

use std::collections::{BTreeSet, HashMap};

use luban_api_argo_workflows::{Parameter, Workflow, WorkflowMetadata};

use super::text::Value;
use crate::objects::Entry;
use luban_api::Object;

/// Label that the controller copies from a CronWorkflow to its workflows.
const INSTANCE: &str = "workflows.argoproj.io/controller-instanceid";

/// Labels that the controller and the server set (`workflow/common/common.go`).
const CONTROLLER: &str = "workflows.argoproj.io/";

/// The variables of a workflow. Outputs are added while templates that declare them are visited.
#[derive(Debug, Default)]
pub(crate) struct Globals<'a> {
    /// In upstream's order: the workflow's own, then its template's.
    pub(crate) parameters: Vec<&'a Parameter>,
    by_name: HashMap<&'a str, &'a Parameter>,
    pub(crate) labels: BTreeSet<&'a str>,
    pub(crate) annotations: BTreeSet<&'a str>,
    pub(crate) has_priority: bool,
    /// Whether an exit handler is visited or was.
    pub(crate) has_failures: bool,
    /// Whether any output artifact of the workflow may be named.
    pub(crate) has_any_artifact: bool,
    pub(crate) output_parameters: BTreeSet<String>,
    pub(crate) output_artifacts: BTreeSet<String>,
}

impl<'a> Globals<'a> {
    pub(crate) fn set_parameters(&mut self, parameters: Vec<&'a Parameter>) {
        for parameter in &parameters {
            if !parameter.name.is_empty() {
                // The last of a name counts.
                self.by_name.insert(&parameter.name, parameter);
            }
        }
        self.parameters = parameters;
    }

    /// Labels and annotations of the object that workflows are made of, as upstream sees them.
    pub(crate) fn add_metadata(&mut self, entry: &'a Entry) {
        if let Some(Object::CronWorkflow(cron)) = entry.object.as_ref() {
            self.labels.insert("workflows.argoproj.io/cron-workflow");
            self.annotations
                .insert("workflows.argoproj.io/scheduled-time");
            if let Some(labels) = &cron.metadata.labels
                && labels.contains_key(INSTANCE)
            {
                self.labels.insert(INSTANCE);
            }
            if let Some(metadata) = &cron.spec.workflow_metadata {
                self.labels.extend(keys(metadata.labels.as_ref()));
                self.annotations.extend(keys(metadata.annotations.as_ref()));
            }
            return;
        }
        if let Some(metadata) = entry.metadata() {
            self.labels.extend(keys(metadata.labels.as_ref()));
            self.annotations.extend(keys(metadata.annotations.as_ref()));
        }
    }

    pub(crate) fn add_workflow_metadata(&mut self, metadata: Option<&'a WorkflowMetadata>) {
        let Some(metadata) = metadata else { return };
        self.labels
            .extend(metadata.labels.keys().map(String::as_str));
        self.labels
            .extend(metadata.labels_from.keys().map(String::as_str));
        self.annotations
            .extend(metadata.annotations.keys().map(String::as_str));
    }

    pub(crate) fn add_defaults(&mut self, defaults: Option<&'a Workflow>) {
        self.add_workflow_metadata(
            defaults.and_then(|defaults| defaults.spec.workflow_metadata.as_ref()),
        );
    }

    /// What a variable is replaced by, if it exists; `tag` begins with `workflow.`.
    pub(crate) fn value(&self, tag: &str) -> Option<Value<'a>> {
        let name = tag.strip_prefix("workflow.")?;
        let exists = match name {
            "name" | "namespace" | "mainEntrypoint" | "serviceAccountName" | "uid" | "status"
            | "annotations" | "annotations.json" | "labels" | "labels.json" => true,
            "parameters" | "parameters.json" => !self.parameters.is_empty(),
            "priority" => self.has_priority,
            "failures" => self.has_failures,
            _ => {
                let (group, key) = name.split_once('.')?;
                match group {
                    "parameters" => {
                        let parameter = self.by_name.get(key)?;
                        return Some(match &parameter.value {
                            Some(value) => Value::Text(value),
                            None => Value::Placeholder,
                        });
                    }
                    // The controller sets labels of its own before anything reads them.
                    "labels" => self.labels.contains(key) || key.starts_with(CONTROLLER),
                    "annotations" => self.annotations.contains(key),
                    "outputs" => match key.split_once('.')? {
                        ("parameters", name) => self.output_parameters.contains(name),
                        ("artifacts", name) => self.output_artifacts.contains(name),
                        _ => false,
                    },
                    _ => false,
                }
            }
        };
        exists.then_some(Value::Placeholder)
    }

    /// What could have been meant, of names that begin with `workflow.`.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = [
            "name",
            "namespace",
            "mainEntrypoint",
            "serviceAccountName",
            "uid",
            "status",
            "annotations",
            "annotations.json",
            "labels",
            "labels.json",
            "creationTimestamp",
            "scheduledTime",
            "duration",
        ]
        .iter()
        .map(|name| format!("workflow.{name}"))
        .collect();
        let with = |group: &str, name: &str| format!("workflow.{group}.{name}");
        names.extend(
            self.parameters
                .iter()
                .map(|parameter| with("parameters", &parameter.name)),
        );
        names.extend(self.labels.iter().map(|name| with("labels", name)));
        names.extend(
            self.annotations
                .iter()
                .map(|name| with("annotations", name)),
        );
        names.extend(
            self.output_parameters
                .iter()
                .map(|name| with("outputs.parameters", name)),
        );
        names.extend(
            self.output_artifacts
                .iter()
                .map(|name| with("outputs.artifacts", name)),
        );
        names
    }
}

fn keys<V>(map: Option<&std::collections::BTreeMap<String, V>>) -> impl Iterator<Item = &str> {
    map.into_iter()
        .flat_map(|map| map.keys().map(String::as_str))
}
