//! The parameters that texts of a Pipeline may refer to, and what each is.
//!
//! After tektoncd/pipeline v1.15 `ParamSpec.SetDefaults`, and, for Pipelines in runs, `PipelineRunSpec.validateInlineParameters`:
//! there, the parameters of the run come first, and each task adds those that it is given and those that its Task declares.
//! Go breaks down where that code puts a key into an object that is not there.

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
    known: HashMap<&'a str, Known<'a>>,
    /// The names, as they come.
    names: Vec<&'a str>,
    /// Objects that tasks of a run give or declare, on which upstream breaks down: the task, and which of its parameters.
    pub(crate) crashes: Vec<Crash>,
}

/// A parameter, as far as upstream knows it at that point.
#[derive(Debug)]
struct Known<'a> {
    kind: Kind<'a>,
    /// Whether it has a value, and whether that is an object.
    value: Option<bool>,
    has_properties: bool,
}

/// A parameter of a task on which upstream breaks down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Crash {
    /// The task, by its place in [`Pipeline::tasks`].
    pub(crate) task: usize,
    /// Whether it stands among those that its Task in place declares.
    pub(crate) is_declared: bool,
    /// Its place there.
    pub(crate) param: usize,
}

impl<'a> Scope<'a> {
    /// What texts of the tasks of a Pipeline may refer to; none for one that a task has in place, which upstream does not judge.
    pub(crate) fn of(pipelines: &Pipelines<'a>, pipeline: &Pipeline<'a>) -> Option<Self> {
        let mut scope = Self::default();
        match (pipeline.holder, &pipelines.run) {
            (Holder::Task, _) => return None,
            (Holder::Run, Some(run)) => {
                run.params.iter().for_each(|param| scope.give(param));
                pipeline.params.iter().for_each(|spec| {
                    scope.declare(spec);
                });
                let tasks = pipeline.tasks.iter().enumerate();
                for (task, of) in tasks.filter(|(_, task)| !task.is_final) {
                    let add = |scope: &mut Self, is_fine: bool, is_declared: bool, param: usize| {
                        let crash = Crash {
                            task,
                            is_declared,
                            param,
                        };
                        scope.crashes.extend((!is_fine).then_some(crash));
                    };
                    for (at, param) in of.params.iter().enumerate() {
                        let is_fine = scope.give_task(param);
                        add(&mut scope, is_fine, false, at);
                    }
                    let in_place = of.task_spec.iter().flat_map(|task| task.params);
                    for (at, spec) in in_place.enumerate() {
                        let is_fine = scope.declare(spec);
                        add(&mut scope, is_fine, true, at);
                    }
                }
            }
            _ => pipeline.params.iter().for_each(|spec| {
                scope.declare(spec);
            }),
        }
        Some(scope)
    }

    /// What a parameter of that name is.
    pub(crate) fn get(&self, name: &str) -> Option<&Kind<'a>> {
        self.known.get(name).map(|known| &known.kind)
    }

    /// Every name.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.names.iter().copied()
    }

    fn insert(&mut self, name: &'a str, known: Known<'a>) {
        if self.known.insert(name, known).is_none() {
            self.names.push(name);
        }
    }

    /// Adds a declaration; false if upstream breaks down on it.
    fn declare(&mut self, spec: &'a ParamSpec) -> bool {
        let keys = || spec.properties.keys().map(String::as_str).collect();
        let is_object =
            matches!(&spec.default, Some(ParamValue::Object(texts)) if !texts.is_empty());
        let Some(known) = self.known.get_mut(spec.name.as_str()) else {
            let kind = match type_of(spec) {
                "array" => Kind::Array,
                "object" => Kind::Object(keys()),
                _ => Kind::Text,
            };
            let known = Known {
                kind,
                value: spec
                    .default
                    .as_ref()
                    .map(|value| matches!(value, ParamValue::Object(_))),
                has_properties: !spec.properties.is_empty(),
            };
            self.insert(&spec.name, known);
            return true;
        };
        if is_object && known.value.is_none() {
            return false;
        }
        if is_object {
            known.value = Some(true);
        }
        if let Kind::Object(known_keys) = &mut known.kind
            && !spec.properties.is_empty()
        {
            *known_keys = keys();
            known.has_properties = true;
        }
        true
    }

    fn give(&mut self, param: &'a Param) {
        let is_object = matches!(param.value, ParamValue::Object(_));
        let known = Known {
            kind: kind_of(&param.value),
            value: Some(is_object),
            has_properties: is_object,
        };
        self.insert(&param.name, known);
    }

    /// Adds what a task is given; false if upstream breaks down on it.
    fn give_task(&mut self, param: &'a Param) -> bool {
        let Some(known) = self.known.get_mut(param.name.as_str()) else {
            self.give(param);
            return true;
        };
        let ParamValue::Object(texts) = &param.value else {
            return true;
        };
        if texts.is_empty() {
            return true;
        }
        if let Kind::Object(keys) = &mut known.kind {
            keys.extend(texts.keys().map(String::as_str));
        }
        known.value == Some(true) && known.has_properties
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
pub(crate) fn type_of(spec: &ParamSpec) -> &str {
    match (&spec.type_, &spec.default) {
        (Some(written), _) if !written.is_empty() => written,
        _ if !spec.properties.is_empty() => "object",
        (_, Some(ParamValue::Array(_))) => "array",
        (_, Some(ParamValue::Object(_))) => "object",
        _ => "string",
    }
}
