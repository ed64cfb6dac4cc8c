//! Runs of tasks, and what they run.

use luban_yaml::Cursor;

use super::body::{Body, Named, items, named};
use crate::objects::{Entry, Objects};
use crate::references::{Called, is_known};

/// What is given under a name: a parameter's value or a workspace's volume.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binding<'a> {
    pub(crate) name: &'a str,
    pub(crate) node: Cursor<'a>,
}

/// A TaskRun, or a step that runs a StepAction, with what it runs.
#[derive(Debug)]
pub(crate) struct Run<'a> {
    /// Where it says what it runs.
    pub(crate) reference: Cursor<'a>,
    pub(crate) is_step: bool,
    /// What is run: the name of its kind, and its own.
    pub(crate) runs: (&'static str, &'a str),
    /// The namespace that it is looked for in.
    pub(crate) namespace: &'a str,
    /// The entry that is run; none if it is written in place or does not exist.
    pub(crate) entry: Option<&'a Entry>,
    /// What it declares; none if it does not exist.
    pub(crate) declared: Option<Declared<'a>>,
    pub(crate) params: Vec<Binding<'a>>,
    pub(crate) workspaces: Vec<Binding<'a>>,
}

impl<'a> Run<'a> {
    /// With what it runs; none if that is not known.
    fn found(mut self, called: Called<'a>) -> Option<Self> {
        match called {
            Called::One(entry) => {
                self.declared = Some(declared(spec_of(entry)?));
                self.entry = Some(entry);
            }
            Called::None => {}
            Called::Several => return None,
        }
        Some(self)
    }
}

/// What is declared to be given.
#[derive(Debug)]
pub(crate) struct Declared<'a> {
    pub(crate) params: Vec<Named<'a>>,
    pub(crate) workspaces: Vec<Named<'a>>,
}

/// The runs of tasks in an object.
pub(crate) fn runs<'a>(
    objects: &'a Objects,
    position: usize,
    entry: &'a Entry,
    bodies: &[Body<'a>],
) -> Vec<Run<'a>> {
    let mut runs = Vec::new();
    let placement = objects.universe().placement(position);
    let namespace: &str = placement
        .and_then(|placement| placement.namespaces.first())
        .map_or("", |it| it);
    match entry.name.kind.as_str() {
        "TaskRun" => runs.extend(task_run(objects, entry, namespace)),
        // What an event starts; a run by itself is looked at with its Pipeline.
        "PipelineRun" if entry.is_template => runs.extend(pipeline_run(objects, entry, namespace)),
        _ => {}
    }
    for step in bodies.iter().flat_map(|body| &body.steps) {
        runs.extend(action(objects, step.node, namespace));
    }
    runs
}

fn bindings<'a>(node: Cursor<'a>, field: &str) -> Vec<Binding<'a>> {
    let named = named(node, field);
    named
        .into_iter()
        .map(|named| Binding {
            name: named.name,
            node: named.node,
        })
        .collect()
}

fn declared<'a>(spec: Cursor<'a>) -> Declared<'a> {
    Declared {
        params: named(spec, "params"),
        workspaces: named(spec, "workspaces"),
    }
}

fn spec_of(entry: &Entry) -> Option<Cursor<'_>> {
    entry.document.cursor(&entry.path)?.get("spec")
}

fn task_run<'a>(objects: &'a Objects, entry: &'a Entry, namespace: &'a str) -> Option<Run<'a>> {
    let spec = spec_of(entry)?;
    let mut run = Run {
        reference: spec,
        is_step: false,
        runs: ("Task", ""),
        namespace,
        entry: None,
        declared: None,
        params: bindings(spec, "params"),
        workspaces: bindings(spec, "workspaces"),
    };
    if let Some(inline) = spec.get("taskSpec") {
        run.reference = spec.get("taskSpec")?;
        run.declared = Some(declared(inline));
        return Some(run);
    }
    let reference = spec.get("taskRef")?;
    let kind = reference.text_at(&["kind"]).unwrap_or("Task");
    let is_remote = ["resolver", "bundle"]
        .iter()
        .any(|field| reference.get(field).is_some());
    let is_custom = reference
        .get("apiVersion")
        .is_some_and(|it| it.text().is_some_and(|it| !it.starts_with("tekton.dev/")));
    if kind != "Task" || is_remote || is_custom {
        return None;
    }
    run.reference = reference.get("name")?;
    run.runs.1 = run.reference.text().filter(|name| is_known(name))?;
    let name = run.runs.1;
    run.found(objects.called("Task", namespace, name))
}

fn pipeline_run<'a>(objects: &'a Objects, entry: &'a Entry, namespace: &'a str) -> Option<Run<'a>> {
    let spec = spec_of(entry)?;
    let reference = spec.get("pipelineRef")?;
    if ["resolver", "bundle"]
        .iter()
        .any(|field| reference.get(field).is_some())
    {
        return None;
    }
    let name = reference.get("name")?;
    let text = name.text().filter(|name| is_known(name))?;
    let run = Run {
        reference: name,
        is_step: false,
        runs: ("Pipeline", text),
        namespace,
        entry: None,
        declared: None,
        params: bindings(spec, "params"),
        workspaces: bindings(spec, "workspaces"),
    };
    run.found(objects.called("Pipeline", namespace, text))
}

fn action<'a>(objects: &'a Objects, step: Cursor<'a>, namespace: &'a str) -> Option<Run<'a>> {
    let reference = step
        .get("ref")
        .filter(|reference| reference.get("resolver").is_none())?;
    let name = reference.get("name")?;
    let text = name.text().filter(|name| is_known(name))?;
    let run = Run {
        reference: name,
        is_step: true,
        runs: ("StepAction", text),
        namespace,
        entry: None,
        declared: None,
        params: bindings(step, "params"),
        workspaces: Vec::new(),
    };
    run.found(objects.called("StepAction", namespace, text))
}

/// The names of results of the StepAction that a step runs; none if it is not known.
pub(crate) fn action_results<'a>(
    objects: &'a Objects,
    step: Cursor<'a>,
    namespace: &'a str,
) -> Option<Vec<&'a str>> {
    let entry = action(objects, step, namespace)?.entry?;
    let results = items(spec_of(entry)?, "results");
    Some(
        results
            .filter_map(|result| result.text_at(&["name"]))
            .collect(),
    )
}

/// Of what type a value is and of what the declared parameter, where these differ.
pub(crate) fn wrong_type(
    param: Cursor<'_>,
    value: Cursor<'_>,
) -> Option<(&'static str, &'static str)> {
    let of = |value: Cursor<'_>| {
        if value.is_list() {
            "array"
        } else if value.is_mapping() {
            "object"
        } else {
            "string"
        }
    };
    let default = param.get("default").map(of);
    let is_object = param.get("properties").is_some();
    let wanted = param
        .text_at(&["type"])
        .or(default)
        .unwrap_or(if is_object { "object" } else { "string" });
    let given = of(value);
    // A whole array or object may be put in the place of a text with variables.
    // One of a TriggerTemplate is put in as text before anyone looks.
    let is_open = given == "string"
        && value
            .text()
            .is_some_and(|text| text.replace("$(tt.params", "").contains("$("));
    let name = |kind: &str| match kind {
        "array" => Some("a list"),
        "object" => Some("a mapping"),
        "string" => Some("a text"),
        _ => None,
    };
    if given == wanted || (is_open && wanted != "string") {
        return None;
    }
    Some((name(given)?, name(wanted)?))
}
