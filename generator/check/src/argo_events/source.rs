//! The entries of an EventSource.

use luban_yaml::Path;

use super::table::{SourceType, source_type};
use crate::fields::{Form, lacks};
use crate::objects::Entry;

/// One event of an EventSource.
pub(crate) struct SourceAt<'a> {
    /// Its type.
    pub(crate) kind: &'static SourceType,
    /// What the event is called.
    pub(crate) name: &'a str,
    /// Where it stands.
    pub(crate) path: Path,
}

/// Types that get requests over HTTP.
pub(crate) const WEBHOOKS: [&str; 10] = [
    "bitbucket",
    "bitbucketserver",
    "gerrit",
    "github",
    "gitlab",
    "slack",
    "sns",
    "storageGrid",
    "stripe",
    "webhook",
];

/// The events of an EventSource, in the order of the document.
pub(crate) fn sources(entry: &Entry) -> Vec<SourceAt<'_>> {
    let document = &entry.document;
    let spec = entry.path.key("spec");
    let mut sources = Vec::new();
    for field in document.keys(&spec) {
        let Some(kind) = source_type(field) else {
            continue;
        };
        let path = spec.key(field);
        sources.extend(document.keys(&path).map(|name| SourceAt {
            kind,
            name,
            path: path.key(name),
        }));
    }
    sources
}

/// Where a source says its endpoint and port, if it has any.
pub(crate) fn webhook_path(entry: &Entry, source: &SourceAt<'_>) -> Option<Path> {
    if source.kind.field == "webhook" {
        return Some(source.path.clone());
    }
    let path = source.path.key("webhook");
    let has = WEBHOOKS.contains(&source.kind.field) && !lacks(entry, &path, Form::Value);
    has.then_some(path)
}
