//! Applications of Argo CD.

use crate::objects::Entry;

/// An Application of Argo CD, as far as it says where what is put.
pub(crate) struct Application<'a> {
    pub(crate) sources: Vec<Source<'a>>,
}

/// A folder that is synced.
pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    /// Where it is synced to.
    pub(crate) namespace: &'a str,
    /// Whether that takes the place of what objects say.
    pub(crate) is_set: bool,
}

impl<'a> Application<'a> {
    pub(crate) fn of(entry: &'a Entry) -> Option<Self> {
        let spec = entry.document.cursor(&entry.path)?.get("spec")?;
        let destination = spec
            .text_at(&["destination", "namespace"])
            .unwrap_or_default();
        let several = spec
            .get("sources")
            .into_iter()
            .flat_map(|list| list.values());
        let mut sources = Vec::new();
        for source in spec.get("source").into_iter().chain(several) {
            let Some(node) = source.get("path") else {
                continue;
            };
            let set = source.text_at(&["kustomize", "namespace"]);
            let namespace = set.unwrap_or(destination);
            if let Some(path) = node.text().filter(|_| !namespace.is_empty()) {
                sources.push(Source {
                    path,
                    namespace,
                    is_set: set.is_some(),
                });
            }
        }
        Some(Self { sources })
    }
}
