//! References between objects: what each refers to, what exists, and where.
//!
//! [`References`] is made once for each object, for all rules; [`Universe`] once for all objects. Both are linear. A namespace
//! that nobody says, neither the object nor a kustomization nor an Application, is every namespace: such a file is applied with
//! one that is not known here.

mod application;
mod fields;
mod files;
mod keys;
mod makers;
mod namespaces;
mod placement;
mod pods;
mod target;
mod universe;
mod walk;

use luban_diagnostic::{Finding, Severity, did_you_mean};
use luban_yaml::Cursor;

pub(crate) use application::Application;
pub(crate) use namespaces::said as said_namespace;
pub(crate) use placement::Placement;
pub(crate) use pods::Pods;
pub(crate) use target::{Target, group_of};
pub(crate) use universe::{Called, How, Maker, Universe};
pub(crate) use walk::{Reference, is_known};

use crate::objects::{Entry, Objects};
use crate::options::Options;
use crate::sink::Sink;

/// What an object refers to.
pub(crate) struct References<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) universe: &'a Universe,
    pub(crate) entry: &'a Entry,
    pub(crate) position: usize,
    pub(crate) options: &'a Options,
    /// In the order of the document's kinds of fields.
    pub(crate) list: Vec<Resolved<'a>>,
}

/// A reference and where it leads.
pub(crate) struct Resolved<'a> {
    pub(crate) reference: Reference<'a>,
    /// For each namespace that the object ends up in, what makes it there; [`Resolved::missing`] has those without.
    pub(crate) found: Vec<(&'a str, Vec<&'a Maker>)>,
    /// The first namespace in which nothing makes it.
    pub(crate) missing: Option<&'a str>,
}

impl<'a> References<'a> {
    pub(crate) fn new(objects: &'a Objects, position: usize, options: &'a Options) -> Option<Self> {
        let entry = objects.entries().get(position)?;
        let universe = objects.universe();
        let placement = universe.placement(position)?;
        let mut list = Vec::new();
        let mut add = |position: usize, entry: &'a Entry| {
            let placement = universe.placement(position).unwrap_or(placement);
            for reference in references(objects, position, entry) {
                list.push(resolved(universe, placement, entry, reference));
            }
        };
        add(position, entry);
        // Objects inside it are checked with it.
        for (inner, entry) in objects.inside(position) {
            add(inner, entry);
        }
        list.sort_by_key(|resolved| resolved.reference.node.start());
        Some(Self {
            objects,
            universe,
            entry,
            position,
            options,
            list,
        })
    }

    /// References to objects of a kind.
    pub(crate) fn to(&self, target: Target) -> impl Iterator<Item = &Resolved<'a>> {
        let list = self.list.iter();
        list.filter(move |resolved| resolved.reference.target == target)
    }

    /// Says of each object of these kinds that does not exist that it does not, once.
    pub(crate) fn say_missing(&self, targets: &[Target], sink: &mut Sink<'_>) {
        let mut said: Vec<(Target, &str, &str)> = Vec::new();
        for resolved in &self.list {
            let reference = &resolved.reference;
            let Some(namespace) = resolved.missing else {
                continue;
            };
            let cause = (reference.target, namespace, reference.name);
            if !targets.contains(&reference.target) || said.contains(&cause) {
                continue;
            }
            if let Some(finding) = self.missing(reference, namespace, sink) {
                said.push(cause);
                sink.push(finding);
            }
        }
    }

    /// Says of each key of a Secret or ConfigMap that it does not have it.
    pub(crate) fn say_missing_keys(&self, target: Target, sink: &mut Sink<'_>) {
        let mut said: Vec<(&str, &str)> = Vec::new();
        for resolved in self
            .to(target)
            .filter(|resolved| !resolved.reference.is_optional)
        {
            let reference = &resolved.reference;
            for part in &reference.parts {
                let Some(key) = part.text().filter(|key| is_known(key)) else {
                    continue;
                };
                if said.contains(&(reference.name, key)) {
                    continue;
                }
                if let Some(finding) = resolved
                    .found
                    .iter()
                    .find_map(|(_, makers)| self.missing_key(reference, makers, *part, key, sink))
                {
                    said.push((reference.name, key));
                    sink.push(finding);
                }
            }
        }
    }

    /// Objects of one name together have their keys: a patch adds to what it is laid over.
    fn missing_key(
        &self,
        reference: &Reference<'a>,
        makers: &[&Maker],
        part: Cursor<'a>,
        key: &str,
        sink: &Sink<'_>,
    ) -> Option<Finding> {
        let keys: Option<Vec<_>> = makers
            .iter()
            .map(|maker| maker.keys(self.objects))
            .collect();
        let keys = keys?.concat();
        let maker = makers.first()?;
        if keys.contains(&key) {
            return None;
        }
        let near = did_you_mean(key, keys.iter().copied());
        let near = near.map_or_else(
            || {
                format!(
                    ": it has `{}`",
                    keys.iter()
                        .take(8)
                        .copied()
                        .collect::<Vec<_>>()
                        .join("`, `")
                )
            },
            |near| format!(" (did you mean `{near}`?)"),
        );
        let message = format!(
            "{} `{}` has no key `{key}`{near}",
            reference.target.kind(),
            reference.name
        );
        let entry = maker.entry(self.objects)?;
        let place = match maker.how {
            How::Generated { list, item, .. } => entry
                .document
                .locate(&entry.path.key(list).index(item).key("name")),
            _ => named_at(entry),
        };
        let finding = sink.finding(message).at(Some(part.place()));
        Some(finding.related(format!("made by this {}", entry.name.kind), place))
    }

    fn missing(
        &self,
        reference: &Reference<'a>,
        namespace: &str,
        sink: &Sink<'_>,
    ) -> Option<Finding> {
        let Reference { target, name, .. } = *reference;
        let near = self.universe.nearest(target, namespace, name);
        if near.is_none() && target.is_of_clusters() && !self.options.is_closed {
            return None;
        }
        let near_text = near.map_or_else(String::new, |(near, _)| {
            format!(" (did you mean `{near}`?)")
        });
        let place = if target.is_namespaced() && !namespace.is_empty() {
            format!(" in namespace `{namespace}`")
        } else {
            String::new()
        };
        let message = format!("{} `{name}` is not found{place}{near_text}", target.kind());
        let mut finding = sink.missing(message).at(Some(reference.node.place()));
        if target.is_of_clusters() || target.holds_data() {
            // What people and other programs make in a cluster may come later: the object is accepted, and waits.
            finding.severity = Severity::Warning;
        }
        let other = near.and_then(|(_, position)| self.objects.entries().get(position));
        if let Some(other) = other {
            finding = finding.related("one of a similar name", named_at(other));
        } else if let Some(maker) = self
            .universe
            .anywhere(target, name)
            .iter()
            .find(|maker| maker.how != How::Somehow)
            && let Some(entry) = maker.entry(self.objects)
        {
            let namespaces = self.universe.placement(maker.position);
            let namespaces: Vec<&str> = namespaces
                .into_iter()
                .flat_map(|it| it.namespaces.iter().map(|it| &**it))
                .collect();
            let message = format!("there is one in namespace `{}`", namespaces.join("`, `"));
            finding = finding.related(message, named_at(entry));
        }
        Some(finding)
    }
}

