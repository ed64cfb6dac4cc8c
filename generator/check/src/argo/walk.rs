//! From the start of a workflow to everything that it reaches, in upstream's order.

use std::collections::{HashMap, VecDeque};

use luban_api::Object;
use luban_api_argo_workflows::{Inputs, Template, TemplateRef};
use luban_diagnostic::{Place, did_you_mean};
use luban_yaml::{Path, Scalar};

use super::base::{Base, BaseKind};
use super::given::Argument;
use super::globals::Globals;
use super::kind::TemplateKind;
use super::scope::{Called, Extra, Scope};
use super::tags::{tags, trimmed};
use super::text::{self, Locals, Value};
use super::view::{Call, Fault, Holder, Site, Target, Unresolved, View, Visit, is_template_alone};
use crate::objects::{Entry, Objects};
use crate::options::{As, Options};

const ARGO: &str = "argoproj.io/v1alpha1";

/// How deep calls are followed at once; deeper ones wait, so that no stack overflows.
const DEPTH: usize = 64;

/// How often a value with variables is put into another.
const PASSES: usize = 3;

pub(super) struct Walk<'a> {
    pub(super) view: View<'a>,
    /// Objects that are referred to, by their position in the set.
    bases: HashMap<usize, usize>,
    /// Templates that were visited, by object and name.
    visited: HashMap<(usize, &'a str), usize>,
    depth: usize,
    /// Visits whose insides wait.
    later: VecDeque<usize>,
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
            },
            bases: HashMap::new(),
            visited: HashMap::new(),
            depth: 0,
            later: VecDeque::new(),
        };
        walk.workflow();
        Some(walk)
    }

    pub(super) fn finish(self) -> View<'a> {
        self.view
    }

    /// `validate.Workflow`.
    fn workflow(&mut self) {
        let Some(own) = self.view.own() else { return };
        let (spec, path) = (own.spec, own.path.clone());
        let alone = is_template_alone(self.view.entry);
        let mut made_of = None;
        if let Some(reference) = &spec.workflow_template_ref {
            let name = reference.name.as_deref().unwrap_or_default();
            match self.object(name, reference.cluster_scope == Some(true)) {
                Ok(base) => made_of = Some(base),
                Err(fault) => {
                    self.view.reference_fault = Some(fault);
                    return;
                }
            }
        }
        self.view.made_of = made_of;
        let theirs = made_of
            .and_then(|base| self.view.bases.get(base))
            .map(|base| base.spec);

        // What the workflow gives counts before what its template does.
        let mut given = Argument::of(spec.arguments.as_ref());
        if let Argument::These {
            parameters,
            artifacts,
        } = &mut given
            && let Some(arguments) = theirs.and_then(|spec| spec.arguments.as_ref())
        {
            let own: std::collections::HashSet<&str> = parameters
                .iter()
                .map(|parameter| parameter.name.as_str())
                .collect();
            parameters.extend(
                arguments
                    .parameters
                    .iter()
                    .filter(|parameter| !own.contains(parameter.name.as_str())),
            );
            let own: std::collections::HashSet<&str> = artifacts
                .iter()
                .map(|artifact| artifact.name.as_str())
                .collect();
            artifacts.extend(
                arguments
                    .artifacts
                    .iter()
                    .filter(|artifact| !own.contains(artifact.name.as_str())),
            );
        }
        let globals = &mut self.view.globals;
        if let Argument::These { parameters, .. } = &given {
            globals.set_parameters(parameters.clone());
        }
        globals.add_metadata(self.view.entry);
        globals.add_workflow_metadata(spec.workflow_metadata.as_ref());
        globals.add_defaults(self.view.options.workflow_defaults.as_deref());
        globals.add_workflow_metadata(theirs.and_then(|spec| spec.workflow_metadata.as_ref()));
        globals.has_priority = spec.priority.is_some();

        let base = made_of.unwrap_or(0);
        let reference = made_of.and_then(|_| {
            let own = self.view.own()?;
            own.value(&path.key("workflowTemplateRef").key("name"))
        });
        let site = Site { base, reference };
        let of = |field: &str, own: Option<&'a str>, theirs: Option<&'a str>| {
            let own = own.filter(|name| !name.is_empty());
            let is_own = own.is_some() || made_of.is_none();
            let path = if is_own {
                path.key(field)
            } else {
                path.key("workflowTemplateRef").key("name")
            };
            (own.or(theirs.filter(|name| !name.is_empty())), path)
        };
        let entrypoint = of(
            "entrypoint",
            spec.entrypoint.as_deref(),
            theirs.and_then(|spec| spec.entrypoint.as_deref()),
        );
        let here = Site {
            base: 0,
            reference: None,
        };
        if let (Some(name), path) = entrypoint {
            let given = if alone { Argument::Anything } else { given };
            let target = self.named(&site, name, &given);
            self.call(&here, Holder::Entrypoint, path, given, target);
        }
        let exit = of(
            "onExit",
            spec.on_exit.as_deref(),
            theirs.and_then(|spec| spec.on_exit.as_deref()),
        );
        if let (Some(name), path) = exit {
            self.view.globals.has_failures = true;
            let mut templates = spec
                .templates
                .iter()
                .chain(theirs.into_iter().flat_map(|spec| &spec.templates));
            self.view.globals.has_any_artifact |= templates.any(|template| {
                let outputs = template
                    .outputs
                    .iter()
                    .flat_map(|outputs| &outputs.artifacts);
                outputs
                    .filter_map(|artifact| artifact.global_name.as_deref())
                    .any(super::is_parameter)
            });
            let given = Argument::of(spec.arguments.as_ref());
            let target = self.named(&site, name, &given);
            self.call(&here, Holder::OnExit, path, given, target);
        }
        let Some(all) = self.view.bases.get(base).map(|base| base.spec) else {
            return;
        };
        for (index, template) in all.templates.iter().enumerate() {
            let Some(name) = template.name.as_deref().filter(|name| !name.is_empty()) else {
                continue;
            };
            let Some(path) = self
                .view
                .bases
                .get(base)
                .map(|base| base.template_path(index))
            else {
                continue;
            };
            // The first of a name is looked at for all.
            let target = self.named(&site, name, &Argument::Anything);
            self.call(&here, Holder::Nobody, path, Argument::Anything, target);
        }
        while let Some(visit) = self.later.pop_front() {
            self.body(visit);
        }
    }

    pub(super) fn call(
        &mut self,
        site: &Site,
        holder: Holder<'a>,
        path: Path,
        given: Argument<'a>,
        target: Target,
    ) {
        self.view.calls.push(Call {
            site: site.clone(),
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
        let Some(base) = self.view.bases.get(site.base) else {
            return Target::Dynamic;
        };
        match base.template(name) {
            Some((template, path)) => self.visit(site.clone(), template, path, given, false),
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
                    Err(_) if text::has_placeholder(&template) => return Target::Dynamic,
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
            Some(template) => self.visit(site.clone(), template, path.key("inline"), &given, true),
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
        is_inline: bool,
    ) -> Target {
        let key = (site.base, template.name.as_deref().unwrap_or_default());
        let known = self.visited.get(&key).copied();
        if let (Some(known), false) = (known, is_inline) {
            return Target::Visit(known);
        }
        let Some(base) = self.view.bases.get(site.base) else {
            return Target::Dynamic;
        };
        let kinds = TemplateKind::of(template, base.document(), &path);
        let locals = Locals::new(template, kinds.first().copied(), given);
        let visit = self.view.visits.len();
        self.view.visits.push(Visit {
            site,
            template,
            path,
            kinds,
            given: given.clone(),
            locals,
            is_first: known.is_none(),
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
    fn body(&mut self, at: usize) {
        let Some(visit) = self.view.visits.get_mut(at) else {
            return;
        };
        if visit.kinds.len() != 1 {
            return;
        }
        let kind = visit.kind();
        let (template, path, site) = (visit.template, visit.path.clone(), visit.site.clone());
        let locals = std::mem::take(&mut visit.locals);
        let given = visit.given.clone();
        let scope = Scope::new(template, kind, &self.view.globals);
        let mut inside = Inside {
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
            _ => self.leaf(template, &given, &inside),
        }
        if kind.is_some_and(|kind| matches!(kind, TemplateKind::Steps | TemplateKind::Dag)) {
            self.scan(&inside, &inside.path.key("outputs"), &Extra::default());
        }
        if let Some(visit) = self.view.visits.get_mut(at) {
            visit.locals = inside.locals;
            visit.scope = Some(inside.scope);
        }
    }

    /// The whole of a template that calls none: upstream looks at it with the inputs that it is called with.
    fn leaf(&mut self, template: &'a Template, given: &Argument<'a>, inside: &Inside<'a>) {
        let extra = Extra::default();
        if !self.has_tags(inside) {
            return;
        }
        self.scan_fields(inside, &inside.path, &["inputs"], &extra);
        let Inputs {
            parameters,
            artifacts,
        } = match &template.inputs {
            Some(inputs) => inputs,
            None => return,
        };
        let inputs = inside.path.key("inputs");
        for (index, parameter) in parameters.iter().enumerate() {
            let is_given =
                matches!(given, Argument::Anything) || given.parameter(&parameter.name).is_some();
            let replaced: &[&str] = if is_given {
                &["value", "valueFrom"]
            } else {
                &[]
            };
            self.scan_fields(
                inside,
                &inputs.key("parameters").index(index),
                replaced,
                &extra,
            );
        }
        for (index, artifact) in artifacts.iter().enumerate() {
            let path = inputs.key("artifacts").index(index);
            let is_given =
                matches!(given, Argument::Anything) || given.artifact(&artifact.name).is_some();
            if is_given {
                self.scan(inside, &path.key("path"), &extra);
            } else {
                self.scan(inside, &path, &extra);
            }
        }
    }

    /// Whether a variable stands in some text at `path`.
    pub(super) fn has_tags_below(&self, inside: &Inside<'a>, path: &Path) -> bool {
        let base = self.view.bases.get(inside.site.base);
        base.is_some_and(|base| {
            let mut scalars = base.document().scalars(path);
            scalars.any(|scalar| scalar.text().contains("{{"))
        })
    }

    fn has_tags(&self, inside: &Inside<'a>) -> bool {
        let base = self.view.bases.get(inside.site.base);
        base.is_some_and(|base| base.document().source().contains("{{"))
    }

    fn scan_fields(
        &mut self,
        inside: &Inside<'a>,
        path: &Path,
        except: &[&str],
        extra: &Extra<'a>,
    ) {
        let Some(document) = self.view.bases.get(inside.site.base).map(Base::document) else {
            return;
        };
        for key in document.keys(path).filter(|key| !except.contains(key)) {
            self.scan(inside, &path.key(key), extra);
        }
    }

    /// Looks for variables that are not in scope in every text at `path` (`resolveAllVariables`).
    pub(super) fn scan(&mut self, inside: &Inside<'a>, path: &Path, extra: &Extra<'a>) {
        let Some(document) = self.view.bases.get(inside.site.base).map(Base::document) else {
            return;
        };
        for scalar in document.scalars(path) {
            if scalar.text().contains("{{") {
                self.scan_text(inside, scalar, extra);
            }
        }
    }

    fn scan_text(&mut self, inside: &Inside<'a>, scalar: Scalar<'a>, extra: &Extra<'a>) {
        let mut found: Vec<(Place, String, bool)> = Vec::new();
        let reader = Reader {
            globals: &self.view.globals,
            locals: &inside.locals,
            scope: &inside.scope,
            extra,
            is_template_alone: is_template_alone(self.view.entry),
        };
        reader.read(scalar.text(), 0, &mut |range, tag, is_open| {
            found.push((scalar.place_of(range), tag.to_owned(), is_open));
        });
        for (place, tag, is_open) in found {
            let names = inside.scope.names(extra, &self.view.globals);
            let meant = did_you_mean(&tag, names.iter().map(String::as_str)).map(str::to_owned);
            self.view.unresolved.push(Unresolved {
                site: inside.site.clone(),
                place,
                tag,
                is_open,
                meant,
                template: inside.name.to_owned(),
            });
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
    pub(super) site: Site,
    pub(super) name: &'a str,
    pub(super) path: Path,
    pub(super) locals: Locals<'a>,
    pub(super) scope: Scope<'a>,
}

/// Reads texts for variables that are not in scope.
struct Reader<'r, 'a> {
    globals: &'r Globals<'a>,
    locals: &'r Locals<'a>,
    scope: &'r Scope<'a>,
    extra: &'r Extra<'a>,
    is_template_alone: bool,
}

impl Reader<'_, '_> {
    fn read(
        &self,
        text: &str,
        pass: usize,
        found: &mut dyn FnMut(std::ops::Range<usize>, &str, bool),
    ) {
        let mut end = 0;
        for tag in tags(text) {
            if tag.range.start < end || tag.is_expression() {
                continue;
            }
            if tag.is_open {
                // Upstream reads on to braces of the JSON; what begins like a variable is never one then.
                let word = tag
                    .inner
                    .find(|letter: char| letter.is_whitespace() || "}\"'".contains(letter));
                let word = tag
                    .inner
                    .get(..word.unwrap_or(tag.inner.len()))
                    .unwrap_or_default();
                if !self.allows(&format!("{word}\"")) {
                    found(
                        tag.range.start..tag.range.start + 2 + word.len(),
                        word,
                        true,
                    );
                }
                continue;
            }
            let name = trimmed(tag.inner);
            if let Some(value) = text::value(name, self.globals, self.locals) {
                if let Value::Text(value) = value
                    && value.contains("{{")
                    && pass < PASSES
                {
                    self.read(value, pass + 1, &mut |_, tag_inside, is_open| {
                        found(tag.range.clone(), tag_inside, is_open);
                    });
                }
                continue;
            }
            if tag.inner.rfind("{{").is_some_and(|at| at > 0) && pass < PASSES {
                let whole =
                    tag.range.start..closing(text, tag.range.start).unwrap_or(tag.range.end);
                let written = text.get(whole.clone()).unwrap_or_default();
                let resolved = text::resolved(written, self.globals, self.locals);
                if resolved != written {
                    end = whole.end;
                    self.read(&resolved, pass + 1, &mut |_, _, is_open| {
                        let inner = written
                            .get(2..written.len().saturating_sub(2))
                            .unwrap_or_default();
                        found(whole.clone(), inner, is_open);
                    });
                    continue;
                }
            }
            if !self.allows(name) {
                found(tag.range.clone(), name, false);
            }
        }
    }

    fn allows(&self, name: &str) -> bool {
        self.scope
            .allows(name, self.extra, self.globals, self.is_template_alone)
    }
}

/// The end of the braces that open at `start`, those inside them counted.
fn closing(text: &str, start: usize) -> Option<usize> {
    let mut open = 0_usize;
    let mut at = start;
    loop {
        let rest = text.get(at..)?;
        let next = rest.find("{{").into_iter().chain(rest.find("}}")).min()?;
        let is_opening = rest.get(next..)?.starts_with("{{");
        at += next + 2;
        if is_opening {
            open += 1;
        } else {
            open = open.saturating_sub(1);
            if open == 0 {
                return Some(at);
            }
        }
    }
}
