//! What is given and what is missing once Go has decoded an object.

use luban_diagnostic::Place;
use luban_yaml::{Path, PathSegment};

use crate::objects::Entry;
use crate::sink::Sink;

/// What a field must hold to count as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A text that is not empty.
    Text,
    /// Anything but null.
    Value,
    /// A list that is not empty.
    Items,
}

/// A field that must be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Missing<'a> {
    /// The mapping that lacks it.
    pub(crate) parent: &'a Path,
    /// Its name, with dots for one further below.
    pub(crate) field: &'a str,
    /// What it must hold.
    pub(crate) form: Form,
    /// Who needs it: `every trigger needs a name`.
    pub(crate) why: &'a str,
}

/// The path of a field below `parent`, whose name may have dots.
pub(crate) fn below(parent: &Path, field: &str) -> Path {
    field
        .split('.')
        .fold(parent.clone(), |path, name| path.key(name))
}

/// Whether a field counts as missing.
pub(crate) fn lacks(entry: &Entry, path: &Path, form: Form) -> bool {
    let document = &entry.document;
    if !document.has_value(path) {
        return true;
    }
    match form {
        Form::Text => document.text_at(path) == Some(""),
        Form::Value => false,
        Form::Items => document.length_at(path) == Some(0),
    }
}

/// Says that a field is missing, unless it is there or misspelt.
pub(crate) fn say_missing(sink: &mut Sink<'_>, entry: &Entry, missing: &Missing<'_>) {
    let path = below(missing.parent, missing.field);
    if !lacks(entry, &path, missing.form) || is_misspelt(sink, entry, &path) {
        return;
    }
    let finding = sink.finding(format!("`{path}` is missing: {}", missing.why));
    sink.push(finding.at(nearest_place(entry, &path)));
}

/// The key of a field, or of the last mapping on the way to it that is there; the first key of an item of a list.
fn nearest_place(entry: &Entry, path: &Path) -> Option<Place> {
    let document = &entry.document;
    let there = (entry.path.len() + 1..=path.len()).rev();
    let mut there = there.filter_map(|depth| path.get(..depth).filter(|path| document.has(path)));
    match there.next() {
        Some(path) if matches!(path.last(), Some(PathSegment::Index(_))) => {
            document.locate_head(path)
        }
        Some(path) => document.locate_key(path),
        None => document.locate_head(&entry.path),
    }
}

/// Whether a field, or a mapping on the way to it, is there under a name that the reader took for it.
pub(crate) fn is_misspelt(sink: &Sink<'_>, entry: &Entry, path: &Path) -> bool {
    (entry.path.len()..path.len()).any(|depth| {
        let (Some(parent), Some(PathSegment::Key(name))) = (path.get(..depth), path.get(depth))
        else {
            return false;
        };
        sink.is_misspelt(entry, &Path::from(parent.to_vec()), name)
    })
}

/// Whether a text holds something that is filled in before the object is applied, so that its value is not known.
pub(crate) fn is_open(text: &str) -> bool {
    text.contains("{{") || text.contains("${") || text.contains("$(")
}
