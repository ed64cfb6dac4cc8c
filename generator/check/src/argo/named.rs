//! Lists whose items have names, with what names may be.

use std::borrow::Cow;

use luban_api_argo_workflows::{Arguments, Artifact, Parameter};
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
    /// Where the item stands.
    pub(crate) path: Path,
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
    /// What an item is called.
    pub(crate) of: &'static str,
    pub(crate) grammar: Grammar,
    pub(crate) is_unique: bool,
    pub(crate) items: Vec<Named<'v>>,
}

impl<'v> NamedList<'v> {
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
    let here = Site {
        base: 0,
        reference: None,
    };
    let templates = own
        .spec
        .templates
        .iter()
        .enumerate()
        .map(|(index, template)| Named {
            name: Cow::Borrowed(template.name.as_deref().unwrap_or_default()),
            path: own.template_path(index),
        });
    lists.push(NamedList {
        site: here.clone(),
        of: "template",
        grammar: Grammar::Field,
        is_unique: true,
        items: templates.collect(),
    });
    // Merged with those of a template, arguments of one name become one.
    let is_unique = view.made_of.is_none();
    arguments(
        &mut lists,
        &here,
        own.spec.arguments.as_ref(),
        &own.path,
        is_unique,
    );
    for (visit, _) in view.templates() {
        if let Some(inputs) = &visit.template.inputs {
            let path = visit.path.key("inputs");
            lists.push(parameters(&visit.site, &inputs.parameters, &path, true));
            lists.push(artifacts(&visit.site, &inputs.artifacts, &path, true));
        }
        let containers =
            visit
                .template
                .init_containers
                .iter()
                .enumerate()
                .map(|(index, container)| Named {
                    name: Cow::Borrowed(container.name.as_str()),
                    path: visit.path.key("initContainers").index(index),
                });
        lists.push(NamedList {
            site: visit.site.clone(),
            of: "container",
            grammar: Grammar::Any,
            is_unique: false,
            items: containers.collect(),
        });
    }
    for (visit, _) in view.bodies() {
        let text = |text: &'v str| resolved(text, &view.globals, &visit.locals);
        let list = |of, items| NamedList {
            site: visit.site.clone(),
            of,
            grammar: Grammar::Field,
            is_unique: true,
            items,
        };
        let mut steps = Vec::new();
        for (group, members) in visit.template.steps.iter().enumerate() {
            for (index, step) in members.0.iter().enumerate() {
                steps.push(Named {
                    name: text(step.name.as_deref().unwrap_or_default()),
                    path: visit.path.key("steps").index(group).index(index),
                });
            }
        }
        lists.push(list("step", steps));
        if let Some(dag) = &visit.template.dag {
            let tasks = dag.tasks.iter().enumerate().map(|(index, task)| Named {
                name: text(&task.name),
                path: visit.path.key("dag").key("tasks").index(index),
            });
            lists.push(list("task", tasks.collect()));
        }
        if let Some(set) = &visit.template.container_set {
            let containers = set
                .containers
                .iter()
                .enumerate()
                .map(|(index, container)| Named {
                    name: text(&container.name),
                    path: visit
                        .path
                        .key("containerSet")
                        .key("containers")
                        .index(index),
                });
            lists.push(list("container", containers.collect()));
        }
        if let Some(outputs) = &visit.template.outputs {
            let path = visit.path.key("outputs");
            for mut list in [
                parameters(&visit.site, &outputs.parameters, &path, true),
                artifacts(&visit.site, &outputs.artifacts, &path, true),
            ] {
                list.resolve(view, visit);
                lists.push(list);
            }
        }
    }
    for call in &view.calls {
        let given = match call.holder {
            Holder::Step(step) => step.arguments.as_ref(),
            Holder::Task(task) => task.arguments.as_ref(),
            _ => None,
        };
        let known = lists.len();
        arguments(&mut lists, &call.site, given, &call.path, true);
        if let Some(caller) = call.caller.and_then(|caller| view.visits.get(caller)) {
            for list in lists.iter_mut().skip(known) {
                list.resolve(view, caller);
            }
        }
    }
    lists.retain(|list| !list.items.is_empty());
    lists
}

fn arguments<'v>(
    lists: &mut Vec<NamedList<'v>>,
    site: &Site,
    given: Option<&'v Arguments>,
    path: &Path,
    is_unique: bool,
) {
    if let Some(given) = given {
        let path = path.key("arguments");
        lists.push(parameters(site, &given.parameters, &path, is_unique));
        lists.push(artifacts(site, &given.artifacts, &path, is_unique));
    }
}

fn parameters<'v>(
    site: &Site,
    list: &'v [Parameter],
    path: &Path,
    is_unique: bool,
) -> NamedList<'v> {
    let items = list.iter().enumerate().map(|(index, parameter)| Named {
        name: Cow::Borrowed(parameter.name.as_str()),
        path: path.key("parameters").index(index),
    });
    NamedList {
        site: site.clone(),
        of: "parameter",
        grammar: Grammar::Parameter,
        is_unique,
        items: items.collect(),
    }
}

fn artifacts<'v>(site: &Site, list: &'v [Artifact], path: &Path, is_unique: bool) -> NamedList<'v> {
    let items = list.iter().enumerate().map(|(index, artifact)| Named {
        name: Cow::Borrowed(artifact.name.as_str()),
        path: path.key("artifacts").index(index),
    });
    NamedList {
        site: site.clone(),
        of: "artifact",
        grammar: Grammar::Parameter,
        is_unique,
        items: items.collect(),
    }
}
