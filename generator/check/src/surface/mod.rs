//! What an attacker finds in an object: its pods with their containers, programs and images, whatever kind makes them.
//!
//! Made once for each object, of the document itself and not of its type: rules ask the same of a Deployment, a template of a
//! workflow and a Task, and of objects that others make later.

mod command;
mod image;
mod kinds;
mod program;
mod tekton;
mod word;
mod workflow;

use std::cell::OnceCell;

use luban_diagnostic::Place;
use luban_yaml::Value;

use crate::objects::{Entry, Objects};

pub(crate) use command::{Command, commands, is_name};
pub(crate) use image::Image;
pub(crate) use program::{Language, Program, programs};
pub(crate) use tekton::{TaskSpec, task_specs, tasks_of};
pub(crate) use word::{has_variable, is_word_of, words};
pub(crate) use workflow::{Template, spec_of, templates};

/// One object among all, as an attacker sees it.
pub(crate) struct Surface<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) entry: &'a Entry,
    /// The object in its document.
    pub(crate) root: Value<'a>,
    pub(crate) pods: Vec<Pod<'a>>,
    programs: OnceCell<Vec<Program<'a>>>,
}

/// Who makes a pod, as far as it matters for what a pod may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    /// A kind of Kubernetes' own, or one that has a pod's template in it.
    Kubernetes,
    Workflows,
    Tekton,
    Events,
    /// A pod's settings without containers.
    Settings,
}

/// A pod that an object makes.
#[derive(Debug)]
pub(crate) struct Pod<'a> {
    pub(crate) maker: Maker,
    /// The mappings that hold its fields, the one that counts first.
    pub(crate) levels: Vec<Value<'a>>,
    pub(crate) containers: Vec<Container<'a>>,
    pub(crate) volumes: Vec<Value<'a>>,
}

/// What a container is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Main,
    Init,
    Sidecar,
}

/// A container of a pod.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Container<'a> {
    pub(crate) role: Role,
    pub(crate) value: Value<'a>,
    /// What stands for fields that it lacks: Tekton's `stepTemplate`.
    pub(crate) template: Option<Value<'a>>,
}

impl<'a> Surface<'a> {
    /// None for an object that stands nowhere.
    pub(crate) fn new(objects: &'a Objects, entry: &'a Entry) -> Option<Self> {
        let root = entry.document.value(&entry.path)?;
        Some(Self {
            objects,
            entry,
            root,
            pods: kinds::pods(entry, root),
            programs: OnceCell::new(),
        })
    }

    /// The containers of all its pods.
    pub(crate) fn containers(&self) -> impl Iterator<Item = Container<'a>> + '_ {
        self.pods
            .iter()
            .flat_map(|pod| pod.containers.iter().copied())
    }

    /// The programs of all its containers.
    pub(crate) fn programs(&self) -> &[Program<'a>] {
        self.programs
            .get_or_init(|| self.containers().flat_map(programs).collect())
    }

    pub(crate) fn kind(&self) -> &'a str {
        &self.entry.name.kind
    }

    /// Whether its `apiVersion` is of that group.
    pub(crate) fn is_of(&self, group: &str) -> bool {
        group_of(self.entry) == group
    }

    /// Images that it names, of its containers and others.
    pub(crate) fn images(&self) -> Vec<Image<'a>> {
        image::images(self)
    }
}

/// The group of an object's `apiVersion`; empty for the core.
pub(crate) fn group_of(entry: &Entry) -> &str {
    let version = entry.name.api_version.as_str();
    version.rsplit_once('/').map_or("", |(group, _)| group)
}

impl<'a> Pod<'a> {
    /// A field of it, from the first level that has it.
    pub(crate) fn field(&self, key: &str) -> Option<Value<'a>> {
        self.levels.iter().find_map(|level| level.get(key))
    }

    /// The place to speak of it as a whole.
    pub(crate) fn place(&self) -> Option<Place> {
        self.levels.first().map(Value::head)
    }
}

impl<'a> Container<'a> {
    /// A field of it, or of what stands for it.
    pub(crate) fn field(&self, key: &str) -> Option<Value<'a>> {
        let template = || self.template.and_then(|template| template.get(key));
        self.value.get(key).or_else(template)
    }

    /// A field of its security context.
    pub(crate) fn security(&self, keys: &[&str]) -> Option<Value<'a>> {
        let of = |value: Value<'a>| value.get("securityContext")?.at(keys);
        of(self.value).or_else(|| self.template.and_then(of))
    }

    pub(crate) fn name(&self) -> &'a str {
        self.value.text_of("name").unwrap_or("main")
    }

    /// Its variables of the environment.
    pub(crate) fn env(&self) -> impl Iterator<Item = Value<'a>> + use<'a> {
        let template = self.template.into_iter().flat_map(|it| it.items_of("env"));
        self.value.items_of("env").chain(template)
    }

    /// Its command and arguments.
    pub(crate) fn words(&self) -> Vec<Value<'a>> {
        let command = self.field("command").into_iter();
        let args = self.field("args").into_iter();
        command.chain(args).flat_map(|list| list.items()).collect()
    }
}
