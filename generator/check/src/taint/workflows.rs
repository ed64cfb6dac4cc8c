//! Argo Workflows: arguments to inputs, from template to template.

use std::collections::{HashMap, HashSet};

use luban_yaml::Value;

use super::field;
use super::graph::{First, Graph, Hop, Source, Stretch, Use, Variable, key};
use super::names::{Names, written};
use super::reference::{Reference, Root, Shape, argo};
use crate::objects::Entry;
use crate::surface::{Container, Surface, Template, spec_of, templates};

/// Adds what an object of Argo Workflows passes on.
pub(super) fn add<'a>(surface: &Surface<'a>, names: &Names<'a>, graph: &mut Graph<'a>) {
    let Some(spec) = spec_of(surface.entry, surface.root) else {
        return;
    };
    let mut object = Workflow {
        names,
        namespace: written(surface.entry),
        entry: surface.entry,
        spec,
        templates: templates(spec),
        named: HashMap::new(),
        graph,
    };
    for (at, template) in object.templates.iter().enumerate() {
        let name = template
            .value
            .text_of("name")
            .filter(|_| template.outer.is_none());
        if let Some(name) = name {
            object.named.entry(name).or_insert(at);
        }
    }
    object.arguments();
    let called = object.calls();
    object.fields(surface);
    if is_library(surface.entry) {
        object.callers(&called);
    }
}

/// Whether others run its templates with values of theirs.
fn is_library(entry: &Entry) -> bool {
    matches!(
        entry.name.kind.as_str(),
        "WorkflowTemplate" | "ClusterWorkflowTemplate"
    )
}

struct Workflow<'a, 'g> {
    names: &'g Names<'a>,
    namespace: Option<&'a str>,
    entry: &'a Entry,
    spec: Value<'a>,
    templates: Vec<Template<'a>>,
    named: HashMap<&'a str, usize>,
    graph: &'g mut Graph<'a>,
}

