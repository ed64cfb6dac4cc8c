//! Applying patches to the resources that they mean.

use std::collections::HashSet;
use std::sync::Arc;

use luban_api_kustomize as api;
use luban_yaml::Path;

use super::Fault;
use super::build::Builds;
use super::folders::Kustomization;
use super::images;
use super::patches::{Form, Operation, Text, operations};
use super::pointer;
use super::resource::{Gvk, Origin, Set};
use super::selector::{Selector, has_labels};

impl<'f, 'a> Builds<'f, 'a> {
    /// Applies one patch; `entry` is its item in `patches` or `patchesJson6902`, at `at`.
    pub(super) fn patch(
        &mut self,
        of: &'f Kustomization<'a>,
        set: &mut Set,
        form: Form<'_>,
        entry: Option<&api::Patch>,
        at: &Path,
    ) {
        let target = entry.and_then(|entry| entry.target.as_ref());
        match form {
            // It may change any content, and names as well.
            Form::Unknown => {
                set.is_open |= target.is_some();
                let selector = target.map(Selector::new);
                for resource in &mut set.list {
                    if selector
                        .as_ref()
                        .is_none_or(|selector| selector.selects(resource))
                    {
                        resource.is_changed = true;
                        set.has_unknown_images = true;
                    }
                }
            }
            Form::Neither(why, place) => self.push(Fault::new("patch-form", why, place)),
            Form::Merge(texts) => match target {
                Some(target) => self.merge_selected(of, set, &texts, target, entry, at),
                None => texts.iter().for_each(|text| self.merge(of, set, text, at)),
            },
            Form::Json(text) => self.json(of, set, &text, target, at),
        }
    }

    /// A strategic merge patch that names its resource itself.
    fn merge(&mut self, of: &Kustomization<'_>, set: &mut Set, text: &Text<'_>, at: &Path) {
        let document = text.document();
        let root = Path::root();
        let field = |path: Path| document.text_at(&path).unwrap_or_default();
        let (api_version, kind) = (field(root.key("apiVersion")), field(root.key("kind")));
        let (name, namespace) = (
            field(root.key("metadata").key("name")),
            field(root.key("metadata").key("namespace")),
        );
        if kind.ends_with("List") || super::path::is_filled_in_later(name) {
            return;
        }
        let gvk = Gvk::new(api_version, kind);
        let matching: Vec<usize> = {
            let all = set.list.iter().enumerate();
            all.filter(|(_, resource)| resource.is_called(&gvk, name, namespace))
                .map(|(at, _)| at)
                .collect()
        };
        match &matching[..] {
            [] if set.is_open => {}
            [] => {
                let place = text.place(&root.key("metadata").key("name"));
                let message = format!(
                    "the patch changes {kind} `{name}`, and the kustomization has none{}",
                    nearest(set, &gvk, name, namespace)
                );
                let fault = Fault::new("patch-target", message, place);
                self.push(fault.related("it is applied here", of.entry.document.locate(at)));
            }
            [one] => self.merged(set, *one, text),
            [..] => {
                let place = text.place(&root.key("metadata").key("name"));
                let message = format!(
                    "several resources are or were {kind} `{name}`: a `target` says which is meant"
                );
                let mut fault = Fault::new("patch-target", message, place);
                for position in &matching {
                    let origin = set
                        .list
                        .get(*position)
                        .and_then(|resource| self.origin(resource));
                    fault = fault.related("one of them", origin);
                }
                self.push(fault);
            }
        }
    }

