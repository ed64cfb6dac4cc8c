//! The parameters that texts of a Pipeline may refer to, and what each is.
//!
//! After tektoncd/pipeline v1.15 `ParamSpec.SetDefaults`, and, for Pipelines in runs, `PipelineRunSpec.validateInlineParameters`:
//! there, the parameters of the run come first, and each task adds those that it is given and those that its Task declares.

use std::collections::{BTreeSet, HashMap};

use luban_api_tekton::{Param, ParamSpec, ParamValue};

use super::view::{Holder, Pipeline, Pipelines};

/// What a parameter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    Text,
    Array,
    /// With its keys.
    Object(BTreeSet<&'a str>),
}

/// Parameters by name.
#[derive(Debug, Default)]
pub(crate) struct Scope<'a> {
    kinds: HashMap<&'a str, Kind<'a>>,
    /// The names, as they come.
    names: Vec<&'a str>,
}

impl<'a> Scope<'a> {
    /// What texts of the tasks of a Pipeline may refer to; none for one that a task has in place, which upstream does not judge.
    pub(crate) fn of(pipelines: &Pipelines<'a>, pipeline: &Pipeline<'a>) -> Option<Self> {
        let mut scope = Self::default();
        match (pipeline.holder, &pipelines.run) {
            (Holder::Task, _) => return None,
            (Holder::Run, Some(run)) => {
                run.params.iter().for_each(|param| scope.give(param));
                pipeline.params.iter().for_each(|spec| scope.declare(spec));
                for task in pipeline.ordinary() {
                    task.params.iter().for_each(|param| scope.give_task(param));
                    let in_place = task.task_spec.iter().flat_map(|task| task.params);
                    in_place.for_each(|spec| scope.declare(spec));
                }
            }
            _ => pipeline.params.iter().for_each(|spec| scope.declare(spec)),
        }
        Some(scope)
    }

    /// What a parameter of that name is.
    pub(crate) fn get(&self, name: &str) -> Option<&Kind<'a>> {
        self.kinds.get(name)
    }

    /// Every name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied()
    }

    /// The objects, with their keys.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (&'a str, &BTreeSet<&'a str>)> {
        self.names
            .iter()
            .filter_map(|name| match self.kinds.get(name) {
                Some(Kind::Object(keys)) => Some((*name, keys)),
                _ => None,
            })
    }

    fn insert(&mut self, name: &'a str, kind: Kind<'a>) {
        if self.kinds.insert(name, kind).is_none() {
            self.names.push(name);
        }
    }

    fn declare(&mut self, spec: &'a ParamSpec) {
        let keys = || spec.properties.keys().map(String::as_str).collect();
        match self.kinds.get_mut(spec.name.as_str()) {
            Some(Kind::Object(known)) => *known = keys(),
            Some(_) => {}
            None => {
                let kind = match type_of(spec) {
                    "array" => Kind::Array,
                    "object" => Kind::Object(keys()),
                    _ => Kind::Text,
                };
                self.insert(&spec.name, kind);
            }
        }
    }

    fn give(&mut self, param: &'a Param) {
        self.insert(&param.name, kind_of(&param.value));
    }

    fn give_task(&mut self, param: &'a Param) {
        match (self.kinds.get_mut(param.name.as_str()), &param.value) {
            (Some(Kind::Object(known)), ParamValue::Object(texts)) => {
                known.extend(texts.keys().map(String::as_str));
            }
            (Some(_), _) => {}
            (None, _) => self.give(param),
        }
    }
}

fn kind_of(value: &ParamValue) -> Kind<'_> {
    match value {
        ParamValue::String(_) => Kind::Text,
        ParamValue::Array(_) => Kind::Array,
        ParamValue::Object(texts) => Kind::Object(texts.keys().map(String::as_str).collect()),
    }
}

/// The type of a parameter, as upstream infers it where it is not written.
fn type_of(spec: &ParamSpec) -> &str {
    match (&spec.type_, &spec.default) {
        (Some(written), _) if !written.is_empty() => written,
        _ if !spec.properties.is_empty() => "object",
        (_, Some(ParamValue::Array(_))) => "array",
        (_, Some(ParamValue::Object(_))) => "object",
        _ => "string",
    }
}