impl<'a> Workflow<'a, '_> {
    /// The spec of the object that a `templateRef` or `workflowTemplateRef` names.
    fn referred(&self, reference: Value<'a>) -> Option<(Value<'a>, &'a str)> {
        let name = reference.text_of("name")?;
        let (kind, namespace) = if reference.is_true("clusterScope") {
            ("ClusterWorkflowTemplate", None)
        } else {
            ("WorkflowTemplate", self.namespace)
        };
        Some((self.names.spec(kind, namespace, name)?, name))
    }

    /// Arguments of the workflow: to what it is made of, and to the template that it starts with.
    fn arguments(&mut self) {
        let reference = self.spec.get("workflowTemplateRef");
        let base = reference.and_then(|reference| self.referred(reference));
        let parameters = self.spec.get("arguments").into_iter();
        let parameters: Vec<_> = parameters
            .flat_map(|it| it.items_of("parameters"))
            .collect();
        let whole = self.entry.object_name();
        for parameter in parameters {
            let Some(name) = parameter.text_of("name") else {
                continue;
            };
            let variable = Variable::new(self.spec, name);
            let names = (variable, name, self.entry.name.kind.as_str());
            self.graph.arguments.insert(key(parameter), names);
            if let Some(value) = parameter.get("value") {
                self.graph.arguments.insert(key(value), names);
            }
            if let Some((base, of)) = base {
                let at = Stretch::whole(parameter.get("name").unwrap_or(parameter));
                self.graph
                    .edge(variable, Variable::new(base, name), Hop { at, name, of });
            }
        }
        let from = base.map_or(self.spec, |(base, _)| base);
        let start = self
            .spec
            .text_of("entrypoint")
            .or_else(|| from.text_of("entrypoint"));
        let mut tops = from
            .items_of("templates")
            .chain(self.spec.items_of("templates"));
        let start = tops.find(|template| start.is_some() && template.text_of("name") == start);
        if let Some(template) = start {
            for (name, input) in inputs(template) {
                let hop = Hop {
                    at: Stretch::whole(input.get("name").unwrap_or(input)),
                    name,
                    of: template.text_of("name").unwrap_or(whole),
                };
                let to = Variable::new(template, name);
                self.graph.edge(Variable::new(self.spec, name), to, hop);
            }
        }
    }

    /// What a text in a template names.
    fn variable(&self, template: Option<usize>, reference: &Reference<'a>) -> Option<Variable<'a>> {
        match reference.root {
            Root::Workflow => Some(Variable::new(self.spec, reference.name)),
            Root::Inputs => {
                let mut at = template;
                while let Some(template) = at.and_then(|at| self.templates.get(at)) {
                    if inputs(template.value).any(|(name, _)| name == reference.name) {
                        return Some(Variable::new(template.value, reference.name));
                    }
                    at = template.outer;
                }
                None
            }
            Root::Item | Root::Trigger => None,
        }
    }

    /// Steps and tasks: what they pass on. Gives the templates that are called here.
    fn calls(&mut self) -> HashSet<usize> {
        let mut called = HashSet::new();
        for caller in 0..self.templates.len() {
            let Some(template) = self.templates.get(caller).copied() else {
                continue;
            };
            let calls: Vec<_> = template.calls().collect();
            for call in calls {
                self.call(caller, call, call, &mut called);
                for (_, hook) in call
                    .get("hooks")
                    .into_iter()
                    .flat_map(|hooks| hooks.entries())
                {
                    self.call(caller, call, hook, &mut called);
                }
            }
        }
        called
    }

    fn call(
        &mut self,
        caller: usize,
        step: Value<'a>,
        call: Value<'a>,
        called: &mut HashSet<usize>,
    ) {
        for condition in ["when", "expression"] {
            self.field(Some(caller), call.get(condition), Use::Expression);
        }
        let (callee, of) = if let Some(inline) = call.get("inline") {
            (
                inline,
                step.text_of("name").unwrap_or("the inline template"),
            )
        } else if let Some(reference) = call.get("templateRef") {
            let Some((spec, _)) = self.referred(reference) else {
                return;
            };
            let Some(name) = reference.text_of("template") else {
                return;
            };
            let mut all = spec.items_of("templates");
            let Some(template) = all.find(|template| template.text_of("name") == Some(name)) else {
                return;
            };
            self.graph.share(self.spec, spec);
            (template, name)
        } else {
            let Some(name) = call.text_of("template") else {
                return;
            };
            let Some(at) = self.named.get(name).copied() else {
                return;
            };
            let Some(template) = self.templates.get(at) else {
                return;
            };
            called.insert(at);
            (template.value, name)
        };
        let arguments = call.get("arguments").into_iter();
        let parameters: Vec<_> = arguments.flat_map(|it| it.items_of("parameters")).collect();
        for parameter in parameters {
            let (Some(name), Some(value)) = (parameter.text_of("name"), parameter.get("value"))
            else {
                continue;
            };
            let to = Variable::new(callee, name);
            for reference in argo(value.text().unwrap_or_default()) {
                let (at, from) = if reference.root == Root::Item {
                    let Some((from, variable)) = self.items(caller, step) else {
                        continue;
                    };
                    (from, Some(variable))
                } else {
                    let at = Stretch::of(value, reference.bytes.clone());
                    (at, self.variable(Some(caller), &reference))
                };
                if let Some(from) = from {
                    self.graph.edge(from, to, Hop { at, name, of });
                }
            }
        }
    }

    /// The variable that a step's loop goes over.
    fn items(&self, caller: usize, step: Value<'a>) -> Option<(Stretch<'a>, Variable<'a>)> {
        let list = step.get("withParam")?;
        argo(list.text()?).into_iter().find_map(|reference| {
            let variable = self.variable(Some(caller), &reference)?;
            Some((Stretch::of(list, reference.bytes), variable))
        })
    }

    fn field(&mut self, template: Option<usize>, field: Option<Value<'a>>, sink: Use) {
        let Some(field) = field else { return };
        let Some(text) = field.text() else { return };
        self.graph.fields.insert(key(field), sink);
        for reference in argo(text) {
            // A whole word that begins with text of its own is no option.
            if sink == Use::Option && reference.bytes.start != 0 {
                continue;
            }
            if sink == Use::Manifest && reference.shape == Shape::Json {
                continue;
            }
            if let Some(variable) = self.variable(template, &reference) {
                self.graph
                    .sink(variable, sink, Stretch::of(field, reference.bytes));
            }
        }
    }

    fn fields(&mut self, surface: &Surface<'a>) {
        let pods = surface.pods.iter();
        let pods: HashMap<u32, _> = pods
            .filter_map(|pod| Some((pod.levels.first()?.id(), pod)))
            .collect();
        for at in 0..self.templates.len() {
            let Some(Template {
                value: template, ..
            }) = self.templates.get(at).copied()
            else {
                continue;
            };
            if let Some(pod) = pods.get(&template.id()) {
                for (field, sink) in field::of_pod(pod) {
                    self.field(Some(at), Some(field), sink);
                }
                for container in &pod.containers {
                    self.container(at, *container);
                }
            }
            let resource = template.get("resource");
            self.field(
                Some(at),
                resource.and_then(|it| it.get("manifest")),
                Use::Manifest,
            );
            for condition in ["successCondition", "failureCondition"] {
                self.field(
                    Some(at),
                    resource.and_then(|it| it.get(condition)),
                    Use::Expression,
                );
            }
            self.field(
                Some(at),
                template.at(&["retryStrategy", "expression"]),
                Use::Expression,
            );
            let http = template.get("http");
            self.field(Some(at), http.and_then(|it| it.get("url")), Use::Url);
            let artifacts = template
                .get("inputs")
                .into_iter()
                .flat_map(|it| it.items_of("artifacts"));
            for artifact in artifacts {
                self.field(Some(at), artifact.at(&["git", "repo"]), Use::Url);
                self.field(Some(at), artifact.at(&["http", "url"]), Use::Url);
                self.field(Some(at), artifact.get("path"), Use::Path);
            }
        }
    }

    fn container(&mut self, template: usize, container: Container<'a>) {
        for (field, sink) in field::of_container(container) {
            self.field(Some(template), Some(field), sink);
        }
    }

    /// Whoever runs a template of a library chooses its arguments.
    fn callers(&mut self, called: &HashSet<usize>) {
        let mut open = Vec::new();
        let arguments = self.spec.get("arguments").into_iter();
        for parameter in arguments.flat_map(|it| it.items_of("parameters")) {
            if let Some(name) = parameter
                .text_of("name")
                .filter(|_| parameter.get("enum").is_none())
            {
                open.push((self.spec, name, parameter));
            }
        }
        for (at, template) in self.templates.iter().enumerate() {
            // What only this object calls has what it passes on.
            if template.outer.is_some() || called.contains(&at) {
                continue;
            }
            let inputs = inputs(template.value)
                .filter(|(_, input)| input.get("enum").is_none() && input.get("value").is_none());
            open.extend(inputs.map(|(name, input)| (template.value, name, input)));
        }
        for (scope, name, parameter) in open {
            let source = Source {
                at: Stretch::whole(parameter.get("name").unwrap_or(parameter)),
                what: name.to_owned(),
                into: None,
                is_event: false,
            };
            let first = First::Variable(Variable::new(scope, name));
            self.graph.sources.push((first, source));
        }
    }
}

/// The parameters that a template takes.
fn inputs(template: Value<'_>) -> impl Iterator<Item = (&str, Value<'_>)> {
    let inputs = template.get("inputs").into_iter();
    let parameters = inputs.flat_map(|inputs| inputs.items_of("parameters"));
    parameters.filter_map(|parameter| Some((parameter.text_of("name")?, parameter)))
}
