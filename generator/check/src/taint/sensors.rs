//! Argo Events: what a Sensor puts into the objects that it makes.

use luban_expression::gjson;
use luban_expression::{Segment, Step};
use luban_yaml::Value;

use super::event::Sender;
use super::go_text::raw_reads;
use super::graph::{First, Graph, Source, Stretch, Use, key};
use super::names::{Names, written};
use crate::surface::Surface;

/// Adds where a Sensor's parameters lead. What its resources pass on is in the graph already.
pub(super) fn add<'a>(surface: &Surface<'a>, names: &Names<'a>, graph: &mut Graph<'a>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let sensor = Sensor {
        dependencies: spec.items_of("dependencies").collect(),
        names,
        namespace: written(surface.entry),
    };
    for trigger in spec.items_of("triggers") {
        let mut at = Some(trigger);
        while let Some(trigger) = at {
            sensor.trigger(trigger, graph);
            at = trigger.get("dlqTrigger");
        }
    }
}

struct Sensor<'a, 'g> {
    dependencies: Vec<Value<'a>>,
    names: &'g Names<'a>,
    namespace: Option<&'a str>,
}

impl<'a> Sensor<'a, '_> {
    fn trigger(&self, trigger: Value<'a>, graph: &mut Graph<'a>) {
        let Some(template) = trigger.get("template") else {
            return;
        };
        for parameter in trigger.items_of("parameters") {
            self.parameter(parameter, template, graph);
        }
        for action in ["k8s", "argoWorkflow"] {
            let Some(action) = template.get(action) else {
                continue;
            };
            let Some(resource) = action.at(&["source", "resource"]) else {
                continue;
            };
            for parameter in action.items_of("parameters") {
                self.parameter(parameter, resource, graph);
            }
        }
        for action in ["http", "awsLambda", "openWhisk", "slack", "email"] {
            let Some(action) = template.get(action) else {
                continue;
            };
            for parameter in action.items_of("parameters") {
                self.parameter(parameter, action, graph);
            }
        }
    }

    /// One parameter: what it reads of the event, to the field of `target` that it sets.
    fn parameter(&self, parameter: Value<'a>, target: Value<'a>, graph: &mut Graph<'a>) {
        let (Some(src), Some(dest)) = (parameter.get("src"), parameter.text_of("dest")) else {
            return;
        };
        let sender = self.sender(src.text_of("dependencyName").unwrap_or_default());
        let Some((at, what)) = read(src, sender) else {
            return;
        };
        let Some(first) = self.first(target, dest, graph) else {
            return;
        };
        let into = match &first {
            First::Variable(_) => called(target, dest, graph),
            First::Field(..) => None,
        };
        graph.sources.push((
            first,
            Source {
                at,
                what,
                into,
                is_event: true,
            },
        ));
    }

    /// What a destination sets.
    fn first(&self, target: Value<'a>, dest: &str, graph: &Graph<'a>) -> Option<First<'a>> {
        let (rest, values) = walk(target, dest)?;
        let last = *values.last()?;
        if let Some(sink) = graph.fields.get(&key(last)).filter(|_| rest.is_empty()) {
            return Some(First::Field(*sink, last));
        }
        if rest.is_empty() || rest == ["value"] {
            let known = values
                .iter()
                .rev()
                .take(2)
                .find_map(|value| graph.arguments.get(&key(*value)));
            if let Some((variable, ..)) = known {
                return Some(First::Variable(*variable));
            }
        }
        // A field that is not there yet has its name.
        let name = rest
            .last()
            .map(String::as_str)
            .or_else(|| dest.rsplit('.').next())?;
        let has_parent = |parent: &str| dest.split('.').any(|part| part == parent);
        let sink = match name {
            "source" if has_parent("script") => Use::Script("shell"),
            "script" if has_parent("steps") => Use::Script("shell"),
            "manifest" if has_parent("resource") => Use::Manifest,
            "podSpecPatch" => Use::Manifest,
            "image"
                if has_parent("container") || has_parent("containers") || has_parent("steps") =>
            {
                Use::Image
            }
            "serviceAccountName" | "namespace" => Use::Identity,
            "url"
                if target.get("method").is_some()
                    || dest.starts_with("http.")
                    || target.get("payload").is_some() =>
            {
                Use::Url
            }
            _ => return None,
        };
        Some(First::Field(sink, last))
    }

    /// Who sends the events of a dependency.
    fn sender(&self, dependency: &str) -> Sender {
        let mut dependencies = self.dependencies.iter();
        let known = dependencies.find(|it| it.text_of("name") == Some(dependency));
        let Some(known) = known else {
            return Sender::Provider;
        };
        let (Some(source), Some(event)) =
            (known.text_of("eventSourceName"), known.text_of("eventName"))
        else {
            return Sender::Provider;
        };
        let Some(spec) = self.names.spec("EventSource", self.namespace, source) else {
            return Sender::Provider;
        };
        let mut kinds = spec
            .entries()
            .filter_map(|(kind, events)| Some((kind, events.get(event)?)));
        match kinds.next() {
            Some(("calendar" | "resource" | "generic", _)) => Sender::Cluster,
            Some((_, config)) if config.get("authSecret").is_some() => Sender::Provider,
            Some(("github" | "bitbucketserver", config))
                if config.get("webhookSecret").is_some() =>
            {
                Sender::Provider
            }
            Some(("gitlab", config)) if config.get("secretToken").is_some() => Sender::Provider,
            Some(("slack", config)) if config.get("signingSecret").is_some() => Sender::Provider,
            Some((
                "azureEventsHub" | "stripe" | "storageGrid" | "minio" | "file" | "hdfs" | "sftp",
                _,
            ))
            | None => Sender::Provider,
            Some(_) => Sender::Anyone,
        }
    }
}

