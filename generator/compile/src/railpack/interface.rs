//! Names of what Tasks and Pipelines take and give, each declared once: its type, default and description are the same
//! wherever it appears.

pub(super) mod param;
pub(super) mod result;
pub(super) mod workspace;

use luban_api_tekton::{
    ParamSpec, ParamValue, PipelineWorkspaceDeclaration, TaskResult, WorkspaceDeclaration,
};

/// Tasks.
pub(super) mod task {
    pub(crate) const CLONE: &str = "git-clone";
    pub(crate) const PREPARE: &str = "railpack-prepare";
    pub(crate) const BUILD: &str = "railpack-build";
    pub(crate) const COMBINED: &str = "railpack-prepare-build";
    pub(crate) const INDEX: &str = "image-index";
    pub(crate) const SCAN: &str = "image-scan";
    pub(crate) const SBOM: &str = "image-sbom";
    pub(crate) const SIGN: &str = "image-sign";
    pub(crate) const RELEASE: &str = "release";
    pub(crate) const REPORT: &str = "report";
}

/// Where things are in the workspace `output`, relative to it: one place for each, so that no two Tasks disagree.
pub(super) mod output {
    /// The clone.
    pub(crate) const SOURCE: &str = "source";
    /// Plan and build information, outside the clone: inside, they would become part of the image and of its cache.
    pub(crate) const PLAN: &str = "plan";
    /// What the lookup found.
    pub(crate) const FOUND: &str = "found";
}

/// A parameter: its name, what it is without value, and what it is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    default: Default,
    description: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Default {
    /// A text that must be given.
    Required,
    /// A text with this default.
    Text(&'static str),
    /// A list, empty by default.
    List,
    /// A list that must be given.
    RequiredList,
}

impl Param {
    const fn required(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Default::Required, description)
    }

    const fn text(name: &'static str, default: &'static str, description: &'static str) -> Self {
        Self::new(name, Default::Text(default), description)
    }

    const fn list(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Default::List, description)
    }

    const fn new(name: &'static str, default: Default, description: &'static str) -> Self {
        Self {
            name,
            default,
            description,
        }
    }

    /// The reference to it, the whole list if it is one.
    pub(super) fn reference(self) -> String {
        if self.is_list() {
            format!("$(params.{}[*])", self.name)
        } else {
            format!("$(params.{})", self.name)
        }
    }

    pub(super) fn is_list(self) -> bool {
        matches!(self.default, Default::List | Default::RequiredList)
    }

    /// Its declaration.
    pub(super) fn declare(self) -> ParamSpec {
        let (type_, default) = match self.default {
            Default::Required => ("string", None),
            Default::Text(text) => ("string", Some(ParamValue::from(text))),
            Default::List => ("array", Some(ParamValue::Array(Vec::new()))),
            Default::RequiredList => ("array", None),
        };
        ParamSpec {
            name: self.name.to_owned(),
            type_: Some(type_.to_owned()),
            description: Some(self.description.to_owned()),
            default,
            ..ParamSpec::default()
        }
    }

    /// Its declaration, with a default that is known only when the platform is.
    pub(super) fn declare_with(self, default: &str) -> ParamSpec {
        ParamSpec {
            default: Some(ParamValue::from(default)),
            ..self.declare()
        }
    }

    /// A value for it that is the parameter of the same name one level up.
    pub(super) fn passed_on(self) -> luban_api_tekton::Param {
        if self.is_list() {
            luban_api_tekton::Param {
                name: self.name.to_owned(),
                value: ParamValue::Array(vec![self.reference()]),
            }
        } else {
            self.with(self.reference())
        }
    }

    /// A value for it.
    pub(super) fn with(self, value: impl Into<ParamValue>) -> luban_api_tekton::Param {
        luban_api_tekton::Param {
            name: self.name.to_owned(),
            value: value.into(),
        }
    }
}

/// A workspace: its name, where it is mounted if the place matters, whether a run may leave it out, what it is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Workspace {
    pub(super) name: &'static str,
    mount_path: Option<&'static str>,
    is_optional: bool,
    is_read_only: bool,
    description: &'static str,
}

impl Workspace {
    const fn secret(name: &'static str, is_optional: bool, description: &'static str) -> Self {
        Self {
            name,
            mount_path: None,
            is_optional,
            is_read_only: true,
            description,
        }
    }

    /// The reference to its path; empty when a run leaves it out.
    pub(super) fn path(self) -> String {
        format!("$(workspaces.{}.path)", self.name)
    }

    /// A place in it.
    pub(super) fn at(self, path: &str) -> String {
        format!("$(workspaces.{}.path)/{path}", self.name)
    }

    /// Its declaration by a Task.
    pub(super) fn declare(self) -> WorkspaceDeclaration {
        WorkspaceDeclaration {
            name: self.name.to_owned(),
            description: Some(self.description.to_owned()),
            mount_path: self.mount_path.map(str::to_owned),
            read_only: self.is_read_only.then_some(true),
            optional: self.is_optional.then_some(true),
        }
    }

    /// Its declaration by a Pipeline.
    pub(super) fn declare_in_pipeline(self) -> PipelineWorkspaceDeclaration {
        PipelineWorkspaceDeclaration {
            name: self.name.to_owned(),
            description: Some(self.description.to_owned()),
            optional: self.is_optional.then_some(true),
        }
    }
}

/// A result: its name and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Output {
    pub(super) name: &'static str,
    /// What the verb calls it.
    from: &'static str,
    description: &'static str,
}

impl Output {
    /// The value of `--result` that writes it.
    pub(super) fn written(self) -> String {
        format!("{}=$(results.{}.path)", self.from, self.name)
    }

    /// The reference to it in a Pipeline.
    pub(super) fn of(self, task: &str) -> String {
        format!("$(tasks.{task}.results.{})", self.name)
    }

    /// Its declaration.
    pub(super) fn declare(self) -> TaskResult {
        TaskResult {
            name: self.name.to_owned(),
            type_: Some("string".to_owned()),
            description: Some(self.description.to_owned()),
            ..TaskResult::default()
        }
    }
}
