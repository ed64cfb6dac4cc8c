//! Tekton's objects as its admission looks at them: after `SetDefaults`, by `Validate` of tektoncd/pipeline v1.15.
//!
//! A [`View`] is built once for each object and walks the document by values that know their places, so that all versions of a
//! kind are one to rules. It gathers what the same code of upstream validates wherever it stands: specifications of tasks, those
//! in pipelines and runs too ([`TaskSpec`]), references to tasks, pipelines and step actions ([`Reference`]), declared
//! parameters ([`ParamSpec`]), values given to them ([`Given`]), conditions, and workspaces that runs bring.

#![allow(dead_code, unused_imports)]

mod go_path;
mod names;
mod params;
mod pipelines;
mod step;
mod task;
mod task_ref;
mod text;
mod variables;
mod view;
mod workspaces;

pub(crate) use go_path::cleaned;
pub(crate) use names::{
    is_dns_label, is_dns_subdomain, is_placeholder, is_qualified, is_result_name,
};
pub(crate) use params::{Declared, Merged, ParamSpec, ParamType, Value};
pub(crate) use step::{Step, Text, TextField};
pub(crate) use task::{Holder, TaskSpec};
pub(crate) use task_ref::{Of, Reference};
pub(crate) use text::{artifacts_of_steps, artifacts_of_tasks, results_of_steps};
pub(crate) use variables::{Variable, variables};
pub(crate) use view::{Given, Kind, ParamSpecs, View};
pub(crate) use workspaces::{Binding, SOURCES};

use luban_yaml::Cursor;

/// The text of a field; empty where there is none.
pub(crate) fn text_of<'a>(of: Cursor<'a>, field: &str) -> &'a str {
    of.get(field).and_then(Cursor::text).unwrap_or_default()
}

/// The items of a list that are not null.
pub(crate) fn items_of<'a>(of: Cursor<'a>, field: &str) -> impl Iterator<Item = Cursor<'a>> {
    let list = of.get(field);
    list.into_iter().flat_map(Cursor::items).flatten()
}
