//! What a text of a template can name.

use std::collections::{BTreeSet, HashMap};

use luban_api_argo_workflows::{Inputs, Item, Sequence, Template};
use serde_json::Value as Json;

use super::globals::Globals;
use super::kind::{TemplateKind, has_result};
use super::variables::PREFIXES;

/// What is known of the template that a step or task calls.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Called<'a> {
    /// This one.
    Template(&'a Template, Option<TemplateKind>),
    /// It is only known at run time: upstream lets nothing of its outputs be named.
    Dynamic,
    /// It could not be found, which is a finding already: anything may be named.
    Unknown,
}

/// What can be named of a step or task.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(crate) called: Called<'a>,
    /// Whether its outputs, times and id can be named.
    pub(crate) has_outputs: bool,
    /// Whether it is a loop, whose outputs are lists.
    pub(crate) is_loop: bool,
    pub(crate) has_status: bool,
}

/// What `item` is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Items {
    pub(crate) keys: BTreeSet<String>,
    pub(crate) is_any: bool,
}

impl Items {
    /// Adds what a loop brings (`addItemsToScope`).
    pub(crate) fn add(&mut self, items: &[Item], parameter: Option<&str>, _: Option<&Sequence>) {
        if items.is_empty() {
            self.is_any |= parameter.is_some_and(|parameter| !parameter.is_empty());
            return;
        }
        for item in items {
            match &item.0 {
                Json::Array(list) => self
                    .keys
                    .extend((0..list.len()).map(|at| format!("[{at}]"))),
                Json::Object(map) => self.keys.extend(map.keys().cloned()),
                _ => {}
            }
        }
    }
}

/// What the texts of one template can name.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    pub(crate) inputs: Option<&'a Inputs>,
    kind: Option<TemplateKind>,
    pub(crate) nodes: HashMap<String, Node<'a>>,
    pub(crate) items: Items,
    /// Whether some output of the workflow has a name that is only known at run time.
    has_any_output_parameter: bool,
    has_any_output_artifact: bool,
}

