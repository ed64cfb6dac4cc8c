//! What rules look at.

use luban_api::Object;
use luban_api_argo_workflows::{DAGTask, Template, WorkflowStep};
use luban_diagnostic::Place;
use luban_yaml::Path;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use super::base::Base;
use super::dag::Dag;
use super::given::Argument;
use super::globals::Globals;
use super::kind::TemplateKind;
use super::mistakes::Mistake;
use super::scope::Scope;
use super::text::{self, Locals};
use super::walk::Walk;
use super::written::Written;
use crate::objects::{Entry, Objects};
use crate::options::Options;
use crate::sink::Foreign;

/// In which object something stands.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// Its place among [`View::bases`].
    pub(crate) base: usize,
    /// For an object that the checked one refers to, the reference.
    pub(crate) reference: Option<Place>,
}

impl Site {
    /// In the checked object itself.
    pub(crate) fn own() -> Self {
        Self {
            base: 0,
            reference: None,
        }
    }
}

/// A template, as it is first come to.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    pub(crate) site: Site,
    pub(crate) template: &'a Template,
    /// Where it stands.
    pub(crate) path: Path,
    /// The kinds that it is of; one, if it is right.
    pub(crate) kinds: Vec<TemplateKind>,
    /// What it is called with then.
    pub(crate) given: Argument<'a>,
    pub(crate) locals: Locals<'a>,
    /// Whether upstream looks inside: it does once for each name, and inline templates have none.
    pub(crate) is_first: bool,
    /// Whether it stands in a step or task.
    pub(crate) is_inline: bool,
    /// Whether a run of the checked object comes to it from its entrypoint or its end.
    pub(crate) is_reached: bool,
    /// Its tasks, if it is a DAG.
    pub(crate) dag: Option<Dag>,
    /// What its outputs can name.
    pub(crate) scope: Option<Scope<'a>>,
}

impl<'a> Visit<'a> {
    /// Its kind, if it has one.
    pub(crate) fn kind(&self) -> Option<TemplateKind> {
        self.kinds.first().copied()
    }

    /// The kind as which upstream looks at its inside: an empty list of steps is lost on the way.
    pub(crate) fn body_kind(&self) -> Option<TemplateKind> {
        let is_lost = self.template.steps.is_empty();
        self.kind()
            .filter(|kind| *kind != TemplateKind::Steps || !is_lost)
    }

    /// Its name in messages.
    pub(crate) fn name(&self) -> &'a str {
        self.template.name.as_deref().unwrap_or("inline")
    }
}

/// Who calls a template.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holder<'a> {
    /// `spec.entrypoint`, or that of the template that the workflow is made of.
    Entrypoint,
    /// `spec.onExit`, or that of the template that the workflow is made of.
    OnExit,
    /// Nobody: each template is looked at by itself too.
    Nobody,
    /// A step; its group and its place there.
    Step(&'a WorkflowStep),
    /// A task.
    Task(&'a DAGTask),
}

/// Why a call leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It names no template at all.
    NoTemplate,
    /// It has both `template` and `templateRef`.
    NameAndReference,
    /// Its `templateRef` lacks this field.
    IncompleteReference(&'static str),
    /// There is no template of this name in the object `base`.
    UnknownTemplate { base: usize, name: String },
    /// There is no object of this kind and name.
    UnknownObject { kind: &'static str, name: String },
}

/// What a call leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// This visit.
    Visit(usize),
    /// It is only known at run time.
    Dynamic,
    Fault(Fault),
}

/// A call of a template.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) site: Site,
    pub(crate) holder: Holder<'a>,
    /// The template that the step or task stands in, among [`View::visits`].
    pub(crate) caller: Option<usize>,
    /// Where the caller stands: the step or task, or the field of the spec.
    pub(crate) path: Path,
    pub(crate) given: Argument<'a>,
    pub(crate) target: Target,
}

