//! What objects make, themselves and others.

use luban_yaml::Cursor;

use super::target::{Target, group_of};
use super::universe::How;
use crate::objects::Entry;

/// What an entry makes.
#[derive(Debug, Default)]
pub(crate) struct Made<'a> {
    pub(crate) makes: Vec<(Target, String, How)>,
    /// Its name, if it is of a kind that is not known.
    pub(crate) unknown: Option<&'a str>,
}

/// What an entry makes.
pub(crate) fn makers(entry: &Entry) -> Made<'_> {
    let mut made = Made::default();
    // What a template makes has no name yet that others could know.
    let Some(node) = entry
        .document
        .cursor(&entry.path)
        .filter(|_| !entry.is_template)
    else {
        return made;
    };
    let group = group_of(&entry.name.api_version);
    let kind = entry.name.kind.as_str();
    if group == "kustomize.config.k8s.io" {
        generated(node, &mut made);
        return made;
    }
    let Some(name) = node.text_at(&["metadata", "name"]) else {
        return made;
    };
    let target = Target::of(group, kind);
    if let Some(target) = target {
        made.makes.push((target, name.to_owned(), How::Itself));
    }
    let spec = node.get("spec");
    let text = |keys: &[&str]| spec.and_then(|spec| spec.text_at(keys)).map(str::to_owned);
    let mut make = |target, name: String, how| made.makes.push((target, name, how));
    match (group, kind) {
        ("external-secrets.io", "ExternalSecret") => {
            let target = text(&["target", "name"]).unwrap_or_else(|| name.to_owned());
            make(Target::Secret, target, How::Synced);
        }
        ("bitnami.com", "SealedSecret") => make(Target::Secret, name.to_owned(), How::Synced),
        ("cert-manager.io", "Certificate") => {
            if let Some(secret) = text(&["secretName"]) {
                make(Target::Secret, secret, How::Synced);
            }
        }
        ("argoproj.io", "EventSource")
            if spec.is_some_and(|spec| spec.get("service").is_some()) =>
        {
            make(
                Target::Service,
                format!("{name}-eventsource-svc"),
                How::Served,
            );
        }
        ("argoproj.io", "EventSource") => {}
        ("triggers.tekton.dev", "EventListener") => {
            make(Target::Service, format!("el-{name}"), How::Somehow);
        }
        ("apps", "StatefulSet") => {
            let claims = spec.and_then(|spec| spec.get("volumeClaimTemplates"));
            for claim in claims.into_iter().flat_map(|list| list.values()) {
                let claim = claim.text_at(&["metadata", "name"]).unwrap_or_default();
                let replicas = text(&["replicas"]).and_then(|text| text.parse().ok());
                for pod in 0..replicas.unwrap_or(1).min(100_u32) {
                    make(Target::Claim, format!("{claim}-{name}-{pod}"), How::Somehow);
                }
            }
        }
        ("kpack.io", "Image") => make(Target::Claim, format!("{name}-cache"), How::Somehow),
        _ if target.is_none()
            && entry
                .object
                .as_ref()
                .is_some_and(|object| object.row().is_none()) =>
        {
            made.unknown = Some(name);
            unknown(node, name, &mut made);
        }
        _ => {}
    }
    made
}

/// What kustomize's generators make.
fn generated(node: Cursor<'_>, made: &mut Made<'_>) {
    let is_off = |node: Cursor<'_>| node.text_at(&["disableNameSuffixHash"]) == Some("true");
    let is_off_here = node.get("generatorOptions").is_some_and(is_off);
    for (list, target) in [
        ("configMapGenerator", Target::ConfigMap),
        ("secretGenerator", Target::Secret),
    ] {
        let items = node.get(list).into_iter().flat_map(|list| list.values());
        for (item, generator) in items.enumerate() {
            let is_hashed = !is_off_here && !generator.get("options").is_some_and(is_off);
            if let Some(name) = generator.text_at(&["name"]) {
                let how = How::Generated {
                    list,
                    item,
                    is_hashed,
                };
                made.makes.push((target, name.to_owned(), how));
            }
        }
    }
}

/// What an object of a kind that is not known may make: Secrets and ConfigMaps of its own name, and Secrets that it names.
fn unknown(node: Cursor<'_>, name: &str, made: &mut Made<'_>) {
    for target in [Target::Secret, Target::ConfigMap] {
        made.makes.push((target, name.to_owned(), How::Somehow));
    }
    let Some(spec) = node.get("spec") else {
        return;
    };
    let mut pending = vec![(spec, 0)];
    while let Some((node, depth)) = pending.pop() {
        for (key, value) in node.entries() {
            let name = match key.text() {
                "secretName" | "targetSecretName" => value.text(),
                "destination"
                | "target"
                | "writeConnectionSecretToRef"
                | "managedSecretReference"
                | "output"
                | "secretTemplate" => value
                    .text_at(&["name"])
                    .or_else(|| value.text_at(&["secretName"])),
                _ => None,
            };
            let makes = name.map(|name| (Target::Secret, name.to_owned(), How::Somehow));
            made.makes.extend(makes);
            if depth < 12 {
                pending.push((value, depth + 1));
            }
        }
        if depth < 12 {
            pending.extend(node.values().map(|item| (item, depth + 1)));
        }
    }
}
