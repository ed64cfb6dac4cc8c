//! Where text of outsiders goes: from an event through parameters of all objects to a program.
//!
//! A graph over all objects, built once: its variables are parameters (of workflows, templates, runs, pipelines, tasks,
//! TriggerTemplates), its edges what is passed on, its sinks the fields in which text is more than data. Sources are fields of
//! events that somebody can choose freely, and what callers of reusable templates and tasks may give. A value that goes through
//! the environment (`env[].value`) is data, and is not followed.

mod event;
mod field;
mod go_text;
mod graph;
mod names;
mod reference;
mod sensors;
mod tekton;
mod triggers;
mod workflows;

pub(crate) use go_text::raw_reads;
pub(crate) use graph::{Flow, Use};

use graph::Graph;
use names::Names;
use rayon::prelude::*;

use crate::objects::Objects;
use crate::surface::{Surface, group_of};

/// All flows of outside text over all objects, in the order of their sources.
pub(crate) fn flows(objects: &Objects) -> Vec<Flow> {
    let names = Names::new(objects);
    let mut graph = Graph::default();
    let entries = objects.entries().iter().filter(|entry| {
        entry.is_template
            || matches!(
                group_of(entry),
                "argoproj.io" | "tekton.dev" | "triggers.tekton.dev"
            )
    });
    let entries: Vec<_> = entries.collect();
    let surfaces = entries
        .into_par_iter()
        .map(|entry| Surface::new(objects, entry));
    let surfaces: Vec<_> = surfaces.flatten().collect();
    for surface in &surfaces {
        if surface.entry.is_given_apart {
            graph
                .apart
                .insert(std::ptr::from_ref(surface.root.document()) as usize);
        }
        match group_of(surface.entry) {
            "tekton.dev" => tekton::add(surface, &names, &mut graph),
            "argoproj.io" => workflows::add(surface, &names, &mut graph),
            _ => {}
        }
        if surface.entry.is_template {
            for container in surface.containers() {
                let fields = field::of_container(container);
                graph.fields.extend(
                    fields
                        .into_iter()
                        .map(|(field, sink)| (graph::key(field), sink)),
                );
            }
        }
    }
    // Fields and arguments of what they make are known now.
    for surface in &surfaces {
        let spec = surface.root.get("spec");
        match (group_of(surface.entry), surface.kind()) {
            ("argoproj.io", "Sensor") => sensors::add(surface, &names, &mut graph),
            ("triggers.tekton.dev", "TriggerTemplate") => {
                if let Some(spec) = spec {
                    triggers::add_template(spec, &mut graph);
                }
            }
            ("triggers.tekton.dev", "Trigger") => {
                if let Some(spec) = spec.and_then(|spec| spec.at(&["template", "spec"])) {
                    triggers::add_template(spec, &mut graph);
                }
                triggers::add(surface, &names, &mut graph);
            }
            ("triggers.tekton.dev", "EventListener") => {
                for trigger in spec.into_iter().flat_map(|spec| spec.items_of("triggers")) {
                    if let Some(spec) = trigger.at(&["template", "spec"]) {
                        triggers::add_template(spec, &mut graph);
                    }
                }
                triggers::add(surface, &names, &mut graph);
            }
            _ => {}
        }
    }
    graph
        .sources
        .sort_by_cached_key(|(_, source)| source.at.place());
    graph.flows()
}
