//! Texts of patches: strategic merge or JSON 6902.

use std::sync::Arc;

use luban_diagnostic::Place;
use luban_yaml::{Budget, Document, Path, Scalar, parse};

use super::folders::{Folders, Kustomization, Target};

/// A document of a patch, and how its places are found in files.
pub(super) enum Text<'a> {
    /// In a file of its own.
    File(Arc<Document>),
    /// In a scalar of the kustomization, so many bytes from its start.
    Inline(Document, Scalar<'a>, usize),
}

impl Text<'_> {
    pub(super) fn document(&self) -> &Document {
        match self {
            Text::File(document) => document,
            Text::Inline(document, ..) => document,
        }
    }

    /// The place of what stands at `path`.
    pub(super) fn place(&self, path: &Path) -> Option<Place> {
        let place = self.document().locate(path)?;
        Some(match self {
            Text::File(_) => place,
            Text::Inline(_, scalar, shift) => {
                let span = place.span;
                scalar
                    .place_of(span.start.offset as usize + shift..span.end.offset as usize + shift)
            }
        })
    }

    /// Whether it is a list, as JSON 6902 patches are.
    fn is_list(&self) -> bool {
        self.document().length_at(&[]).is_some()
    }
}

/// What a patch turned out to be.
pub(super) enum Form<'a> {
    /// It is in a file that is not given.
    Unknown,
    /// It is neither: why, and where.
    Neither(String, Option<Place>),
    /// One document for each object that it changes.
    Merge(Vec<Text<'a>>),
    /// A list of operations.
    Json(Text<'a>),
}

/// Reads a patch that stands in the kustomization itself.
pub(super) fn inline<'a>(scalar: Scalar<'a>) -> Form<'a> {
    let text = scalar.text();
    let trimmed = text.trim();
    let shift = text.len() - text.trim_start().len();
    if super::path::is_filled_in_later(trimmed) {
        return Form::Unknown;
    }
    if let Some(why) = json_fault(trimmed) {
        return Form::Neither(why, Some(scalar.place()));
    }
    match parse("patch", trimmed.as_bytes(), &Budget::default()) {
        Ok(documents) => {
            let documents = documents
                .into_iter()
                .filter(|document| !document.is_empty());
            form(
                documents
                    .map(|document| Text::Inline(document, scalar, shift))
                    .collect(),
                Some(scalar.place()),
            )
        }
        Err(findings) => {
            let why = findings.into_iter().next();
            let place = why
                .as_ref()
                .and_then(|why| why.place.as_ref())
                .map(|place| {
                    let span = place.span;
                    scalar.place_of(
                        span.start.offset as usize + shift..span.end.offset as usize + shift,
                    )
                });
            let why = why.map_or_else(String::new, |why| why.message);
            Form::Neither(
                format!("the patch cannot be read: {why}"),
                place.or_else(|| Some(scalar.place())),
            )
        }
    }
}

/// Reads a patch that stands in a file.
pub(super) fn of_file<'a>(
    folders: &Folders<'_>,
    of: &Kustomization<'_>,
    path: &str,
    place: Option<Place>,
) -> Form<'a> {
    let Target::File(file) = folders.target(&of.folder, path) else {
        return Form::Unknown;
    };
    let Some(positions) = folders.files.get(&file) else {
        return Form::Unknown;
    };
    let entries = positions
        .iter()
        .filter_map(|position| folders.entry(*position));
    let entries: Vec<_> = entries
        .filter(|entry| entry.path.is_empty() && !entry.document.is_empty())
        .collect();
    let source = entries
        .first()
        .map(|entry| entry.document.source())
        .unwrap_or_default();
    if super::path::is_filled_in_later(source) {
        return Form::Unknown;
    }
    if let Some(why) = json_fault(source) {
        return Form::Neither(why, place);
    }
    form(
        entries
            .iter()
            .map(|entry| Text::File(Arc::clone(&entry.document)))
            .collect(),
        place,
    )
}

