//! The texts of a task of a Pipeline that variables stand in, each with its place.

use luban_api_core::k8s_openapi::api::core::v1::EnvVar;
use luban_api_tekton::{Param, ParamValue};
use luban_yaml::Path;

use super::view::{PipelineTask, TaskInPlace};

/// The list that a parameter stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// `params`.
    Params(usize),
    /// `matrix.params`.
    Matrix(usize),
    /// `matrix.include[].params`.
    Include(usize, usize),
}

impl Given {
    /// Where the parameter is.
    pub(crate) fn path(self, task: &Path) -> Path {
        match self {
            Self::Params(at) => task.key("params").index(at),
            Self::Matrix(at) => task.key("matrix").key("params").index(at),
            Self::Include(include, at) => task
                .key("matrix")
                .key("include")
                .index(include)
                .key("params")
                .index(at),
        }
    }
}

/// Where in a parameter's value a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    Whole,
    Item(usize),
    Property(&'a str),
}

impl Part<'_> {
    pub(crate) fn path(self, value: Path) -> Path {
        match self {
            Self::Whole => value,
            Self::Item(at) => value.index(at),
            Self::Property(key) => value.key(key),
        }
    }
}

/// Where in a task a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At<'a> {
    Param(Given, Part<'a>),
    WhenInput(usize),
    WhenValue(usize, usize),
    WhenCel(usize),
    /// In a step of a Task in place.
    Step(usize, InContainer),
    /// In a sidecar of a Task in place.
    Sidecar(usize, InContainer),
}

/// Where in a step or sidecar a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InContainer {
    Field(&'static str),
    Item(&'static str, usize),
    Env(usize),
    /// A field of what the value of an environment variable comes from.
    EnvFrom(usize, &'static str, &'static str),
}

impl InContainer {
    fn path(self, container: &Path) -> Path {
        let env = |at: usize| container.key("env").index(at);
        match self {
            Self::Field(field) => container.key(field),
            Self::Item(field, at) => container.key(field).index(at),
            Self::Env(at) => env(at).key("value"),
            Self::EnvFrom(at, source, field) => env(at).key("valueFrom").key(source).key(field),
        }
    }
}

impl At<'_> {
    pub(crate) fn path(self, task: &Path) -> Path {
        let when = |at: usize| task.key("when").index(at);
        match self {
            Self::Param(given, part) => part.path(given.path(task).key("value")),
            Self::WhenInput(at) => when(at).key("input"),
            Self::WhenValue(at, value) => when(at).key("values").index(value),
            Self::WhenCel(at) => when(at).key("cel"),
            Self::Step(at, part) => part.path(&task.key("taskSpec").key("steps").index(at)),
            Self::Sidecar(at, part) => part.path(&task.key("taskSpec").key("sidecars").index(at)),
        }
    }
}

/// The texts of a value.
pub(crate) fn parts(value: &ParamValue) -> Vec<(Part<'_>, &str)> {
    match value {
        ParamValue::String(text) => vec![(Part::Whole, text)],
        ParamValue::Array(texts) => {
            let texts = texts.iter().enumerate();
            texts
                .map(|(at, text)| (Part::Item(at), text.as_str()))
                .collect()
        }
        ParamValue::Object(texts) => {
            let texts = texts.iter();
            texts
                .map(|(key, text)| (Part::Property(key), text.as_str()))
                .collect()
        }
    }
}

impl<'a> PipelineTask<'a> {
    /// Its parameters: `params`, then `matrix.params`, then those of `matrix.include`.
    pub(crate) fn given(&self) -> impl Iterator<Item = (Given, &'a Param)> + use<'a> {
        let matrix = self.matrix;
        let params = self.params.iter().enumerate();
        let params = params.map(|(at, param)| (Given::Params(at), param));
        let of_matrix = matrix
            .into_iter()
            .flat_map(|matrix| matrix.params.iter().enumerate());
        let of_matrix = of_matrix.map(|(at, param)| (Given::Matrix(at), param));
        let includes = matrix
            .into_iter()
            .flat_map(|matrix| matrix.include.iter().enumerate());
        let of_include = includes.flat_map(|(include, params)| {
            let params = params.params.iter().enumerate();
            params.map(move |(at, param)| (Given::Include(include, at), param))
        });
        params.chain(of_matrix).chain(of_include)
    }

    /// The texts of its parameters, those of the matrix too.
    pub(crate) fn param_texts(&self) -> impl Iterator<Item = (At<'a>, &'a str)> + use<'a> {
        self.given().flat_map(|(given, param)| {
            let parts = parts(&param.value).into_iter();
            parts.map(move |(part, text)| (At::Param(given, part), text))
        })
    }

    /// The texts of its conditions.
    pub(crate) fn when_texts(&self) -> impl Iterator<Item = (At<'a>, &'a str)> + use<'a> {
        self.when.iter().enumerate().flat_map(|(at, when)| {
            let input = when.input.as_deref().map(|text| (At::WhenInput(at), text));
            let cel = when.cel.as_deref().map(|text| (At::WhenCel(at), text));
            let values = when.values.iter().enumerate();
            let values = values.map(move |(value, text)| (At::WhenValue(at, value), text.as_str()));
            input.into_iter().chain(cel).chain(values)
        })
    }

    /// The texts of its parameters and conditions.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (At<'a>, &'a str)> + use<'a> {
        self.param_texts().chain(self.when_texts())
    }
}

/// The texts of the steps and sidecars of a Task in place in which upstream looks for results.
pub(super) fn container_texts<'a>(task: &TaskInPlace<'a>) -> Vec<(At<'a>, &'a str)> {
    let mut texts = Vec::new();
    macro_rules! add {
        ($containers:expr, $at:path) => {
            for (at, container) in $containers.iter().enumerate() {
                let mut add = |part, text: &'a str| texts.push(($at(at, part), text));
                let fields = [
                    ("name", &container.name),
                    ("image", &container.image),
                    ("imagePullPolicy", &container.image_pull_policy),
                    ("script", &container.script),
                    ("workingDir", &container.working_dir),
                ];
                for (field, text) in fields {
                    text.iter()
                        .for_each(|text| add(InContainer::Field(field), text));
                }
                lists(
                    [&container.command, &container.args],
                    &container.env,
                    &mut add,
                );
            }
        };
    }
    add!(task.steps, At::Step);
    add!(task.sidecars, At::Sidecar);
    texts
}

fn lists<'a>(
    [command, args]: [&'a [String]; 2],
    env: &'a [EnvVar],
    add: &mut impl FnMut(InContainer, &'a str),
) {
    for (field, list) in [("command", command), ("args", args)] {
        for (at, text) in list.iter().enumerate() {
            add(InContainer::Item(field, at), text);
        }
    }
    for (at, variable) in env.iter().enumerate() {
        if let Some(value) = &variable.value {
            add(InContainer::Env(at), value);
        }
        let Some(from) = &variable.value_from else {
            continue;
        };
        if let Some(secret) = &from.secret_key_ref {
            add(InContainer::EnvFrom(at, "secretKeyRef", "key"), &secret.key);
            add(
                InContainer::EnvFrom(at, "secretKeyRef", "name"),
                &secret.name,
            );
        }
        if let Some(map) = &from.config_map_key_ref {
            add(InContainer::EnvFrom(at, "configMapKeyRef", "key"), &map.key);
            add(
                InContainer::EnvFrom(at, "configMapKeyRef", "name"),
                &map.name,
            );
        }
    }
}
