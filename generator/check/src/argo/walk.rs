//! From the start of a workflow to everything that it reaches, in upstream's order.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

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
    /// Templates of other objects that were come to, by name.
    stored: HashMap<&'a str, usize>,
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
            stored: HashMap::new(),
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
            self.call((&here, None), Holder::Entrypoint, path, given, target);
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
            self.call((&here, None), Holder::OnExit, path, given, target);
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
            self.call(
                (&here, None),
                Holder::Nobody,
                path,
                Argument::Anything,
                target,
            );
        }
        while let Some(visit) = self.later.pop_front() {
            self.body(visit);
        }
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

    /// The whole of a template that calls none: upstream looks at it with the inputs that it is called with.
    fn leaf(
        &mut self,
        template: &'a Template,
        given: &Argument<'a>,
        inside: &Inside<'a>,
        is_inline: bool,
    ) {
        let extra = Extra::default();
        if !self.has_tags(inside.site.base) && !self.has_tags(0) {
            return;
        }
        // Upstream puts labels and annotations of all pods into each template that has a name.
        let base = self.view.bases.get(inside.site.base);
        if let Some(base) = base.filter(|base| !is_inline && base.spec.pod_metadata.is_some()) {
            let path = base.path.key("podMetadata");
            for field in ["labels", "annotations"] {
                self.scan(inside, &path.key(field), &extra);
            }
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
            if given.parameter(&parameter.name).is_some() {
                self.scan_argument(inside, "parameters", &parameter.name, &extra);
            }
        }
        for (index, artifact) in artifacts.iter().enumerate() {
            let path = inputs.key("artifacts").index(index);
            let is_given =
                matches!(given, Argument::Anything) || given.artifact(&artifact.name).is_some();
            if given.artifact(&artifact.name).is_some() {
                self.scan_argument(inside, "artifacts", &artifact.name, &extra);
            }
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

    /// An argument of the workflow that is put into the inputs of the template that it starts with.
    fn scan_argument(&mut self, inside: &Inside<'a>, group: &str, name: &str, extra: &Extra<'a>) {
        let bases = [Some(0), self.view.made_of];
        for at in bases.into_iter().flatten() {
            let Some(base) = self.view.bases.get(at) else {
                continue;
            };
            let Some(arguments) = &base.spec.arguments else {
                continue;
            };
            let (index, fields): (_, &[&str]) = if group == "parameters" {
                let mut parameters = arguments.parameters.iter();
                (
                    parameters.position(|known| known.name == name),
                    &["value", "valueFrom"],
                )
            } else {
                let mut artifacts = arguments.artifacts.iter();
                (artifacts.position(|known| known.name == name), &[])
            };
            let Some(index) = index else {
                continue;
            };
            let path = base.path.key("arguments").key(group).index(index);
            let document = base.document();
            let site = Site {
                base: at,
                reference: inside.site.reference.clone(),
            };
            let keys = document.keys(&path);
            let paths: Vec<Path> = keys
                .filter(|key| {
                    fields.is_empty() && !matches!(*key, "path" | "mode") || fields.contains(key)
                })
                .map(|key| path.key(key))
                .collect();
            for path in paths {
                for scalar in document.scalars(&path) {
                    if scalar.text().contains("{{") {
                        self.scan_text(inside, &site, scalar, extra);
                    }
                }
            }
            // What the workflow gives itself counts before what its template does.
            return;
        }
    }

    fn has_tags(&self, base: usize) -> bool {
        let base = self.view.bases.get(base);
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
        let Some(base) = self.view.bases.get(inside.site.base) else {
            return;
        };
        // What the decoder drops is not looked at.
        let (document, dropped) = (base.document(), Arc::clone(&base.unknown_fields));
        for scalar in document.scalars(path).without_keys_at(dropped) {
            if scalar.text().contains("{{") {
                self.scan_text(inside, &inside.site, scalar, extra);
            }
        }
    }

    fn scan_text(
        &mut self,
        inside: &Inside<'a>,
        site: &Site,
        scalar: Scalar<'a>,
        extra: &Extra<'a>,
    ) {
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
                site: site.clone(),
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
    /// Its place among the visits.
    pub(super) visit: usize,
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

fn has_expression(text: &Option<String>) -> bool {
    text.as_deref()
        .is_some_and(|text| tags(text).any(|tag| tag.is_expression()))
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