/// What is in scope besides, for one step or task.
#[derive(Debug, Default)]
pub(crate) struct Extra<'a> {
    /// The inputs of the template that stands in it.
    pub(crate) inline: Option<&'a Inputs>,
    /// Tasks that are done before.
    pub(crate) ancestors: BTreeSet<String>,
    pub(crate) items: Items,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(
        template: &'a Template,
        kind: Option<TemplateKind>,
        globals: &Globals<'a>,
    ) -> Self {
        Self {
            inputs: template.inputs.as_ref(),
            kind,
            nodes: HashMap::new(),
            items: Items::default(),
            has_any_output_parameter: false,
            has_any_output_artifact: globals.has_any_artifact,
        }
    }

    /// `steps` or `tasks`.
    pub(crate) fn nodes_are(&self) -> &'static str {
        match self.kind {
            Some(TemplateKind::Dag) => "tasks",
            _ => "steps",
        }
    }

    /// Makes outputs of a step or task known, and of the workflow if it says so (`addOutputsToScope`).
    pub(crate) fn add_outputs(
        &mut self,
        name: &str,
        called: Called<'a>,
        is_loop: bool,
        globals: &mut Globals<'a>,
    ) {
        let node = self.node(name, called);
        node.has_outputs = true;
        node.is_loop |= is_loop;
        node.called = called;
        let Called::Template(template, _) = called else {
            return;
        };
        let Some(outputs) = &template.outputs else {
            return;
        };
        for global in outputs
            .parameters
            .iter()
            .filter_map(|output| output.global_name.as_ref())
        {
            if super::is_parameter(global) {
                self.has_any_output_parameter = true;
            } else if !global.is_empty() {
                globals.output_parameters.insert(global.clone());
            }
        }
        for global in outputs
            .artifacts
            .iter()
            .filter_map(|output| output.global_name.as_ref())
        {
            if super::is_parameter(global) {
                self.has_any_output_artifact = true;
            } else if !global.is_empty() {
                globals.output_artifacts.insert(global.clone());
            }
        }
    }

    /// The step or task of that name, as yet unknown if it is new.
    pub(crate) fn node(&mut self, name: &str, called: Called<'a>) -> &mut Node<'a> {
        self.nodes.entry(name.to_owned()).or_insert(Node {
            called,
            has_outputs: false,
            is_loop: false,
            has_status: false,
        })
    }

    /// Whether upstream accepts a variable here (`resolveAllVariables`).
    pub(crate) fn allows(
        &self,
        tag: &str,
        extra: &Extra<'a>,
        globals: &Globals<'a>,
        is_template_alone: bool,
    ) -> bool {
        if !PREFIXES.iter().any(|prefix| tag.starts_with(prefix)) {
            return true;
        }
        let is_free = [
            "outputs.",
            "workflow.creationTimestamp",
            "workflow.scheduledTime",
        ]
        .iter()
        .chain(&["workflow.duration", "tasks.name", "steps.name"])
        .any(|prefix| tag.starts_with(prefix));
        if is_free || is_template_alone && tag.starts_with("workflow.parameters") {
            return true;
        }
        let Some((root, name)) = tag.split_once('.') else {
            return false;
        };
        match root {
            "item" => [&self.items, &extra.items]
                .iter()
                .any(|items| items.is_any || items.keys.contains(name)),
            "inputs" => {
                self.has_input(name)
                    || extra.inline.is_some_and(|inline| {
                        let name = name.strip_prefix("parameters.");
                        let mut parameters = inline.parameters.iter();
                        name.is_some_and(|name| parameters.any(|parameter| parameter.name == name))
                    })
            }
            "pod" => name == "name" && self.kind.is_some_and(TemplateKind::is_pod),
            "workflow" => {
                globals.value(tag).is_some()
                    || self.has_any_output_parameter && name.starts_with("outputs.parameters.")
                    || self.has_any_output_artifact && name.starts_with("outputs.artifacts.")
            }
            "steps" | "tasks" if root == self.nodes_are() => self.has_node(name, extra),
            _ => false,
        }
    }

    fn has_input(&self, name: &str) -> bool {
        let Some(inputs) = self.inputs else {
            return false;
        };
        let mut parameters = inputs.parameters.iter();
        let mut artifacts = inputs.artifacts.iter();
        if name == "parameters" {
            return !inputs.parameters.is_empty();
        }
        match name.split_once('.') {
            Some(("parameters", name)) => parameters.any(|parameter| parameter.name == name),
            Some(("artifacts", name)) => {
                let is_leaf = self.kind.is_some_and(TemplateKind::is_leaf);
                let of_path = name.strip_suffix(".path").filter(|_| is_leaf);
                artifacts.any(|artifact| artifact.name == name || of_path == Some(&artifact.name))
            }
            _ => false,
        }
    }

    fn has_node(&self, name: &str, extra: &Extra<'a>) -> bool {
        let Some((node, what)) = name.split_once('.') else {
            return false;
        };
        let Some(known) = self.nodes.get(node) else {
            return false;
        };
        if what == "status" && (known.has_status || extra.ancestors.contains(node)) {
            return true;
        }
        if !known.has_outputs {
            return false;
        }
        if matches!(what, "id" | "startedAt" | "finishedAt" | "hostNodeName") {
            return true;
        }
        match known.called {
            Called::Unknown => true,
            Called::Dynamic => false,
            Called::Template(template, kind) => outputs_have(template, kind, known.is_loop, what),
        }
    }

    /// What could have been meant.
    pub(crate) fn names(&self, extra: &Extra<'a>, globals: &Globals<'a>) -> Vec<String> {
        let mut names = globals.names();
        for inputs in [self.inputs, extra.inline].into_iter().flatten() {
            names.extend(
                inputs
                    .parameters
                    .iter()
                    .map(|input| format!("inputs.parameters.{}", input.name)),
            );
            for input in &inputs.artifacts {
                names.push(format!("inputs.artifacts.{}", input.name));
                if self.kind.is_some_and(TemplateKind::is_leaf) {
                    names.push(format!("inputs.artifacts.{}.path", input.name));
                }
            }
        }
        let mut nodes: Vec<_> = self.nodes.iter().collect();
        nodes.sort_by_key(|(name, _)| *name);
        for (name, node) in nodes {
            let with = |what: String| format!("{}.{name}.{what}", self.nodes_are());
            if node.has_status || extra.ancestors.contains(name.as_str()) {
                names.push(with("status".to_owned()));
            }
            let (true, Called::Template(template, _)) = (node.has_outputs, node.called) else {
                continue;
            };
            if has_result(template) {
                names.push(with("outputs.result".to_owned()));
            }
            if let Some(outputs) = &template.outputs {
                let parameters = outputs.parameters.iter();
                names.extend(
                    parameters.map(|output| with(format!("outputs.parameters.{}", output.name))),
                );
                let artifacts = outputs.artifacts.iter();
                names.extend(
                    artifacts.map(|output| with(format!("outputs.artifacts.{}", output.name))),
                );
            }
            names.push(with("id".to_owned()));
        }
        let keys = self.items.keys.iter().chain(&extra.items.keys);
        names.extend(keys.map(|key| format!("item.{key}")));
        names
    }
}

fn outputs_have(
    template: &Template,
    kind: Option<TemplateKind>,
    is_loop: bool,
    what: &str,
) -> bool {
    let is_list = is_loop
        && matches!(
            kind,
            Some(TemplateKind::Script | TemplateKind::ContainerSet)
        );
    match what {
        "ip" => template.daemon == Some(true),
        "outputs.result" | "exitCode" => has_result(template) || is_list,
        "outputs.parameters" => is_loop,
        _ => {
            let Some(outputs) = &template.outputs else {
                return false;
            };
            let mut parameters = outputs.parameters.iter();
            let mut artifacts = outputs.artifacts.iter();
            match what
                .strip_prefix("outputs.")
                .and_then(|what| what.split_once('.'))
            {
                Some(("parameters", name)) => parameters.any(|output| output.name == name),
                Some(("artifacts", name)) => artifacts.any(|output| output.name == name),
                _ => false,
            }
        }
    }
}
