//! EventSources and EventBuses among the objects.

use crate::objects::{Entry, Objects};

const API_VERSION: &str = "argoproj.io/v1alpha1";

/// What a name leads to.
pub(crate) enum Named<'a> {
    /// This object.
    Found(&'a Entry),
    /// None, and perhaps the object of this name is meant.
    Missing(Option<&'a str>),
    /// It cannot be said: the name is empty or not known yet.
    Unclear,
}

/// The EventSource of that name, in the namespace of `from`.
pub(crate) fn event_source<'a>(objects: &'a Objects, from: &Entry, name: &str) -> Named<'a> {
    named(objects, from, "EventSource", name)
}

/// The EventBus of `from`, whose `eventBusName` is given: `default` if there is none.
pub(crate) fn event_bus<'a>(objects: &'a Objects, from: &Entry, name: Option<&str>) -> Named<'a> {
    let name = name.filter(|name| !name.is_empty()).unwrap_or("default");
    named(objects, from, "EventBus", name)
}

/// The object of that kind and name in the namespace of `from`. One that names no namespace may be applied to any.
pub(crate) fn named<'a>(objects: &'a Objects, from: &Entry, kind: &str, name: &str) -> Named<'a> {
    if name.is_empty() || super::is_open(name) {
        return Named::Unclear;
    }
    let namespace = from.namespace();
    if let Some(found) = objects.find(API_VERSION, kind, namespace, name) {
        return Named::Found(found);
    }
    let anywhere = objects
        .find(API_VERSION, kind, "default", name)
        .filter(|found| !has_namespace(found));
    if let Some(found) = anywhere {
        return Named::Found(found);
    }
    Named::Missing(objects.nearest(kind, namespace, name))
}

fn has_namespace(entry: &Entry) -> bool {
    let namespace = entry
        .metadata()
        .and_then(|metadata| metadata.namespace.as_deref());
    namespace.is_some_and(|namespace| !namespace.is_empty())
}
