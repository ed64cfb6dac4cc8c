//! Changes of all resources of a set: namespaces, names, replicas, images; and variables, which read them.

use std::sync::Arc;

use luban_yaml::Path;

use super::Fault;
use super::build::Builds;
use super::folders::{Kustomization, item};
use super::images;
use super::parts::given;
use super::resource::Set;

impl Builds<'_, '_> {
    pub(super) fn namespace(&mut self, of: &Kustomization<'_>, set: &mut Set) {
        let Some(namespace) = of
            .parts
            .namespace
            .filter(|namespace| !super::path::is_filled_in_later(namespace))
        else {
            return;
        };
        let namespace: Arc<str> = Arc::from(namespace);
        for resource in &mut set.list {
            resource.remember();
            if !resource.is_of_cluster {
                resource.current.namespace = Arc::clone(&namespace);
                resource.has_metadata_added = true;
            } else if resource.gvk.kind == "Namespace" && resource.gvk.group.is_empty() {
                resource.current.name = Arc::clone(&namespace);
            }
        }
        for (first, second) in set.renamed() {
            let (Some(first), Some(second)) = (set.list.get(first), set.list.get(second)) else {
                continue;
            };
            let message = format!(
                "in namespace `{namespace}` two resources are {}",
                second.shown()
            );
            let place = of.entry.document.locate(&Path::root().key("namespace"));
            let fault =
                Fault::new("namespace-conflict", message, place).related("one", self.origin(first));
            let fault = fault.related("the other", self.origin(second));
            self.push(fault);
        }
    }

    pub(super) fn replicas(&mut self, of: &Kustomization<'_>, set: &mut Set) {
        const KINDS: [&str; 4] = [
            "Deployment",
            "ReplicationController",
            "ReplicaSet",
            "StatefulSet",
        ];
        if of.parts.replicas.is_empty() {
            return;
        }
        let by_name = set.by_name();
        for (index, replica) in of.parts.replicas.iter().enumerate() {
            let mut found = false;
            for position in by_name.get(replica.name.as_str()).into_iter().flatten() {
                if let Some(resource) = set
                    .list
                    .get_mut(*position)
                    .filter(|resource| KINDS.contains(&resource.gvk.kind.as_str()))
                {
                    found = true;
                    resource.is_changed = true;
                }
            }
            // Configurations may give further kinds replicas.
            let is_known = !set.is_open && !set.has_unknown_images;
            if !found && is_known && !super::path::is_filled_in_later(&replica.name) {
                let names = set
                    .list
                    .iter()
                    .filter(|resource| KINDS.contains(&resource.gvk.kind.as_str()));
                let near = luban_diagnostic::did_you_mean(
                    &replica.name,
                    names.map(|resource| &*resource.current.name),
                );
                let near =
                    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let message = format!(
                    "no Deployment, StatefulSet or ReplicaSet is called `{}`{near}",
                    replica.name
                );
                let place = of
                    .entry
                    .document
                    .locate(&item("replicas", index).key("name"));
                self.push(Fault::new("replica-target", message, place));
            }
        }
    }

    pub(super) fn change_images(&mut self, of: &Kustomization<'_>, set: &mut Set) {
        for (field, list) in [
            ("images", of.parts.images),
            ("imageTags", of.parts.image_tags),
        ] {
            for (index, image) in list.iter().enumerate() {
                if luban_expression::go_regexp::check(&image.name).is_err() {
                    continue;
                }
                let pattern = super::selector::Pattern::new(&image.name);
                let new = given(&image.new_name);
                let mut found = false;
                for resource in &mut set.list {
                    if !resource
                        .images
                        .iter()
                        .any(|own| images::is_matched(own, &pattern))
                    {
                        continue;
                    }
                    found = true;
                    if let Some(new) = new {
                        for own in Arc::make_mut(&mut resource.images) {
                            if images::is_matched(own, &pattern) {
                                *own = images::renamed(own, new);
                            }
                        }
                    }
                }
                if set.is_open
                    || set.has_unknown_images
                    || super::path::is_filled_in_later(&image.name)
                {
                    found = true;
                }
                let fault =
                    Self::unused_image(of, set, &image.name, &item(field, index).key("name"));
                self.silent(fault, found);
            }
        }
    }

    /// Variables of a kustomization that is built by itself must have an object.
    pub(super) fn variables(&mut self, of: &Kustomization<'_>, set: &Set) {
        for (index, var) in of.parts.vars.iter().enumerate().filter(|_| !set.is_open) {
            let object = &var.objref;
            let is_found = set.list.iter().any(|resource| {
                let is_of_kind = given(&object.kind).is_none_or(|kind| kind == resource.gvk.kind);
                is_of_kind && resource.names().any(|name| *name.name == *object.name)
            });
            if !is_found {
                let place = of
                    .entry
                    .document
                    .locate(&item("vars", index).key("objref").key("name"));
                let kind = given(&object.kind).unwrap_or("object");
                let message = format!(
                    "variable `{}` is of a {kind} `{}`, and the kustomization has none",
                    var.name, object.name
                );
                self.push(Fault::new("kustomization-variable", message, place));
            }
        }
    }

    fn unused_image(of: &Kustomization<'_>, set: &Set, name: &str, at: &Path) -> Fault {
        let mut names: Vec<&str> = set
            .list
            .iter()
            .flat_map(|resource| resource.images.iter().map(String::as_str))
            .collect();
        names.sort_unstable();
        names.truncate(100);
        let near = luban_diagnostic::did_you_mean(
            name,
            names
                .iter()
                .map(|image| image.split([':', '@']).next().unwrap_or(image)),
        );
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let message = format!("no container has the image `{name}`{near}");
        let fault = Fault::new(
            "image-matches-nothing",
            message,
            of.entry.document.locate(at),
        );
        fault.help("kustomize looks at containers and init containers; other fields must be named in `configurations`")
    }
}

/// Puts a prefix and a suffix to names.
pub(super) fn rename(of: &Kustomization<'_>, set: &mut Set) {
    let (prefix, suffix) = (
        of.parts.name_prefix.unwrap_or_default(),
        of.parts.name_suffix.unwrap_or_default(),
    );
    if prefix.is_empty() && suffix.is_empty() {
        return;
    }
    for resource in &mut set.list {
        let is_kept = match resource.gvk.kind.as_str() {
            "CustomResourceDefinition" | "Namespace" => true,
            "APIService" => resource.gvk.group == "apiregistration.k8s.io",
            _ => false,
        };
        if !is_kept {
            resource.remember();
            resource.current.name = Arc::from(format!("{prefix}{}{suffix}", resource.current.name));
        }
    }
    set.renamed();
}
