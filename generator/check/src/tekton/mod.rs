//! Tekton's objects as its admission looks at them: after `SetDefaults`, by `Validate` of tektoncd/pipeline v1.15.
//!
//! A [`View`] is built once for each object and walks the document by values that know their places, so that all versions of a
//! kind are one to rules. It gathers what the same code of upstream validates wherever it stands: specifications of tasks, those
//! in pipelines and runs too ([`TaskSpec`]), references to tasks, pipelines and step actions ([`Reference`]), declared
//! parameters ([`ParamSpec`]), values that runs and references give ([`Given`]), conditions of steps, and workspaces that runs
//! bring. What only pipelines have, graphs, conditions and parameters of their tasks, matrices, results, is not here.

mod go_path;
mod kinds;
mod names;
mod params;
pub(crate) mod pipeline;
mod pipelines;
mod step;
mod task;
mod task_ref;
mod text;
mod variables;
mod view;
mod workspaces;

pub(crate) use go_path::cleaned;
pub(crate) use kinds::{KINDS, RUNS, RUNS_AND_TASKS, TASKS, WITH_PARAMS, WITH_STEPS};
pub(crate) use names::{
    is_dns_label, is_dns_subdomain, is_placeholder, is_qualified, is_result_name,
};
pub(crate) use params::{ParamSpec, ParamType, Value, name_place};
pub(crate) use step::TextField;
pub(crate) use task::Holder;
pub(crate) use task_ref::Of;
pub(crate) use text::{artifacts_of_steps, artifacts_of_tasks, results_of_steps};
pub(crate) use variables::{Variable, variables};
pub(crate) use view::{Kind, View};
pub(crate) use workspaces::SOURCES;

use luban_yaml::Cursor;

use crate::objects::Entry;

/// Whether the reader already said that a key of a mapping is probably `field`, misspelt.
pub(crate) fn misspelt<'e>(entry: &'e Entry, of: Cursor<'_>, field: &str) -> Option<&'e str> {
    let meant = format!("(did you mean `{field}`?)");
    let is_it = |finding: &&luban_diagnostic::Finding| {
        finding.rule == "unknown-field"
            && finding.message.ends_with(&meant)
            && of
                .keys()
                .any(|key| Some(key.place()).as_ref() == finding.place.as_ref())
    };
    let mut readings = entry.reading.iter();
    readings.find(is_it).map(|finding| finding.message.as_str())
}

/// The text of a field; empty where there is none.
pub(crate) fn text_of<'a>(of: Cursor<'a>, field: &str) -> &'a str {
    of.get(field).and_then(Cursor::text).unwrap_or_default()
}

/// The items of a list; to Go, null is one without any field.
pub(crate) fn items_of<'a>(of: Cursor<'a>, field: &str) -> impl Iterator<Item = Cursor<'a>> {
    let list = of.get(field);
    list.into_iter().flat_map(Cursor::items)
}
