//! A task: what it declares, and where it uses what.

use std::borrow::Cow;
use std::ops::Range;

use luban_diagnostic::Place;
use luban_expression::tags::tekton::split;
use luban_expression::{Path, Segment};
use luban_yaml::{Cursor, Scalar};

/// Something that is declared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) name: &'a str,
    /// The item that declares it.
    pub(crate) node: Cursor<'a>,
}

impl Named<'_> {
    /// Where its name stands.
    pub(crate) fn place(&self) -> Place {
        self.node.get("name").unwrap_or(self.node).place()
    }
}

/// A step.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    pub(crate) node: Cursor<'a>,
    /// Its name, or the one that it gets.
    pub(crate) name: Cow<'a, str>,
    /// The results that it declares; none for one that runs a StepAction.
    pub(crate) results: Option<Vec<Named<'a>>>,
}

/// The part of a task that something stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Site {
    Step(usize),
    Sidecar,
    StepTemplate,
    Volume,
    Workspace,
    Result,
    Param,
}

/// A variable, and where it is used.
#[derive(Debug)]
pub(crate) struct Use<'a> {
    pub(crate) path: Path,
    pub(crate) scalar: Scalar<'a>,
    pub(crate) site: Site,
    /// The keys from the site on: `env`, `value`.
    pub(crate) keys: Vec<&'a str>,
}

impl Use<'_> {
    /// The place of a part of it.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        self.scalar.place_of(span)
    }

    /// Its second segment, the name that it uses, where that is a text.
    pub(crate) fn named(&self) -> Option<(&str, &Segment)> {
        let segment = self.path.segments.get(1)?;
        Some((segment.key()?, segment))
    }

    /// Whether the names after the first may be one of `names`: a name with dots needs no brackets.
    pub(crate) fn is_one_of<'n>(&self, mut names: impl Iterator<Item = &'n str>) -> bool {
        let all: Vec<&str> = self
            .path
            .segments
            .iter()
            .skip(1)
            .map_while(Segment::key)
            .collect();
        let joined = all.join(".");
        names.any(|name| {
            let rest = joined.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }
}

/// A task.
#[derive(Debug)]
pub(crate) struct Body<'a> {
    pub(crate) node: Cursor<'a>,
    pub(crate) params: Vec<Named<'a>>,
    pub(crate) results: Vec<Named<'a>>,
    pub(crate) workspaces: Vec<Named<'a>>,
    pub(crate) volumes: Vec<Named<'a>>,
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) uses: Vec<Use<'a>>,
    /// Names that runs and Pipelines around it give it without its declaring them.
    pub(crate) outer_params: Vec<&'a str>,
    pub(crate) outer_workspaces: Vec<&'a str>,
    /// Volumes that the run around it adds to the pod.
    pub(crate) outer_volumes: Vec<&'a str>,
    /// The longest that what is around it lets it take.
    pub(crate) timeout: Option<Cursor<'a>>,
    /// Whether it is an object of its own, which others may use in ways that are not known.
    pub(crate) is_alone: bool,
}

impl<'a> Body<'a> {
    pub(crate) fn new(node: Cursor<'a>) -> Self {
        let mut body = Self {
            node,
            params: named(node, "params"),
            results: named(node, "results"),
            workspaces: named(node, "workspaces"),
            volumes: named(node, "volumes"),
            steps: Vec::new(),
            uses: Vec::new(),
            outer_params: Vec::new(),
            outer_workspaces: Vec::new(),
            outer_volumes: Vec::new(),
            timeout: None,
            is_alone: false,
        };
        for (at, step) in items(node, "steps").enumerate() {
            let name = step.text_at(&["name"]).filter(|name| !name.is_empty());
            body.steps.push(Step {
                node: step,
                name: name.map_or_else(|| Cow::Owned(format!("unnamed-{at}")), Cow::Borrowed),
                results: step.get("ref").is_none().then(|| named(step, "results")),
            });
            uses(step, Site::Step(at), &mut Vec::new(), &mut body.uses);
        }
        for (field, site) in [
            ("sidecars", Site::Sidecar),
            ("stepTemplate", Site::StepTemplate),
            ("volumes", Site::Volume),
            ("workspaces", Site::Workspace),
            ("results", Site::Result),
            ("params", Site::Param),
        ] {
            if let Some(node) = node.get(field) {
                uses(node, site, &mut Vec::new(), &mut body.uses);
            }
        }
        body
    }

    /// The names of parameters that it can use.
    pub(crate) fn param_names(&self) -> impl Iterator<Item = &'a str> {
        let own = self.params.iter().map(|param| param.name);
        own.chain(self.outer_params.iter().copied())
    }

    /// The names of workspaces that it can use.
    pub(crate) fn workspace_names(&self) -> impl Iterator<Item = &'a str> {
        let own = self.workspaces.iter().map(|workspace| workspace.name);
        own.chain(self.outer_workspaces.iter().copied())
    }

    /// Variables whose first name is `root`.
    pub(crate) fn uses_of(&self, root: &str) -> impl Iterator<Item = &Use<'a>> {
        self.uses
            .iter()
            .filter(move |it| it.path.root() == Some(root))
    }

    /// Whether a text stands anywhere in its steps, sidecars and volumes.
    pub(crate) fn mentions(&self, text: &str) -> bool {
        let fields = [
            "steps",
            "sidecars",
            "stepTemplate",
            "volumes",
            "results",
            "workspaces",
        ];
        let mut pending: Vec<Cursor<'_>> = fields
            .iter()
            .filter_map(|field| self.node.get(field))
            .collect();
        while let Some(node) = pending.pop() {
            if node.text().is_some_and(|found| found.contains(text)) {
                return true;
            }
            pending.extend(node.values());
            let values = node
                .entries()
                .filter(|(key, _)| key.text() != "description");
            pending.extend(values.map(|(_, value)| value));
        }
        false
    }
}

/// The items of a list.
pub(crate) fn items<'a>(
    node: Cursor<'a>,
    field: &str,
) -> impl Iterator<Item = Cursor<'a>> + use<'a> {
    node.get(field).into_iter().flat_map(|list| list.values())
}

/// The items of a list that have a name.
pub(crate) fn named<'a>(node: Cursor<'a>, field: &str) -> Vec<Named<'a>> {
    let items = items(node, field);
    items
        .filter_map(|node| {
            Some(Named {
                name: node.text_at(&["name"])?,
                node,
            })
        })
        .collect()
}

fn uses<'a>(node: Cursor<'a>, site: Site, keys: &mut Vec<&'a str>, found: &mut Vec<Use<'a>>) {
    // Documents nest no deeper than their reader allows.
    if let Some(scalar) = node.scalar() {
        if !scalar.text().contains("$(") {
            return;
        }
        for variable in split(scalar.text()).variables() {
            found.push(Use {
                path: variable.path.clone(),
                scalar,
                site,
                keys: keys.clone(),
            });
        }
        return;
    }
    for item in node.values() {
        uses(item, site, keys, found);
    }
    for (key, value) in node.entries() {
        if key.text() != "description" {
            keys.push(key.text());
            uses(value, site, keys, found);
            keys.pop();
        }
    }
}