/// What the parameter that a destination sets is called, and of what it is one.
fn called<'a>(target: Value<'a>, dest: &str, graph: &Graph<'a>) -> Option<(&'a str, &'a str)> {
    let (_, values) = walk(target, dest)?;
    let mut known = values
        .iter()
        .rev()
        .filter_map(|value| graph.arguments.get(&key(*value)));
    known.next().map(|(_, name, of)| (*name, *of))
}

/// The free text that a parameter reads, and where it says so.
fn read<'a>(src: Value<'a>, sender: Sender) -> Option<(Stretch<'a>, String)> {
    if let Some(template) = src.get("dataTemplate") {
        let reads = raw_reads(template.text()?);
        let mut free = reads.iter().filter(|names| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            sender.chooses(&names)
        });
        let names = free.next()?;
        return Some((Stretch::whole(template), names.join(".")));
    }
    let data = src.get("dataKey")?;
    let path = gjson::parse(data.text()?);
    let plain = path.plain();
    let names: Vec<&str> = plain
        .iter()
        .flat_map(|path| path.segments.iter().filter_map(Segment::key))
        .collect();
    sender.chooses(&names).then(|| {
        (
            Stretch::whole(data),
            data.text().unwrap_or_default().to_owned(),
        )
    })
}

/// The values on the way that `dest` leads from a value, that one first, and the names that lead further than there is.
fn walk<'a>(from: Value<'a>, dest: &str) -> Option<(Vec<String>, Vec<Value<'a>>)> {
    let destination = gjson::parse_destination(dest).ok()?;
    let mut values = vec![from];
    let mut rest = Vec::new();
    for segment in &destination.path.segments {
        let last = *values.last()?;
        let next = match &segment.step {
            Step::Key(name) if rest.is_empty() => last.get(name),
            Step::Index(number) if rest.is_empty() => usize::try_from(*number)
                .ok()
                .and_then(|at| last.items().nth(at)),
            _ => None,
        };
        match (next, &segment.step) {
            (Some(next), _) => values.push(next),
            (None, Step::Key(name)) => rest.push(name.clone()),
            (None, Step::Index(number)) => rest.push(number.to_string()),
            (None, _) => return None,
        }
    }
    Some((rest, values))
}