/// A variable that is not in scope.
#[derive(Debug)]
pub(crate) struct Unresolved {
    pub(crate) site: Site,
    pub(crate) place: Place,
    /// Its name.
    pub(crate) tag: String,
    /// Whether its braces are not closed.
    pub(crate) is_open: bool,
    /// The name in scope that is nearest.
    pub(crate) meant: Option<String>,
    /// The template, as messages call it.
    pub(crate) template: String,
}

/// A workflow with all that it refers to.
#[derive(Debug)]
pub(crate) struct View<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) entry: &'a Entry,
    pub(crate) options: &'a Options,
    /// The object itself, and those that it refers to.
    pub(crate) bases: Vec<Base<'a>>,
    pub(crate) globals: Globals<'a>,
    pub(crate) visits: Vec<Visit<'a>>,
    pub(crate) calls: Vec<Call<'a>>,
    pub(crate) unresolved: Vec<Unresolved>,
    /// Why the template that the workflow is made of could not be found.
    pub(crate) reference_fault: Option<Fault>,
    /// The place of the template that the workflow is made of among [`View::bases`].
    pub(crate) made_of: Option<usize>,
    pub(super) written: OnceCell<Vec<Written<'a>>>,
    pub(super) mistakes: OnceCell<Vec<Mistake>>,
    /// Calls of the object itself by where they stand.
    pub(super) own_calls: OnceCell<HashMap<Path, usize>>,
}

impl<'a> View<'a> {
    /// The view of an object of Argo Workflows; none of other kinds.
    pub(crate) fn new(objects: &'a Objects, position: usize, options: &'a Options) -> Option<Self> {
        let entry = objects.entries().get(position)?;
        Walk::start(objects, entry, options).map(Walk::finish)
    }

    /// The object itself.
    pub(crate) fn own(&self) -> Option<&Base<'a>> {
        self.bases.first()
    }

    /// The call of a step or task of the object itself.
    pub(crate) fn call_at(&self, path: &Path) -> Option<&Call<'a>> {
        let calls = self.own_calls.get_or_init(|| {
            let calls = self.calls.iter().enumerate();
            calls
                .filter(|(_, call)| {
                    call.site.base == 0 && matches!(call.holder, Holder::Step(_) | Holder::Task(_))
                })
                .map(|(at, call)| (call.path.clone(), at))
                .collect()
        });
        self.calls.get(*calls.get(path)?)
    }

    pub(crate) fn base(&self, site: &Site) -> Option<&Base<'a>> {
        self.bases.get(site.base)
    }

    /// A text of a template as far as it is known.
    pub(crate) fn resolved<'t>(&self, visit: &Visit<'a>, text: &'t str) -> Cow<'t, str> {
        text::resolved(text, &self.globals, &visit.locals)
    }

    /// Whose document a place at `site` is in.
    pub(crate) fn foreign(&self, site: &Site) -> Option<Foreign> {
        let base = self.bases.get(site.base).filter(|_| site.base > 0)?;
        Some(Foreign {
            name: format!("{} `{}`", base.kind.name(), base.entry.object_name()),
            reference: site.reference.clone(),
        })
    }

    /// Visits whose inside upstream looks at, and that have one kind.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = (&Visit<'a>, &Base<'a>)> {
        let visits = self.visits.iter();
        visits
            .filter(|visit| visit.is_first && visit.kinds.len() == 1)
            .filter_map(|visit| Some((visit, self.base(&visit.site)?)))
    }

    /// All visits.
    pub(crate) fn templates(&self) -> impl Iterator<Item = (&Visit<'a>, &Base<'a>)> {
        let visits = self.visits.iter();
        visits.filter_map(|visit| Some((visit, self.base(&visit.site)?)))
    }
}

/// Whether an object is a template, which is looked at by itself.
pub(crate) fn is_template_alone(entry: &Entry) -> bool {
    matches!(
        entry.object,
        Some(Object::WorkflowTemplate(_) | Object::ClusterWorkflowTemplate(_))
    )
}
