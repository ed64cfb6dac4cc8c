//! Tekton Triggers: where triggers, their parts and their templates stand.
//!
//! An EventListener holds triggers and refers to others; a Trigger is one. Both may hold a template, which else stands in a
//! TriggerTemplate of its own. Rules look at the document, so that both versions of the API are one.

use luban_yaml::{Document, Path};

use crate::fields::{Form, lacks};
use crate::objects::{Entry, Objects};

mod bindings;

pub(crate) use bindings::{bound, template};

/// Whether an object is of Tekton Triggers.
pub(crate) fn is_of_triggers(entry: &Entry) -> bool {
    entry.name.api_version.starts_with("triggers.tekton.dev/")
}

/// Whether an object is of the older version of the API.
pub(crate) fn is_alpha(entry: &Entry) -> bool {
    entry.name.api_version == "triggers.tekton.dev/v1alpha1"
}

/// The items of the list at `path`.
pub(crate) fn items(document: &Document, path: &Path) -> impl Iterator<Item = Path> + use<> {
    let path = path.clone();
    (0..document.length_at(&path).unwrap_or(0)).map(move |at| path.index(at))
}

/// Where triggers stand in an object: what holds `bindings`, `template` and `interceptors`.
pub(crate) fn triggers(entry: &Entry) -> Vec<Path> {
    let spec = entry.path.key("spec");
    match entry.name.kind.as_str() {
        "EventListener" if is_of_triggers(entry) => {
            items(&entry.document, &spec.key("triggers")).collect()
        }
        "Trigger" if is_of_triggers(entry) => vec![spec],
        _ => Vec::new(),
    }
}

/// Where templates stand in an object: what holds `params` and `resourcetemplates`.
pub(crate) fn templates(entry: &Entry) -> Vec<Path> {
    if entry.name.kind == "TriggerTemplate" && is_of_triggers(entry) {
        return vec![entry.path.key("spec")];
    }
    let templates = triggers(entry)
        .into_iter()
        .map(|path| path.key("template").key("spec"));
    templates
        .filter(|path| !lacks(entry, path, Form::Value))
        .collect()
}

/// Where interceptors stand in an object, those of groups too.
pub(crate) fn interceptors(entry: &Entry) -> Vec<Path> {
    let document = &entry.document;
    let own = triggers(entry);
    let groups = match entry.name.kind.as_str() {
        "EventListener" if is_of_triggers(entry) => {
            let groups = entry.path.key("spec").key("triggerGroups");
            items(document, &groups).collect()
        }
        _ => Vec::new(),
    };
    let lists = own.into_iter().chain(groups);
    lists
        .flat_map(|path| items(document, &path.key("interceptors")))
        .collect()
}

/// The text at `path`, empty if there is none.
pub(crate) fn text<'a>(entry: &'a Entry, path: &Path) -> &'a str {
    let document = &entry.document;
    if !document.has_value(path) {
        return "";
    }
    document.text_at(path).unwrap_or_default()
}

/// The object of Tekton Triggers of that kind and name, of either version of the API.
pub(crate) fn find<'a>(
    objects: &'a Objects,
    kind: &str,
    namespace: &str,
    name: &str,
) -> Option<&'a Entry> {
    ["v1beta1", "v1alpha1"].iter().find_map(|version| {
        let api_version = format!("triggers.tekton.dev/{version}");
        objects.find(&api_version, kind, namespace, name)
    })
}

/// Whether each `$(` but the last is closed, as upstream looks.
pub(crate) fn is_closed(value: &str) -> bool {
    let parts: Vec<&str> = value.split("$(").skip(1).collect();
    let Some((_, before)) = parts.split_last() else {
        return true;
    };
    before.iter().all(|part| {
        let mut open = 0_i64;
        part.chars().any(|letter| {
            open += match letter {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            open < 0
        })
    })
}