    /// A strategic merge patch with a target.
    fn merge_selected(
        &mut self,
        of: &Kustomization<'_>,
        set: &mut Set,
        texts: &[Text<'_>],
        target: &api::Selector,
        entry: Option<&api::Patch>,
        at: &Path,
    ) {
        let [text] = texts else {
            let message = format!(
                "{} patches in one entry cannot have a `target`",
                texts.len()
            );
            self.push(Fault::new(
                "patch-form",
                message,
                of.entry.document.locate_key(&at.key("target")),
            ));
            return;
        };
        let positions = self.selected(of, set, target, at);
        let options = entry.and_then(|entry| entry.options.as_ref());
        let renames = options.is_some_and(|options| options.allow_name_change == Some(true));
        let changes_kind = options.is_some_and(|options| options.allow_kind_change == Some(true));
        let root = Path::root();
        let new: Option<Arc<str>> = text
            .document()
            .text_at(&root.key("metadata").key("name"))
            .filter(|_| renames)
            .map(Arc::from);
        for position in positions.into_iter().rev() {
            if let Some(resource) = set.list.get_mut(position) {
                if let Some(new) = &new {
                    resource.remember();
                    resource.current.name = Arc::clone(new);
                }
                set.is_open |= changes_kind;
            }
            self.merged(set, position, text);
        }
        set.renamed();
    }

    /// A strategic merge patch has changed a resource.
    fn merged(&mut self, set: &mut Set, position: usize, text: &Text<'_>) {
        let document = text.document();
        let root = Path::root();
        if document.text_at(&root.key("$patch")) == Some("delete") {
            if position < set.list.len() {
                set.list.remove(position);
                set.renamed();
            }
            return;
        }
        let Some(resource) = set.list.get_mut(position) else {
            return;
        };
        resource.is_changed = true;
        let added = images::of_document(document, &root, &resource.gvk.kind);
        if !added.is_empty() {
            Arc::make_mut(&mut resource.images).extend(added);
        }
        if let Origin::Entry(position) = resource.origin {
            self.patched.insert(position);
        }
    }

    /// The resources of a target; that there are none is told, for such a patch does nothing.
    fn selected(
        &mut self,
        of: &Kustomization<'_>,
        set: &Set,
        target: &api::Selector,
        at: &Path,
    ) -> Vec<usize> {
        let selector = Selector::new(target);
        let all = set.list.iter().enumerate();
        let positions: Vec<usize> = all
            .filter(|(_, resource)| selector.selects(resource))
            .map(|(at, _)| at)
            .collect();
        let is_unknown = set.is_open || has_placeholder(target);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (kind, name) = (text(&target.kind), text(&target.name));
        let shown = match (kind.as_str(), name.as_str()) {
            ("", "") => "nothing".to_owned(),
            ("", name) => format!("no resource called `{name}`"),
            (kind, "") => format!("no {kind}"),
            (kind, name) => format!("no {kind} `{name}`"),
        };
        let near = if positions.is_empty() && !is_unknown {
            similar(set, &name)
        } else {
            String::new()
        };
        let document = &of.entry.document;
        let field = if name.is_empty() { "kind" } else { "name" };
        let place = document.locate(&at.key("target").key(field));
        let message = format!("the kustomization has {shown}{near}: the patch changes nothing");
        self.silent(
            Fault::new("patch-matches-nothing", message, place),
            is_unknown || !positions.is_empty(),
        );
        positions
    }

    fn json(
        &mut self,
        of: &Kustomization<'_>,
        set: &mut Set,
        text: &Text<'_>,
        target: Option<&api::Selector>,
        at: &Path,
    ) {
        let document = &of.entry.document;
        let (operations, faults) = operations(text);
        for (message, place) in faults {
            self.push(
                Fault::new("patch-form", message, place)
                    .related("it is applied here", document.locate(at)),
            );
        }
        let Some(target) = target else {
            let message =
                "a JSON 6902 patch needs a `target`: it does not say itself what it changes";
            self.push(Fault::new("patch-form", message, document.locate_head(at)));
            return;
        };
        // A target with labels may mean fewer.
        let is_sure = !has_labels(target);
        for position in self.selected(of, set, target, at) {
            let Some(resource) = set.list.get(position) else {
                continue;
            };
            let position_of_entry = match resource.origin {
                Origin::Entry(position) if is_sure && !resource.is_changed => Some(position),
                _ => None,
            };
            let has_metadata_added = resource.has_metadata_added;
            if let Some(position) = position_of_entry {
                self.operations(text, &operations, position, has_metadata_added);
            }
            let Some(resource) = set.list.get_mut(position) else {
                continue;
            };
            resource.is_changed = true;
            if let Origin::Entry(position) = resource.origin {
                self.patched.insert(position);
            }
            for operation in &operations {
                let steps: Vec<&str> = operation.steps.iter().map(String::as_str).collect();
                let value = operation.text.as_deref();
                match (&steps[..], value) {
                    (["metadata", "name"], Some(value)) if is_sure => {
                        resource.remember();
                        resource.current.name = Arc::from(value);
                    }
                    (["metadata", "namespace"], Some(value)) if is_sure => {
                        resource.remember();
                        resource.current.namespace = Arc::from(value);
                    }
                    (["kind"], Some(value)) if is_sure => {
                        resource.become_kind(|gvk| value.clone_into(&mut gvk.kind))
                    }
                    (["apiVersion"], Some(value)) if is_sure => {
                        resource.become_kind(|gvk| *gvk = Gvk::new(value, &gvk.kind))
                    }
                    (["kind" | "apiVersion"] | ["metadata", "name" | "namespace"], _) => {
                        set.is_open = true
                    }
                    ([.., "image" | "reference"], Some(value)) => {
                        Arc::make_mut(&mut resource.images).push(value.to_owned());
                    }
                    _ if operation.name == "add" || operation.name == "replace" => {
                        let added = images_of_value(text, &operation.at.key("value"));
                        if !added.is_empty() {
                            Arc::make_mut(&mut resource.images).extend(added);
                        }
                    }
                    _ => {}
                }
            }
        }
        set.renamed();
    }

    /// Whether operations find what they change in a document that is still as it is written.
    fn operations(
        &mut self,
        text: &Text<'_>,
        operations: &[Operation],
        position: usize,
        has_metadata_added: bool,
    ) {
        let Some(entry) = self.folders.entry(position) else {
            return;
        };
        let mut changed: HashSet<String> = HashSet::new();
        for operation in operations {
            let steps = &operation.steps;
            let is_metadata = steps.first().is_some_and(|step| step == "metadata");
            let is_annotation = is_metadata
                && steps
                    .get(1)
                    .is_some_and(|step| step == "annotations" || has_metadata_added);
            let parent = steps
                .split_last()
                .map_or_else(String::new, |(_, parents)| parents.join("/"));
            let mut above = String::new();
            let is_changed = changed.contains(&parent)
                || changed.contains(&steps.join("/"))
                || steps.iter().any(|step| {
                    above = if above.is_empty() {
                        step.clone()
                    } else {
                        format!("{above}/{step}")
                    };
                    changed.contains(&above)
                });
            let is_unknown =
                is_annotation || is_changed || matches!(operation.name.as_str(), "copy" | "move");
            let why = (!is_unknown)
                .then(|| pointer::fault(&entry.document, &entry.path, &operation.name, steps))
                .flatten();
            if let Some(why) = why {
                let name = entry
                    .document
                    .text_at(&entry.path.key("metadata").key("name"))
                    .unwrap_or_default();
                let message = format!(
                    "operation `{}` cannot be applied to {} `{name}`: {why}",
                    operation.name, entry.name.kind
                );
                let place = text.place(&operation.at.key("path"));
                let origin = entry
                    .document
                    .locate(&entry.path.key("metadata").key("name"));
                self.push(
                    Fault::new("json-patch-path", message, place).related("this resource", origin),
                );
                return;
            }
            if operation.name != "test" {
                changed.insert(steps.join("/"));
                // Items of a list move.
                changed.insert(parent);
            }
        }
    }
}

/// Texts of a value that could be images of containers.
fn images_of_value(text: &Text<'_>, at: &Path) -> Vec<String> {
    let mut scalars = text.document().scalars(at);
    let mut images = Vec::new();
    while let Some(scalar) = scalars.next() {
        if scalar.is_key && matches!(scalar.text(), "image" | "reference") {
            images.extend(scalars.next().map(|value| value.text().to_owned()));
        }
    }
    images
}

fn has_placeholder(target: &api::Selector) -> bool {
    let texts = [
        &target.group,
        &target.version,
        &target.kind,
        &target.name,
        &target.namespace,
    ];
    texts
        .iter()
        .any(|text| text.as_deref().is_some_and(super::path::is_filled_in_later))
}

/// What is nearly what a patch means: another version or namespace of it, or another name.
fn nearest(set: &Set, gvk: &Gvk, name: &str, namespace: &str) -> String {
    let of_name = set.list.iter().find(|resource| {
        resource.gvk.kind == gvk.kind && resource.names().any(|own| &*own.name == name)
    });
    if let Some(other) = of_name {
        if other.gvk.group != gvk.group || other.gvk.version != gvk.version {
            let dot = if other.gvk.group.is_empty() { "" } else { "/" };
            return format!(
                ": its apiVersion is `{}{dot}{}`",
                other.gvk.group, other.gvk.version
            );
        }
        let own = other.namespace(&other.current);
        let meant = if namespace.is_empty() {
            "default"
        } else {
            namespace
        };
        return format!(": it is in namespace `{own}`, and the patch means `{meant}`");
    }
    similar(set, name)
}

fn similar(set: &Set, name: &str) -> String {
    let names = set
        .list
        .iter()
        .flat_map(|resource| resource.names().map(|name| &*name.name));
    let near = luban_diagnostic::did_you_mean(name, names.filter(|near| *near != name).take(200));
    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}
