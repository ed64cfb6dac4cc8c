//! What the bindings of a trigger give its template, and that template.

use luban_diagnostic::Place;
use luban_yaml::Path;

use super::{items, text};
use crate::fields::{Form, lacks};
use crate::objects::{Entry, Objects};

/// The values that a trigger's bindings give.
pub(crate) struct Bound<'a> {
    /// Each value, in the order of the bindings.
    pub(crate) names: Vec<Given<'a>>,
    /// Whether all bindings could be read: one that is not among the objects gives what is not known.
    pub(crate) is_whole: bool,
}

/// A value that a binding gives.
pub(crate) struct Given<'a> {
    pub(crate) name: &'a str,
    /// Where its name stands.
    pub(crate) place: Option<Place>,
    /// The binding in the trigger that gives it.
    pub(crate) binding: Path,
    /// Whether it stands in the trigger itself.
    pub(crate) is_inline: bool,
}

/// What the bindings of the trigger at `path` give.
pub(crate) fn bound<'a>(objects: &'a Objects, entry: &'a Entry, path: &Path) -> Bound<'a> {
    let mut bound = Bound {
        names: Vec::new(),
        is_whole: true,
    };
    for path in items(&entry.document, &path.key("bindings")) {
        if text(entry, &path.key("ref")).is_empty() {
            let name = path.key("name");
            bound.names.push(Given {
                name: text(entry, &name),
                place: entry.document.locate(&name),
                binding: path,
                is_inline: true,
            });
            continue;
        }
        let Some(binding) = binding(objects, entry, &path) else {
            bound.is_whole = false;
            continue;
        };
        let params = binding.path.key("spec").key("params");
        for param in items(&binding.document, &params) {
            let name = param.key("name");
            bound.names.push(Given {
                name: text(binding, &name),
                place: binding.document.locate(&name),
                binding: path.key("ref"),
                is_inline: false,
            });
        }
    }
    bound
}

/// The TriggerBinding or ClusterTriggerBinding that the binding at `path` refers to.
fn binding<'a>(objects: &'a Objects, entry: &'a Entry, path: &Path) -> Option<&'a Entry> {
    let kind = text(entry, &path.key("kind"));
    let (kind, namespace) = match kind {
        "ClusterTriggerBinding" => (kind, ""),
        _ => ("TriggerBinding", entry.namespace()),
    };
    super::find(objects, kind, namespace, text(entry, &path.key("ref")))
}

/// A template: what has `params` and `resourcetemplates`.
pub(crate) struct Template<'a> {
    /// The object that it stands in.
    pub(crate) entry: &'a Entry,
    pub(crate) path: Path,
}

/// The template of the trigger at `path`, in it or among the objects.
pub(crate) fn template<'a>(
    objects: &'a Objects,
    entry: &'a Entry,
    path: &Path,
) -> Option<Template<'a>> {
    let template = path.key("template");
    let own = template.key("spec");
    if !lacks(entry, &own, Form::Value) {
        return Some(Template { entry, path: own });
    }
    let name = text(entry, &template.key("ref"));
    let found = super::find(objects, "TriggerTemplate", entry.namespace(), name)?;
    let path = found.path.key("spec");
    Some(Template { entry: found, path })
}
