//! Lists whose items have names, with what names may be.

use std::borrow::Cow;

use luban_api_argo_workflows::Arguments;
use luban_yaml::Path;

use super::text::{resolved, with_placeholders_as_x};
use super::view::{Holder, Site, View, Visit};

/// What a name may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// Of templates, steps, tasks and containers: `[a-zA-Z0-9][-a-zA-Z0-9]*`, at most 128 bytes.
    Field,
    /// Of parameters and artifacts: `[-a-zA-Z0-9_]+`.
    Parameter,
    /// Anything.
    Any,
}

impl Grammar {
    /// Why a name is not right.
    pub(crate) fn fault(self, name: &str) -> Option<&'static str> {
        let is = |name: &str, more: &str| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter))
        };
        match self {
            Self::Field if name.len() > 128 => Some("at most 128 characters"),
            Self::Field if !is(name, "-") || name.starts_with('-') => {
                Some("letters, digits and `-`, a letter or digit first")
            }
            Self::Parameter if !is(name, "-_") => Some("letters, digits, `-` and `_`"),
            _ => None,
        }
    }
}

/// An item with a name.
#[derive(Debug)]
pub(crate) struct Named<'v> {
    /// As it is written, with what is known put in.
    pub(crate) name: Cow<'v, str>,
    /// Its place in the list, and in the list there for steps.
    at: (usize, Option<usize>),
}

impl Named<'_> {
    /// The name to judge by its letters.
    pub(crate) fn judged(&self) -> Cow<'_, str> {
        with_placeholders_as_x(&self.name)
    }
}

/// A list whose items have names.
#[derive(Debug)]
pub(crate) struct NamedList<'v> {
    pub(crate) site: Site,
    /// What the list belongs to, and the way from there.
    root: &'v Path,
    fields: &'static [&'static str],
    /// What an item is called.
    pub(crate) of: &'static str,
    pub(crate) grammar: Grammar,
    pub(crate) is_unique: bool,
    pub(crate) items: Vec<Named<'v>>,
}

impl<'v> NamedList<'v> {
    /// Where an item stands.
    pub(crate) fn path(&self, item: &Named<'_>) -> Path {
        let (first, second) = item.at;
        let list = self
            .fields
            .iter()
            .fold(self.root.clone(), |path, field| path.key(field));
        let path = list.index(first);
        second.map_or(path.clone(), |second| path.index(second))
    }

    /// Puts what is known into names, as upstream does before it looks at them.
    fn resolve(&mut self, view: &'v View<'_>, visit: &'v Visit<'_>) {
        for item in &mut self.items {
            if let Cow::Borrowed(name) = item.name {
                item.name = resolved(name, &view.globals, &visit.locals);
            }
        }
    }
}

