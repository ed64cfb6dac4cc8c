//! Objects by name, where not every file says a namespace.

use std::collections::HashMap;

use luban_yaml::Value;

use crate::objects::{Entry, Objects};

/// Objects by kind and name.
pub(super) struct Names<'a> {
    found: HashMap<(&'a str, &'a str), Vec<&'a Entry>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(objects: &'a Objects) -> Self {
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for entry in objects.entries().iter().filter(|entry| !entry.is_template) {
            let name = entry.object_name();
            if !name.is_empty() {
                let key = (entry.name.kind.as_str(), name);
                found.entry(key).or_default().push(entry);
            }
        }
        Self { found }
    }

    /// The object of that name as `from` sees it. An object without a namespace gets one when it is applied, so it may be any.
    pub(super) fn find(
        &self,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Option<&'a Entry> {
        let found = self.found.get(&(kind, name))?;
        let is_here = |entry: &&&Entry| namespace.is_some() && written(entry) == namespace;
        let is_anywhere = |entry: &&&Entry| namespace.is_none() || written(entry).is_none();
        let mut candidates = found.iter();
        let here = candidates.find(is_here);
        here.or_else(|| found.iter().find(is_anywhere)).copied()
    }

    /// The spec of that object.
    pub(super) fn spec(
        &self,
        kind: &str,
        namespace: Option<&str>,
        name: &str,
    ) -> Option<Value<'a>> {
        let entry = self.find(kind, namespace, name)?;
        entry.document.value(&entry.path)?.get("spec")
    }
}

/// The namespace that an object names itself, or the object around it.
pub(super) fn written(entry: &Entry) -> Option<&str> {
    let own = entry.path.key("metadata").key("namespace");
    let own = entry.document.text_at(&own);
    let around = || {
        let root = luban_yaml::Path::root().key("metadata").key("namespace");
        entry.document.text_at(&root).filter(|_| entry.is_template)
    };
    own.or_else(around)
}
