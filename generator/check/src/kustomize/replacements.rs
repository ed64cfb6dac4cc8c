//! Replacements: one value, from a resource to others.

use luban_api_kustomize as api;
use luban_yaml::Path;

use super::Fault;
use super::build::Builds;
use super::folders::{Kustomization, item};
use super::parts::given;
use super::pointer::{self, Reached};
use super::resource::{Origin, Resource, Set};
use super::selector::{Selector, has_labels};

const RULE: &str = "replacement";

impl<'f, 'a> Builds<'f, 'a> {
    pub(super) fn replace(&mut self, of: &Kustomization<'_>, set: &mut Set) {
        let document = &of.entry.document;
        for (index, replacement) in of.parts.replacements.iter().enumerate() {
            let at = item("replacements", index);
            let is_inline = replacement.source.is_some() || !replacement.targets.is_empty();
            if given(&replacement.path).is_some() {
                if is_inline {
                    let message =
                        "a replacement has a `path`, or a `source` and `targets`, not both";
                    self.push(Fault::new(
                        RULE,
                        message,
                        document.locate_key(&at.key("path")),
                    ));
                }
                set.list
                    .iter_mut()
                    .for_each(|resource| resource.is_changed = true);
                continue;
            }
            let has_targets = document.length_at(&at.key("targets")).is_some();
            if (replacement.source.is_none() && replacement.source_value.is_none()) || !has_targets
            {
                let message = "a replacement needs a `source` and `targets`";
                self.push(Fault::new(RULE, message, document.locate_head(&at)));
                continue;
            }
            if let (Some(source), Some(_)) = (&replacement.source, &replacement.source_value) {
                let _ = source;
                let message = "a replacement has a `source` or a `sourceValue`, not both";
                self.push(Fault::new(
                    RULE,
                    message,
                    document.locate_key(&at.key("sourceValue")),
                ));
                continue;
            }
            if let Some(source) = &replacement.source {
                self.source(of, set, source, &at.key("source"));
            }
            for (index, target) in replacement.targets.iter().enumerate() {
                self.target(of, set, target, &at.key("targets").index(index));
            }
        }
    }

    fn source(
        &mut self,
        of: &Kustomization<'_>,
        set: &Set,
        source: &api::SourceSelector,
        at: &Path,
    ) {
        let document = &of.entry.document;
        let matching: Vec<&Resource> = set
            .list
            .iter()
            .filter(|resource| is_selected(resource, source))
            .collect();
        let place = || document.locate_head(at);
        match &matching[..] {
            _ if set.is_open => {}
            [] => self.push(Fault::new(
                RULE,
                "the source is none of the resources",
                place(),
            )),
            [one] => {
                let path = given(&source.field_path).unwrap_or("metadata.name");
                let (Origin::Entry(position), false, Some(steps)) =
                    (&one.origin, one.is_changed, pointer::plain_fields(path))
                else {
                    return;
                };
                let Some(entry) = self.folders.entry(*position) else {
                    return;
                };
                let is_added =
                    one.has_metadata_added && steps.first().is_some_and(|step| step == "metadata");
                if let (Reached::Missing(_), false) = (
                    pointer::follow(&entry.document, &entry.path, &steps),
                    is_added,
                ) {
                    let message = format!("{} has no field `{path}`", one.shown());
                    let place = document.locate(&at.key("fieldPath"));
                    let origin = self.origin(one);
                    self.push(Fault::new(RULE, message, place).related("this resource", origin));
                }
            }
            [first, second, ..] => {
                let fault = Fault::new(
                    RULE,
                    format!("the source is {} resources: it must be one", matching.len()),
                    place(),
                );
                let fault = fault
                    .related("one", self.origin(first))
                    .related("another", self.origin(second));
                self.push(fault);
            }
        }
    }

    fn target(
        &mut self,
        of: &Kustomization<'_>,
        set: &mut Set,
        target: &api::TargetSelector,
        at: &Path,
    ) {
        let document = &of.entry.document;
        if !document.has_value(&at.key("select")) {
            self.push(Fault::new(
                RULE,
                "a target needs `select`",
                document.locate_head(at),
            ));
            return;
        }
        let selector = Selector::new(&target.select);
        let rejects: Vec<Selector<'_>> = target
            .reject
            .iter()
            .filter(|reject| !has_labels(reject))
            .map(Selector::new)
            .collect();
        let creates = target
            .options
            .as_ref()
            .is_some_and(|options| options.create == Some(true));
        let is_sure =
            !has_labels(&target.select) && target.reject.iter().all(|reject| !has_labels(reject));
        let mut found = false;
        let mut faults = Vec::new();
        for resource in &mut set.list {
            if !selector.selects_any_name(resource)
                || rejects
                    .iter()
                    .any(|reject| reject.selects_any_name(resource))
            {
                continue;
            }
            found = true;
            if let (Origin::Entry(position), false, false, true) =
                (&resource.origin, resource.is_changed, creates, is_sure)
            {
                faults.extend(self.fields(of, target, *position, resource, at));
            }
            resource.is_changed = true;
        }
        set.has_unknown_images |= found;
        for fault in faults {
            self.push(fault);
        }
        let message = "the target is none of the resources: nothing is replaced";
        let fault = Fault::new(
            "replacement-matches-nothing",
            message,
            document.locate_head(&at.key("select")),
        );
        self.silent(fault, found || set.is_open);
    }

    /// Fields of a target that its document lacks.
    fn fields(
        &self,
        of: &Kustomization<'_>,
        target: &api::TargetSelector,
        position: usize,
        resource: &Resource,
        at: &Path,
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        let Some(entry) = self.folders.entry(position) else {
            return faults;
        };
        for (index, path) in target.field_paths.iter().enumerate() {
            let Some(steps) = pointer::plain_fields(path) else {
                continue;
            };
            let is_metadata = steps.first().is_some_and(|step| step == "metadata");
            if is_metadata
                && (resource.has_metadata_added
                    || steps.get(1).is_some_and(|step| step == "annotations"))
            {
                continue;
            }
            let Reached::Missing(count) = pointer::follow(&entry.document, &entry.path, &steps)
            else {
                continue;
            };
            // Kustomize looks into texts that are YAML or JSON, and makes the last field of nothing.
            let mut above = entry.path.clone();
            for step in steps.iter().take(count) {
                above = above.key(step);
            }
            if entry.document.text_at(&above).is_some() {
                continue;
            }
            let message = format!(
                "{} has no field `{path}`: `options.create` would make it",
                resource.shown()
            );
            let place = of.entry.document.locate(&at.key("fieldPaths").index(index));
            faults.push(
                Fault::new(RULE, message, place).related("this resource", self.origin(resource)),
            );
        }
        faults
    }
}

/// Whether a source means a resource: by its exact names.
fn is_selected(resource: &Resource, source: &api::SourceSelector) -> bool {
    let is = |wanted: &Option<String>, own: &str| given(wanted).is_none_or(|wanted| wanted == own);
    is(&source.group, &resource.gvk.group)
        && is(&source.version, &resource.gvk.version)
        && is(&source.kind, &resource.gvk.kind)
        && resource.names().any(|name| {
            let namespace =
                given(&source.namespace).is_none_or(|wanted| wanted == resource.namespace(name));
            is(&source.name, &name.name) && namespace
        })
}
