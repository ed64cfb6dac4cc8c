//! What events start: workflows that Sensors and TriggerTemplates make, with what they are made of.

use std::collections::HashSet;

use luban_yaml::{Cursor, Path};

use crate::objects::{Entry, Objects};
use crate::references::{Called, is_known};

/// A workflow that is made of a template: by an event, by time or by hand.
pub(crate) struct Started<'a> {
    /// The reference's name.
    pub(crate) reference: Cursor<'a>,
    pub(crate) kind: &'static str,
    pub(crate) name: &'a str,
    pub(crate) namespace: &'a str,
    /// The template; none if it does not exist.
    pub(crate) template: Option<&'a Entry>,
    /// The arguments that are given: the item, its name, whether it gets a value.
    pub(crate) given: Vec<(Cursor<'a>, &'a str, bool)>,
    /// Whether more may be given in ways that are not known.
    pub(crate) is_open: bool,
    /// Whether nobody can add to it before it is made.
    pub(crate) is_by_event: bool,
}

/// The workflows that an object starts, or is.
pub(crate) fn started<'a>(objects: &'a Objects, position: usize) -> Vec<Started<'a>> {
    let Some(entry) = objects.entries().get(position) else {
        return Vec::new();
    };
    let all = std::iter::once((position, entry)).chain(objects.inside(position));
    all.filter_map(|(position, entry)| one(objects, position, entry))
        .collect()
}

fn one<'a>(objects: &'a Objects, position: usize, entry: &'a Entry) -> Option<Started<'a>> {
    if !entry.name.api_version.starts_with("argoproj.io/") {
        return None;
    }
    let node = entry.document.cursor(&entry.path)?;
    let spec = node.get("spec")?;
    let spec = match entry.name.kind.as_str() {
        "Workflow" => spec,
        "CronWorkflow" => spec.get("workflowSpec")?,
        "WorkflowEventBinding" => spec.get("submit")?,
        _ => return None,
    };
    let template = spec.get("workflowTemplateRef")?;
    let reference = template.get("name")?;
    let name = reference.text().filter(|name| is_known(name))?;
    let is_of_cluster = template.text_at(&["clusterScope"]) == Some("true");
    let kind = if is_of_cluster {
        "ClusterWorkflowTemplate"
    } else {
        "WorkflowTemplate"
    };
    let placement = objects.universe().placement(position);
    let namespace: &str = placement
        .and_then(|placement| placement.namespaces.first())
        .map_or("", |it| it);
    let set = set(entry);
    if set.is_elsewhere {
        return None;
    }
    let found = match objects.called(kind, namespace, name) {
        Called::One(entry) => Some(entry),
        Called::None => None,
        Called::Several => return None,
    };
    let parameters = spec.at(&["arguments", "parameters"]);
    let parameters = parameters.into_iter().flat_map(|list| list.values());
    let given = parameters.enumerate().filter_map(|(at, parameter)| {
        let name = parameter.text_at(&["name"])?;
        let has_value = ["value", "valueFrom"]
            .iter()
            .any(|field| parameter.get(field).is_some());
        Some((
            parameter,
            name,
            has_value || set.values.contains(&at) || set.names.contains(name),
        ))
    });
    Some(Started {
        reference,
        kind,
        name,
        namespace,
        template: found,
        given: given.collect(),
        is_open: set.is_open,
        is_by_event: entry.is_template || entry.name.kind == "WorkflowEventBinding",
    })
}

/// What a Sensor's trigger sets in the object that it makes.
#[derive(Default)]
struct Set<'a> {
    /// Positions of parameters that get a value.
    values: HashSet<usize>,
    /// Names of parameters that are given on a command line.
    names: HashSet<&'a str>,
    is_open: bool,
    /// Whether it sets what the workflow is made of.
    is_elsewhere: bool,
}

fn set(entry: &Entry) -> Set<'_> {
    let mut set = Set::default();
    // `…template.k8s.source.resource`
    let Some(end) = entry
        .path
        .len()
        .checked_sub(2)
        .filter(|_| entry.is_template)
    else {
        return set;
    };
    let above = |levels: usize| {
        let path: Path = entry.path.get(..end.checked_sub(levels)?)?.to_vec().into();
        entry.document.cursor(&path)
    };
    let Some(action) = above(0) else {
        return set;
    };
    for parameter in items(action, "parameters") {
        set.add(parameter.text_at(&["dest"]).unwrap_or_default());
    }
    // Parameters of the trigger change the trigger before it makes anything.
    if let Some(trigger) = above(2) {
        for dest in
            items(trigger, "parameters").filter_map(|parameter| parameter.text_at(&["dest"]))
        {
            if let Some((_, dest)) = dest.split_once("source.resource.") {
                set.add(dest);
            }
        }
    }
    let mut arguments = items(action, "args").filter_map(|argument| argument.text());
    while let Some(argument) = arguments.next() {
        let given = match argument {
            "-p" | "--parameter" => arguments.next(),
            _ if argument.starts_with("-f") || argument.starts_with("--parameter-file") => {
                set.is_open = true;
                None
            }
            _ => argument
                .strip_prefix("--parameter=")
                .or_else(|| argument.strip_prefix("-p")),
        };
        set.names
            .extend(given.and_then(|given| given.split('=').next()));
    }
    set
}

impl Set<'_> {
    fn add(&mut self, dest: &str) {
        if dest.starts_with("spec.workflowTemplateRef") || dest == "spec" || dest.is_empty() {
            self.is_elsewhere = true;
            return;
        }
        let Some(rest) = dest.strip_prefix("spec.arguments") else {
            return;
        };
        let index = rest
            .strip_prefix(".parameters.")
            .and_then(|rest| rest.strip_suffix(".value"));
        match index.and_then(|index| index.parse().ok()) {
            Some(index) => {
                self.values.insert(index);
            }
            None => self.is_open = true,
        }
    }
}

/// The items of a list.
pub(crate) fn items<'a>(
    node: Cursor<'a>,
    field: &str,
) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
    node.get(field).into_iter().flat_map(|list| list.values())
}

/// What a template declares as arguments: the item, its name, whether it has a value.
pub(crate) fn declared(template: &Entry) -> Vec<(Cursor<'_>, &str, bool)> {
    let node = template.document.cursor(&template.path);
    let parameters = node.and_then(|node| node.at(&["spec", "arguments", "parameters"]));
    let parameters = parameters.into_iter().flat_map(|list| list.values());
    parameters
        .filter_map(|parameter| {
            let has_value = ["value", "valueFrom"]
                .iter()
                .any(|field| parameter.get(field).is_some());
            Some((parameter, parameter.text_at(&["name"])?, has_value))
        })
        .collect()
}

/// An event that comes by HTTP.
pub(crate) struct Listening<'a> {
    pub(crate) endpoint: &'a str,
}

/// The events of an EventSource that come by HTTP.
pub(crate) fn listening<'a>(spec: Cursor<'a>) -> Vec<Listening<'a>> {
    let mut found = Vec::new();
    let kinds = spec
        .entries()
        .filter(|(kind, _)| !matches!(kind.text(), "service" | "template"));
    for (_, event) in kinds.flat_map(|(_, events)| events.entries()) {
        // A webhook is the event itself, or a part of it.
        let webhook = event.get("webhook").unwrap_or(event);
        if webhook.text_at(&["port"]).is_some()
            && let Some(endpoint) = webhook.text_at(&["endpoint"])
        {
            found.push(Listening { endpoint });
        }
    }
    found
}
