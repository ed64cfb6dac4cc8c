//! Tekton Triggers: what a binding reads, to the parameters of a TriggerTemplate and the objects that it makes.

use std::collections::HashSet;

use luban_expression::Segment;
use luban_expression::cel;
use luban_expression::tags::triggers;
use luban_yaml::Value;

use super::event::Sender;
use super::graph::{First, Graph, Hop, Source, Stretch, Use, Variable, key};
use super::names::{Names, written};
use super::reference::{Root, tekton};
use crate::surface::Surface;

/// Adds where the parameters of a TriggerTemplate's resources come from. What the resources pass on is in the graph already.
pub(super) fn add_template<'a>(spec: Value<'a>, graph: &mut Graph<'a>) {
    for resource in spec.items_of("resourcetemplates") {
        let mut pending = vec![resource];
        while let Some(value) = pending.pop() {
            pending.extend(value.items());
            pending.extend(value.entries().map(|(_, value)| value));
            let Some(text) = value.text() else { continue };
            if !text.contains("$(tt.") {
                continue;
            }
            for reference in tekton(text) {
                if reference.root != Root::Trigger {
                    continue;
                }
                let from = Variable::new(spec, reference.name);
                let at = Stretch::of(value, reference.bytes);
                if let Some((to, name, of)) = graph.arguments.get(&key(value)).copied() {
                    graph.edge(from, to, Hop { at, name, of });
                } else if let Some(sink) = graph.fields.get(&key(value)).copied() {
                    // A word that begins with text of its own is no option.
                    let is_whole = sink != Use::Option || text.starts_with("$(tt.");
                    if is_whole {
                        graph.sink(from, sink, at);
                    }
                } else if is_identity(resource, value) {
                    graph.sink(from, Use::Identity, at);
                }
            }
        }
    }
}

/// Whether a field says what an object is, where it is made or as whom it runs.
fn is_identity(resource: Value<'_>, value: Value<'_>) -> bool {
    let spec = resource.get("spec");
    let at = |keys: &[&str]| spec.and_then(|spec| spec.at(keys));
    let fields = [
        resource.get("apiVersion"),
        resource.get("kind"),
        resource.at(&["metadata", "namespace"]),
        at(&["serviceAccountName"]),
        at(&["taskRunTemplate", "serviceAccountName"]),
        at(&["pipelineRef", "name"]),
        at(&["taskRef", "name"]),
    ];
    fields
        .into_iter()
        .flatten()
        .any(|field| key(field) == key(value))
}

/// Adds what a Trigger, or one in an EventListener, reads of the event.
pub(super) fn add<'a>(surface: &Surface<'a>, names: &Names<'a>, graph: &mut Graph<'a>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let mut listener = Triggers {
        names,
        namespace: written(surface.entry),
        graph,
        said: HashSet::new(),
    };
    match surface.kind() {
        "Trigger" => listener.trigger(spec, &[]),
        "EventListener" => {
            for trigger in spec.items_of("triggers") {
                listener.trigger(trigger, &[]);
            }
            for group in spec.items_of("triggerGroups") {
                let interceptors: Vec<_> = group.items_of("interceptors").collect();
                listener.trigger(group, &interceptors);
            }
        }
        _ => {}
    }
}

struct Triggers<'a, 'g> {
    names: &'g Names<'a>,
    namespace: Option<&'a str>,
    graph: &'g mut Graph<'a>,
    said: HashSet<(Variable<'a>, u32)>,
}

impl<'a> Triggers<'a, '_> {
    fn trigger(&mut self, trigger: Value<'a>, around: &[Value<'a>]) {
        let template = trigger.get("template");
        let reference = template
            .and_then(|template| template.text_of("ref").or_else(|| template.text_of("name")));
        let template = match reference {
            Some(name) => self.names.spec("TriggerTemplate", self.namespace, name),
            None => template.and_then(|template| template.get("spec")),
        };
        let Some(template) = template else { return };
        let interceptors: Vec<_> = around
            .iter()
            .copied()
            .chain(trigger.items_of("interceptors"))
            .collect();
        for binding in trigger.items_of("bindings") {
            if let Some(name) = binding.text_of("ref") {
                let spec = if binding.text_of("kind") == Some("ClusterTriggerBinding") {
                    self.names.spec("ClusterTriggerBinding", None, name)
                } else {
                    self.names.spec("TriggerBinding", self.namespace, name)
                };
                for param in spec.into_iter().flat_map(|spec| spec.items_of("params")) {
                    self.param(param, template, &interceptors);
                }
            } else {
                self.param(binding, template, &interceptors);
            }
        }
    }

    /// A parameter of a binding, which becomes the template's of the same name.
    fn param(&mut self, param: Value<'a>, template: Value<'a>, interceptors: &[Value<'a>]) {
        let (Some(name), Some(value)) = (param.text_of("name"), param.get("value")) else {
            return;
        };
        let text = value.text().unwrap_or_default();
        if !text.contains("$(") {
            return;
        }
        let variable = Variable::new(template, name);
        for expression in triggers::split(text).0 {
            let free = expression.reads.iter().find(|path| {
                let names: Vec<&str> = path.segments.iter().filter_map(Segment::key).collect();
                is_free(&names, interceptors)
            });
            let Some(path) = free else { continue };
            if !self.said.insert((variable, value.id())) {
                continue;
            }
            let source = Source {
                at: Stretch::of(value, expression.span.clone()),
                what: path.to_string(),
                into: Some((name, "the TriggerTemplate")),
                is_event: true,
            };
            self.graph.sources.push((First::Variable(variable), source));
        }
    }
}

/// Whether what stands at these names may be any text.
fn is_free(names: &[&str], interceptors: &[Value<'_>]) -> bool {
    match names {
        ["body" | "header", ..] => Sender::Provider.chooses(names),
        ["extensions", name, ..] => interceptors.iter().any(|it| overlay_is_free(*it, name)),
        _ => false,
    }
}

/// Whether an interceptor computes an extension from free text.
fn overlay_is_free(interceptor: Value<'_>, name: &str) -> bool {
    let params = interceptor.items_of("params");
    let overlays = params.filter(|param| param.text_of("name") == Some("overlays"));
    let new = overlays.flat_map(|param| param.items_of("value"));
    let old = interceptor
        .get("cel")
        .into_iter()
        .flat_map(|cel| cel.items_of("overlays"));
    new.chain(old).any(|overlay| {
        let key = overlay.text_of("key").unwrap_or_default();
        let is_meant = key == name || key.split('.').next() == Some(name);
        let Some(expression) = overlay.text_of("expression").filter(|_| is_meant) else {
            return false;
        };
        let Ok(read) = cel::parse(expression) else {
            return false;
        };
        let checked = read.check(cel::Program::TriggersInterceptor, &[]);
        checked.reads.iter().any(|path| {
            let names: Vec<&str> = path.segments.iter().filter_map(Segment::key).collect();
            names.first() != Some(&"extensions") && Sender::Provider.chooses(&names)
        })
    })
}