/// Every list of a workflow whose names upstream checks.
pub(crate) fn named_lists<'v>(view: &'v View<'_>) -> Vec<NamedList<'v>> {
    let mut lists = Vec::new();
    let Some(own) = view.own() else {
        return lists;
    };
    let templates = own.spec.templates.iter();
    let templates = templates.map(|template| template.name.as_deref().unwrap_or_default());
    let of = Belongs {
        site: &Site::own(),
        root: &own.path,
    };
    lists.push(of.list("template", &["templates"], Grammar::Field, templates));
    // Merged with those of a template, arguments of one name become one.
    let is_unique = view.made_of.is_none();
    of.arguments(&mut lists, own.spec.arguments.as_ref());
    for list in lists.iter_mut().skip(1) {
        list.is_unique = is_unique;
    }
    for (visit, _) in view.templates() {
        let of = Belongs {
            site: &visit.site,
            root: &visit.path,
        };
        if let Some(inputs) = &visit.template.inputs {
            let names = inputs.parameters.iter().map(|input| input.name.as_str());
            lists.push(of.list(
                "parameter",
                &["inputs", "parameters"],
                Grammar::Parameter,
                names,
            ));
            let names = inputs.artifacts.iter().map(|input| input.name.as_str());
            lists.push(of.list(
                "artifact",
                &["inputs", "artifacts"],
                Grammar::Parameter,
                names,
            ));
        }
        let names = visit
            .template
            .init_containers
            .iter()
            .map(|container| container.name.as_str());
        lists.push(NamedList {
            is_unique: false,
            ..of.list("container", &["initContainers"], Grammar::Any, names)
        });
    }
    for (visit, _) in view.bodies() {
        let of = Belongs {
            site: &visit.site,
            root: &visit.path,
        };
        let known = lists.len();
        let mut steps = of.list("step", &["steps"], Grammar::Field, std::iter::empty());
        for (group, members) in visit.template.steps.iter().enumerate() {
            steps
                .items
                .extend(members.0.iter().enumerate().map(|(index, step)| Named {
                    name: Cow::Borrowed(step.name.as_deref().unwrap_or_default()),
                    at: (group, Some(index)),
                }));
        }
        lists.push(steps);
        if let Some(dag) = &visit.template.dag {
            let names = dag.tasks.iter().map(|task| task.name.as_str());
            lists.push(of.list("task", &["dag", "tasks"], Grammar::Field, names));
        }
        if let Some(set) = &visit.template.container_set {
            let names = set
                .containers
                .iter()
                .map(|container| container.name.as_str());
            lists.push(of.list(
                "container",
                &["containerSet", "containers"],
                Grammar::Field,
                names,
            ));
        }
        if let Some(outputs) = &visit.template.outputs {
            let names = outputs.parameters.iter().map(|output| output.name.as_str());
            lists.push(of.list(
                "parameter",
                &["outputs", "parameters"],
                Grammar::Parameter,
                names,
            ));
            let names = outputs.artifacts.iter().map(|output| output.name.as_str());
            lists.push(of.list(
                "artifact",
                &["outputs", "artifacts"],
                Grammar::Parameter,
                names,
            ));
        }
        for list in lists.iter_mut().skip(known) {
            list.resolve(view, visit);
        }
    }
    for call in &view.calls {
        let given = match call.holder {
            Holder::Step(step) => step.arguments.as_ref(),
            Holder::Task(task) => task.arguments.as_ref(),
            _ => None,
        };
        let of = Belongs {
            site: &call.site,
            root: &call.path,
        };
        let known = lists.len();
        of.arguments(&mut lists, given);
        if let Some(caller) = call.caller.and_then(|caller| view.visits.get(caller)) {
            for list in lists.iter_mut().skip(known) {
                list.resolve(view, caller);
            }
        }
    }
    lists.retain(|list| !list.items.is_empty());
    lists
}

/// What lists belong to.
struct Belongs<'s, 'v> {
    site: &'s Site,
    root: &'v Path,
}

impl<'v> Belongs<'_, 'v> {
    fn list(
        &self,
        of: &'static str,
        fields: &'static [&'static str],
        grammar: Grammar,
        names: impl Iterator<Item = &'v str>,
    ) -> NamedList<'v> {
        let items = names.enumerate().map(|(index, name)| Named {
            name: Cow::Borrowed(name),
            at: (index, None),
        });
        NamedList {
            site: self.site.clone(),
            root: self.root,
            fields,
            of,
            grammar,
            is_unique: true,
            items: items.collect(),
        }
    }

    fn arguments(&self, lists: &mut Vec<NamedList<'v>>, given: Option<&'v Arguments>) {
        let Some(given) = given else { return };
        let names = given
            .parameters
            .iter()
            .map(|parameter| parameter.name.as_str());
        lists.push(self.list(
            "parameter",
            &["arguments", "parameters"],
            Grammar::Parameter,
            names,
        ));
        let names = given
            .artifacts
            .iter()
            .map(|artifact| artifact.name.as_str());
        lists.push(self.list(
            "artifact",
            &["arguments", "artifacts"],
            Grammar::Parameter,
            names,
        ));
    }
}
