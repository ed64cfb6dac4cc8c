//! The templates of workflows, inline ones too.

use luban_yaml::Value;

use super::{Container, Maker, Pod, Role};
use crate::objects::Entry;

/// A template of a workflow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Template<'a> {
    pub(crate) value: Value<'a>,
    /// For one that stands in a step or task: the place among all of the template around it.
    pub(crate) outer: Option<usize>,
}

impl<'a> Template<'a> {
    /// Steps and tasks.
    pub(crate) fn calls(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let steps = self.value.items_of("steps");
        // A group may be written as the mapping that has it.
        let steps = steps.flat_map(|group| {
            let group = group.get("steps").unwrap_or(group);
            group.items()
        });
        let tasks = self.value.get("dag").into_iter();
        steps.chain(tasks.flat_map(|dag| dag.items_of("tasks")))
    }
}

/// The spec of a workflow in an object of Argo Workflows.
pub(crate) fn spec_of<'a>(entry: &Entry, root: Value<'a>) -> Option<Value<'a>> {
    match entry.name.kind.as_str() {
        "Workflow" | "WorkflowTemplate" | "ClusterWorkflowTemplate" => root.get("spec"),
        "CronWorkflow" => root.at(&["spec", "workflowSpec"]),
        _ => None,
    }
}

/// The templates of a spec, those in steps and tasks behind the ones that they stand in.
pub(crate) fn templates(spec: Value<'_>) -> Vec<Template<'_>> {
    let top = spec.items_of("templates");
    let mut found: Vec<Template<'_>> = top.map(|value| Template { value, outer: None }).collect();
    let mut at = 0;
    while let Some(template) = found.get(at).copied() {
        let inline = template.calls().filter_map(|call| call.get("inline"));
        let inline: Vec<_> = inline.collect();
        found.extend(inline.into_iter().map(|value| Template {
            value,
            outer: Some(at),
        }));
        at += 1;
    }
    found
}

/// The pods of a workflow, one for each template that has containers.
pub(super) fn pods<'a>(entry: &'a Entry, root: Value<'a>) -> Vec<Pod<'a>> {
    let Some(spec) = spec_of(entry, root) else {
        return Vec::new();
    };
    let defaults = spec.get("templateDefaults");
    let templates = templates(spec);
    templates
        .iter()
        .filter_map(|template| pod(template.value, spec, defaults))
        .collect()
}

fn pod<'a>(template: Value<'a>, spec: Value<'a>, defaults: Option<Value<'a>>) -> Option<Pod<'a>> {
    let main = ["container", "script"].into_iter();
    let main = main
        .filter_map(|key| template.get(key))
        .map(|value| (Role::Main, value));
    let set = template.get("containerSet").into_iter();
    let set = set
        .flat_map(|set| set.items_of("containers"))
        .map(|value| (Role::Main, value));
    let init = template
        .items_of("initContainers")
        .map(|value| (Role::Init, value));
    let side = template
        .items_of("sidecars")
        .map(|value| (Role::Sidecar, value));
    let containers = main
        .chain(set)
        .chain(init)
        .chain(side)
        .map(|(role, value)| Container {
            role,
            value,
            template: None,
        });
    let containers: Vec<_> = containers.collect();
    let is_pod = !containers.is_empty() || template.get("resource").is_some();
    let volumes = template.items_of("volumes").chain(spec.items_of("volumes"));
    is_pod.then(|| Pod {
        maker: Maker::Workflows,
        levels: [Some(template), defaults, Some(spec)]
            .into_iter()
            .flatten()
            .collect(),
        containers,
        volumes: volumes.collect(),
    })
}