/// Kustomize takes a text that begins with `[` for JSON.
fn json_fault(text: &str) -> Option<String> {
    if !text.starts_with('[') {
        return None;
    }
    let error = serde_json::from_str::<serde_json::Value>(text).err()?;
    Some(format!(
        "a patch that begins with `[` is read as JSON, and this is none: {error}"
    ))
}

fn form(texts: Vec<Text<'_>>, place: Option<Place>) -> Form<'_> {
    let is_json = texts.first().is_some_and(Text::is_list);
    if is_json {
        return match texts.into_iter().next() {
            Some(text) => Form::Json(text),
            None => Form::Unknown,
        };
    }
    if texts.is_empty() {
        return Form::Neither("the patch is empty".to_owned(), place);
    }
    for text in &texts {
        let document = text.document();
        if document.length_at(&[]).is_some() || document.text_at(&[]).is_some() {
            return Form::Neither(
                "the patch is neither an object nor a list of operations".to_owned(),
                text.place(&Path::root()),
            );
        }
        let root = Path::root();
        let kind = document.text_at(&root.key("kind")).unwrap_or_default();
        let name = document
            .text_at(&root.key("metadata").key("name"))
            .unwrap_or_default();
        let missing = match (kind, name) {
            ("", _) => "kind",
            (kind, "") if !kind.ends_with("List") => "metadata.name",
            _ => continue,
        };
        let head = document.locate_head(&root);
        let place = match text {
            Text::File(_) => head,
            Text::Inline(_, scalar, shift) => head.map(|head| {
                let span = head.span;
                scalar
                    .place_of(span.start.offset as usize + shift..span.end.offset as usize + shift)
            }),
        };
        return Form::Neither(
            format!(
                "the patch has no `{missing}`, which kustomize asks for even where there is a target"
            ),
            place,
        );
    }
    Form::Merge(texts)
}

/// An operation of a JSON 6902 patch.
pub(super) struct Operation {
    pub(super) name: String,
    pub(super) steps: Vec<String>,
    pub(super) at: Path,
    /// The text that it writes, if it writes one.
    pub(super) text: Option<String>,
}

/// The operations of a patch, and what is wrong with their form.
pub(super) fn operations(text: &Text<'_>) -> (Vec<Operation>, Vec<(String, Option<Place>)>) {
    let document = text.document();
    let mut operations = Vec::new();
    let mut faults = Vec::new();
    for index in 0..document.length_at(&[]).unwrap_or(0) {
        let at = Path::root().index(index);
        let field = |key: &str| document.text_at(&at.key(key));
        let Some(name) = field("op") else {
            faults.push(("the operation has no `op`".to_owned(), text.place(&at)));
            continue;
        };
        let known = ["add", "remove", "replace", "move", "copy", "test"];
        if !known.contains(&name) {
            let near = luban_diagnostic::did_you_mean(name, known);
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            faults.push((
                format!("there is no operation `{name}`{near}"),
                text.place(&at.key("op")),
            ));
            continue;
        }
        let Some(pointer) = field("path") else {
            faults.push((format!("operation `{name}` has no `path`"), text.place(&at)));
            continue;
        };
        let Some(steps) = steps_of(pointer) else {
            faults.push((
                format!("path `{pointer}` does not begin with `/`"),
                text.place(&at.key("path")),
            ));
            continue;
        };
        if matches!(name, "move" | "copy") {
            match field("from").map(steps_of) {
                Some(Some(_)) => {}
                Some(None) => faults.push((
                    "`from` does not begin with `/`".to_owned(),
                    text.place(&at.key("from")),
                )),
                None => faults.push((format!("operation `{name}` has no `from`"), text.place(&at))),
            }
        }
        operations.push(Operation {
            name: name.to_owned(),
            steps,
            text: field("value").map(str::to_owned),
            at,
        });
    }
    (operations, faults)
}

fn steps_of(pointer: &str) -> Option<Vec<String>> {
    super::pointer::steps(pointer)
}
