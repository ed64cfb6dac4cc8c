//! From the start of a workflow to everything that it reaches, in upstream's order.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet, VecDeque};

use luban_api::Object;
use luban_api_argo_workflows::{Template, TemplateRef};
use luban_yaml::Path;

use super::base::{Base, BaseKind};
use super::given::Argument;
use super::globals::Globals;
use super::kind::TemplateKind;
use super::scope::{Called, Extra, Scope};
use super::tags::tags;
use super::text::{self, Locals};
use super::view::{Call, Fault, Holder, Site, Target, View, Visit};
use crate::objects::{Entry, Objects};
use crate::options::{As, Options};

const ARGO: &str = "argoproj.io/v1alpha1";

/// How deep calls are followed at once; deeper ones wait, so that no stack overflows.
const DEPTH: usize = 64;

pub(super) struct Walk<'a> {
    pub(super) view: View<'a>,
    /// Objects that are referred to, by their position in the set.
    bases: HashMap<usize, usize>,
    /// Templates that were visited, by object and name.
    visited: HashMap<(usize, &'a str), usize>,
    /// Places of variables that are not in scope: what several templates share is said once.
    pub(super) said: HashSet<(usize, u32)>,
    /// Templates of other objects that were come to, by name.
    stored: HashMap<&'a str, usize>,
    depth: usize,
    /// Visits whose insides wait.
    pub(super) later: VecDeque<usize>,
    /// Whether a run of the object comes to what is visited.
    pub(super) is_reaching: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn start(
        objects: &'a Objects,
        entry: &'a Entry,
        options: &'a Options,
    ) -> Option<Self> {
        let own = Base::new(entry, BaseKind::Workflow)?;
        let mut walk = Self {
            view: View {
                objects,
                entry,
                options,
                bases: vec![own],
                globals: Globals::default(),
                visits: Vec::new(),
                calls: Vec::new(),
                unresolved: Vec::new(),
                reference_fault: None,
                made_of: None,
                written: OnceCell::new(),
                mistakes: OnceCell::new(),
                own_calls: OnceCell::new(),
            },
            bases: HashMap::new(),
            visited: HashMap::new(),
            said: HashSet::new(),
            stored: HashMap::new(),
            depth: 0,
            later: VecDeque::new(),
            is_reaching: true,
        };
        walk.workflow();
        Some(walk)
    }

    pub(super) fn finish(self) -> View<'a> {
        self.view
    }
    pub(super) fn call(
        &mut self,
        (site, caller): (&Site, Option<usize>),
        holder: Holder<'a>,
        path: Path,
        given: Argument<'a>,
        target: Target,
    ) {
        self.view.calls.push(Call {
            site: site.clone(),
            caller,
            holder,
            path,
            given,
            target,
        });
    }

    /// The object that a reference names.
    pub(super) fn object(&mut self, name: &str, is_of_cluster: bool) -> Result<usize, Fault> {
        let kind = if is_of_cluster {
            BaseKind::ClusterWorkflowTemplate
        } else {
            BaseKind::WorkflowTemplate
        };
        let namespace = if is_of_cluster {
            ""
        } else {
            self.view.entry.namespace()
        };
        let objects = self.view.objects;
        let unknown = || Fault::UnknownObject {
            kind: kind.name(),
            name: name.to_owned(),
        };
        let position = objects
            .position(ARGO, kind.name(), namespace, name)
            .ok_or_else(unknown)?;
        if let Some(known) = self.bases.get(&position) {
            return Ok(*known);
        }
        let entry = objects.entries().get(position).ok_or_else(unknown)?;
        let base = Base::new(entry, kind).ok_or_else(unknown)?;
        self.view.bases.push(base);
        let known = self.view.bases.len() - 1;
        self.bases.insert(position, known);
        Ok(known)
    }

    /// What a name leads to in an object.
    pub(super) fn named(&mut self, site: &Site, name: &str, given: &Argument<'a>) -> Target {
        // A name in another object with a variable is only known at run time.
        if site.base > 0 && tags(name).any(|tag| !tag.is_expression()) {
            return Target::Dynamic;
        }
        let Some(base) = self.view.bases.get(site.base) else {
            return Target::Dynamic;
        };
        match base.template(name) {
            Some((template, path)) => self.visit(site.clone(), template, path, given, None),
            // Upstream keeps templates of other objects with the workflow and finds them by their bare names from then on.
            None if site.base == 0 && self.stored.contains_key(name) => self
                .stored
                .get(name)
                .map_or(Target::Dynamic, |visit| Target::Visit(*visit)),
            None => Target::Fault(Fault::UnknownTemplate {
                base: site.base,
                name: name.to_owned(),
            }),
        }
    }

    /// What a step or task leads to (`validateTemplateHolder`).
    pub(super) fn held(
        &mut self,
        site: &Site,
        locals: &Locals<'a>,
        path: &Path,
        (name, reference, inline): (
            Option<&'a str>,
            Option<&'a TemplateRef>,
            Option<&'a Template>,
        ),
    ) -> Target {
        let resolve = |walk: &Self, text: &'a str| {
            text::resolved(text, &walk.view.globals, locals).into_owned()
        };
        let name = name.filter(|name| !name.is_empty());
        let given = Argument::Anything;
        if let Some(reference) = reference {
            if name.is_some() {
                return Target::Fault(Fault::NameAndReference);
            }
            let field =
                |value: &'a Option<String>| value.as_deref().filter(|value| !value.is_empty());
            let Some(object) = field(&reference.name) else {
                return Target::Fault(Fault::IncompleteReference("name"));
            };
            let Some(template) = field(&reference.template) else {
                return Target::Fault(Fault::IncompleteReference("template"));
            };
            let (object, template) = (resolve(self, object), resolve(self, template));
            if object.contains("{{") || template.contains("{{") {
                return Target::Dynamic;
            }
            if inline.is_none() {
                let base = match self.object(&object, reference.cluster_scope == Some(true)) {
                    Ok(base) => base,
                    Err(_)
                        if text::has_placeholder(&template) || has_expression(&reference.name) =>
                    {
                        return Target::Dynamic;
                    }
                    Err(fault) => return Target::Fault(fault),
                };
                if text::has_placeholder(&template) {
                    return Target::Dynamic;
                }
                let own = || {
                    self.view
                        .bases
                        .get(site.base)?
                        .value(&path.key("templateRef").key("template"))
                };
                let site = Site {
                    base,
                    reference: site.reference.clone().or_else(own),
                };
                return self.named(&site, &template, &given);
            }
        } else if let Some(name) = name {
            let name = resolve(self, name);
            if inline.is_none() {
                return self.named(site, &name, &given);
            }
            let base = self.view.bases.get(site.base);
            if base.is_some_and(|base| base.template(&name).is_none()) {
                return Target::Fault(Fault::UnknownTemplate {
                    base: site.base,
                    name,
                });
            }
        }
        match inline {
            Some(template) => self.visit(
                site.clone(),
                template,
                path.key("inline"),
                &given,
                Some(locals),
            ),
            None => Target::Fault(Fault::NoTemplate),
        }
    }

    /// A template, whose inside is looked at if it is new (`validateTemplate`).
    fn visit(
        &mut self,
        site: Site,
        template: &'a Template,
        path: Path,
        given: &Argument<'a>,
        outer: Option<&Locals<'a>>,
    ) -> Target {
        let key = (site.base, template.name.as_deref().unwrap_or_default());
        let known = self.visited.get(&key).copied();
        if let (Some(known), None) = (known, outer) {
            return Target::Visit(known);
        }
        let Some(base) = self.view.bases.get(site.base) else {
            return Target::Dynamic;
        };
        let kinds = TemplateKind::of(template, base.document(), &path);
        let mut locals = Locals::new(template, kinds.first().copied(), given);
        if let Some(outer) = outer {
            locals = locals.inside(outer);
        }
        let visit = self.view.visits.len();
        if let Some(name) = template.name.as_deref().filter(|_| site.base > 0) {
            self.stored.entry(name).or_insert(visit);
        }
        self.view.visits.push(Visit {
            site,
            template,
            path,
            kinds,
            given: given.clone(),
            locals,
            is_first: known.is_none(),
            is_inline: outer.is_some(),
            is_reached: self.is_reaching,
            dag: None,
            scope: None,
        });
        if known.is_none() {
            self.visited.insert(key, visit);
            if self.depth >= DEPTH {
                self.later.push_back(visit);
            } else {
                self.depth += 1;
                self.body(visit);
                self.depth -= 1;
            }
        }
        Target::Visit(visit)
    }

    /// What is known of the outputs of what a call leads to.
    pub(super) fn called(&self, target: &Target) -> Called<'a> {
        match target {
            Target::Visit(visit) => match self.view.visits.get(*visit) {
                Some(visit) if visit.kinds.len() == 1 => {
                    Called::Template(visit.template, visit.kind())
                }
                _ => Called::Unknown,
            },
            Target::Dynamic => Called::Dynamic,
            Target::Fault(_) => Called::Unknown,
        }
    }

    /// The inside of a template.
    pub(super) fn body(&mut self, at: usize) {
        let Some(visit) = self.view.visits.get_mut(at) else {
            return;
        };
        if visit.kinds.len() != 1 {
            return;
        }
        let kind = visit.body_kind();
        let is_inline = visit.is_inline;
        let (template, path, site) = (visit.template, visit.path.clone(), visit.site.clone());
        let locals = std::mem::take(&mut visit.locals);
        let given = visit.given.clone();
        let scope = Scope::new(template, kind, &self.view.globals);
        let mut inside = Inside {
            visit: at,
            site,
            name: template.name.as_deref().unwrap_or("inline"),
            path,
            locals,
            scope,
        };
        match kind {
            Some(TemplateKind::Steps) => self.steps(template, &mut inside),
            Some(TemplateKind::Dag) => {
                let dag = self.dag(template, &mut inside);
                if let Some(visit) = self.view.visits.get_mut(at) {
                    visit.dag = dag;
                }
            }
            _ => self.leaf(template, &given, &inside, is_inline),
        }
        if kind.is_some_and(|kind| matches!(kind, TemplateKind::Steps | TemplateKind::Dag)) {
            self.scan(&inside, &inside.path.key("outputs"), &Extra::default());
        }
        if let Some(visit) = self.view.visits.get_mut(at) {
            visit.locals = inside.locals;
            visit.scope = Some(inside.scope);
        }
    }
}

/// Whether arguments of a workflow may lack values.
pub(crate) fn may_lack_values(options: &Options, entry: &Entry) -> bool {
    match entry.object {
        // Upstream validates what a CronWorkflow makes without options.
        Some(Object::CronWorkflow(_)) => false,
        Some(Object::WorkflowTemplate(_) | Object::ClusterWorkflowTemplate(_)) => {
            options.judged_as != As::Submit
        }
        _ => options.judged_as == As::Lint,
    }
}

/// A template while its inside is looked at.
pub(super) struct Inside<'a> {
    /// Its place among the visits.
    pub(super) visit: usize,
    pub(super) site: Site,
    pub(super) name: &'a str,
    pub(super) path: Path,
    pub(super) locals: Locals<'a>,
    pub(super) scope: Scope<'a>,
}

fn has_expression(text: &Option<String>) -> bool {
    text.as_deref()
        .is_some_and(|text| tags(text).any(|tag| tag.is_expression()))
}
