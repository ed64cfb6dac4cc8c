//! The keys of Secrets and ConfigMaps.

use luban_yaml::Cursor;

use super::target::group_of;
use super::universe::How;
use crate::objects::Entry;

/// The keys of the Secret or ConfigMap that an entry makes; none if they are not known.
pub(crate) fn keys<'a>(entry: &'a Entry, node: Cursor<'a>, how: How) -> Option<Vec<&'a str>> {
    match how {
        How::Itself => of_object(node),
        How::Generated { list, item, .. } => of_generator(node.get(list)?.values().nth(item)?),
        How::Synced if entry.name.kind == "ExternalSecret" => of_external_secret(node.get("spec")?),
        How::Synced if entry.name.kind == "SealedSecret" => {
            let spec = node.get("spec")?;
            let mut keys = below(spec.get("encryptedData"));
            keys.extend(below(spec.at(&["template", "data"])));
            (!keys.is_empty()).then_some(keys)
        }
        How::Synced if group_of(&entry.name.api_version) == "cert-manager.io" => {
            let has_more = ["keystores", "additionalOutputFormats"];
            let spec = node.get("spec")?;
            let has_more = has_more.iter().any(|field| spec.get(field).is_some());
            (!has_more).then(|| vec!["tls.crt", "tls.key", "ca.crt"])
        }
        How::Synced | How::Served | How::Somehow => None,
    }
}

fn below(node: Option<Cursor<'_>>) -> Vec<&str> {
    let entries = node.into_iter().flat_map(|node| node.entries());
    entries.map(|(key, _)| key.text()).collect()
}

/// Of a Secret or ConfigMap. One without any is filled by someone else.
fn of_object(node: Cursor<'_>) -> Option<Vec<&str>> {
    let is_filled = node.text_at(&["type"]) == Some("kubernetes.io/service-account-token");
    let annotations = node.at(&["metadata", "annotations"]);
    let mut annotations = annotations.into_iter().flat_map(|node| node.entries());
    // Operators that copy or inject what they find elsewhere.
    let is_copied = annotations.any(|(key, _)| {
        [
            "reflector",
            "replicator",
            "vault",
            "avp.",
            "inject",
            "reloader",
        ]
        .iter()
        .any(|word| key.text().contains(word))
    });
    let mut keys = Vec::new();
    for field in ["data", "stringData", "binaryData"] {
        keys.extend(below(node.get(field)));
    }
    (!keys.is_empty() && !is_filled && !is_copied).then_some(keys)
}

fn of_generator(generator: Cursor<'_>) -> Option<Vec<&str>> {
    let has_env = ["env", "envs"]
        .iter()
        .any(|field| generator.get(field).is_some());
    if has_env
        || generator
            .text_at(&["behavior"])
            .is_some_and(|it| it != "create")
    {
        return None;
    }
    let literals = generator
        .get("literals")
        .into_iter()
        .flat_map(|list| list.values());
    let literals = literals.filter_map(|literal| literal.text()?.split_once('='));
    let mut keys: Vec<&str> = literals.map(|(key, _)| key).collect();
    let files = generator
        .get("files")
        .into_iter()
        .flat_map(|list| list.values());
    for file in files.filter_map(|file| file.text()) {
        let name = file.rsplit('/').next().unwrap_or(file);
        keys.push(file.split_once('=').map_or(name, |(key, _)| key));
    }
    (!keys.is_empty()).then_some(keys)
}

fn of_external_secret(spec: Cursor<'_>) -> Option<Vec<&str>> {
    let target = spec.get("target");
    let is_open = spec
        .get("dataFrom")
        .is_some_and(|list| list.values().next().is_some())
        || target.is_some_and(|target| {
            target.get("manifest").is_some()
                || target.at(&["template", "templateFrom"]).is_some()
                || target
                    .text_at(&["creationPolicy"])
                    .is_some_and(|it| it != "Owner" && it != "Orphan")
        });
    if is_open {
        return None;
    }
    let data = spec.get("data").into_iter().flat_map(|list| list.values());
    let remote = data.filter_map(|item| item.text_at(&["secretKey"]));
    let template = target.and_then(|target| target.get("template"));
    let own = below(template.and_then(|template| template.get("data")));
    let is_merged =
        template.and_then(|template| template.text_at(&["mergePolicy"])) == Some("Merge");
    if own.is_empty() {
        return Some(remote.collect());
    }
    let mut keys = own;
    if is_merged {
        keys.extend(remote);
    }
    Some(keys)
}