/// The place of an object's name.
pub(crate) fn named_at(entry: &Entry) -> Option<luban_diagnostic::Place> {
    entry
        .document
        .locate(&entry.path.key("metadata").key("name"))
}

/// What one entry refers to, without what stands inside it as an object of its own.
fn references<'a>(objects: &'a Objects, position: usize, entry: &'a Entry) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    let Some(node) = entry.document.cursor(&entry.path) else {
        return found;
    };
    let inside: Vec<Cursor<'_>> = objects
        .inside(position)
        .filter_map(|(_, inner)| entry.document.cursor(&inner.path))
        .collect();
    // Data, definitions and policies about objects, whose words are no references.
    let group = group_of(&entry.name.api_version);
    let kind = entry.name.kind.as_str();
    let is_left_out = matches!(
        group,
        "apiextensions.k8s.io"
            | "kustomize.config.k8s.io"
            | "kyverno.io"
            | "templates.gatekeeper.sh"
            | "constraints.gatekeeper.sh"
            | "admissionregistration.k8s.io"
            | "policy.sigstore.dev"
            | "apiextensions.crossplane.io"
            | "pkg.crossplane.io"
            | "helm.toolkit.fluxcd.io"
            | ""
    ) && !matches!(
        kind,
        "Pod"
            | "PodTemplate"
            | "ReplicationController"
            | "ServiceAccount"
            | "PersistentVolumeClaim"
    );
    if entry.name.kind.is_empty() || kind == "List" || is_left_out {
        return found;
    }
    walk::walk(node, &inside, &mut found);
    fields::fields(entry, node, &mut found);
    found
}

fn resolved<'a>(
    universe: &'a Universe,
    placement: &'a Placement,
    entry: &Entry,
    reference: Reference<'a>,
) -> Resolved<'a> {
    let Reference { target, name, .. } = reference;
    let namespaces: Vec<&'a str> =
        if !target.is_namespaced() || is_of_cluster(entry) && reference.namespace.is_none() {
            vec![""]
        } else {
            match reference.namespace {
                Some(namespace) => vec![namespace],
                None => placement
                    .namespaces
                    .iter()
                    .map(|namespace| &**namespace)
                    .collect(),
            }
        };
    let found: Vec<(&str, Vec<&Maker>)> = namespaces
        .into_iter()
        .map(|namespace| (namespace, universe.find(target, namespace, name).collect()))
        .collect();
    let is_given = reference.is_optional
        || placement.is_partial
        || target.is_built_in(name)
        || universe.may_be_made(name);
    let missing = found
        .iter()
        .find(|(_, makers)| makers.is_empty())
        .map(|(namespace, _)| *namespace);
    Resolved {
        reference,
        found,
        missing: missing.filter(|_| !is_given),
    }
}

/// Whether an object is of a kind of the whole cluster: in which namespace its names are looked for is not its to say.
fn is_of_cluster(entry: &Entry) -> bool {
    let row = entry.object.as_ref().and_then(luban_api::Object::row);
    row.is_some_and(|row| !row.is_namespaced)
}
