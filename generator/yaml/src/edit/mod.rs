//! Changes to a text that leave the rest of it as it is, byte for byte: comments, order, quotes, blank lines.

mod splice;
mod value;

use luban_diagnostic::Finding;
use serde::Serialize;
use thiserror::Error;

use crate::budget::Budget;
use crate::document::Document;
use crate::parse::parse;
use crate::path::{Path, PathSegment};
use crate::write::{WriteError, to_string};
use splice::{Place, Splice};
use value::Value;

/// Why a text is not changed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EditError {
    /// The text is no YAML, has mistakes, or is not one document.
    #[error("the text is not one YAML document without mistakes{}", first(.0))]
    Text(Vec<Finding>),
    /// Nothing stands at the path.
    #[error("there is nothing at `{0}` to change")]
    Missing(Path),
    /// An alias or a merge key brings the value.
    #[error("what stands at `{0}` is written in another place")]
    Elsewhere(Path),
    /// The value cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The text would say something else than it should.
    #[error("`{0}` is written in a way that cannot be changed without changing more")]
    Unsafe(Path),
}

fn first(findings: &[Finding]) -> String {
    findings
        .first()
        .map_or_else(String::new, |finding| format!(": {}", finding.message))
}

/// One YAML document that is being changed.
///
/// Each change is checked: the new text is parsed and must say what the old one said but for the change; otherwise the text
/// stays as it was.
///
/// ```
/// use luban_yaml::{Editor, Path};
///
/// let text = "images:\n# the shop\n- name: shop\n  newTag: '1'  # released\n";
/// let mut editor = Editor::new("kustomization.yaml", text).unwrap();
/// let images = Path::root().key("images");
/// let shop = editor
///     .position(&images, |image| image.text("name") == Some("shop"))
///     .unwrap();
/// editor.set(&images.index(shop).key("newTag"), "2").unwrap();
/// editor.set(&images.index(shop).key("newName"), "registry/shop").unwrap();
/// assert_eq!(
///     editor.text(),
///     "images:\n# the shop\n- name: shop\n  newTag: '2'  # released\n  newName: registry/shop\n"
/// );
/// ```
#[derive(Debug)]
pub struct Editor {
    file: String,
    document: Document,
}

/// An item of a list, to find it by its fields.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    document: &'a Document,
    path: &'a Path,
}

impl<'a> Item<'a> {
    /// The text of the scalar in a field.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<&'a str> {
        self.document.text_at(&self.path.key(field))
    }

    /// The text of the item itself, if it is a scalar.
    #[must_use]
    pub fn own_text(&self) -> Option<&'a str> {
        self.document.text_at(self.path)
    }
}

impl Editor {
    /// Begins with a text of exactly one document; `file` is its path as findings show it.
    ///
    /// # Errors
    ///
    /// [`EditError::Text`]
    pub fn new(file: &str, text: &str) -> Result<Self, EditError> {
        let document = document(file, text)?;
        Ok(Self {
            file: file.to_owned(),
            document,
        })
    }

    /// The text as it is now.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.document.source.text
    }

    /// The document as it is now.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The number of the first item of the list at `list` that `is_meant`.
    pub fn position(&self, list: &Path, is_meant: impl Fn(Item<'_>) -> bool) -> Option<usize> {
        (0..self.document.length_at(list)?).find(|index| {
            is_meant(Item {
                document: &self.document,
                path: &list.index(*index),
            })
        })
    }

    /// Puts `value` in the place of what stands at `path`; a last key that is missing is added behind the others of its mapping.
    ///
    /// # Errors
    ///
    /// [`EditError::Missing`] if there is nothing to add the last key to; all others but [`EditError::Text`].
    pub fn set<T: Serialize + ?Sized>(&mut self, path: &Path, value: &T) -> Result<(), EditError> {
        let value = self.value(value)?;
        let mut intended = Value::of(&self.document);
        intended
            .set(path, value.clone())
            .ok_or_else(|| EditError::Missing(path.clone()))?;
        let splice = match Place::find(&self.document, path) {
            Some(place) => place.replace(&value),
            None => self.addition(path, |parent, key| parent.add_pair(key, &value)),
        };
        self.apply(splice, path, &intended)
    }

    /// Puts `value` behind the items of the list at `list`; nothing (`images:`) becomes a list.
    ///
    /// # Errors
    ///
    /// [`EditError::Missing`] if there is no list; all others but [`EditError::Text`].
    pub fn append<T: Serialize + ?Sized>(
        &mut self,
        list: &Path,
        value: &T,
    ) -> Result<(), EditError> {
        let value = self.value(value)?;
        let mut intended = Value::of(&self.document);
        let missing = || EditError::Missing(list.clone());
        intended.append(list, value.clone()).ok_or_else(missing)?;
        let place = Place::find(&self.document, list).ok_or_else(missing)?;
        let splice = match self.document.length_at(list) {
            Some(1..) => place.add_item(&value),
            _ => place.replace(&Value::List(vec![value])),
        };
        self.apply(splice, list, &intended)
    }

    /// Takes away what stands at `path`, with the comment behind it; comments before it stay.
    ///
    /// # Errors
    ///
    /// [`EditError::Missing`] if there is nothing; all others but [`EditError::Text`].
    pub fn remove(&mut self, path: &Path) -> Result<(), EditError> {
        let mut intended = Value::of(&self.document);
        let missing = || EditError::Missing(path.clone());
        intended.remove(path).ok_or_else(missing)?;
        let place = Place::find(&self.document, path).ok_or_else(missing)?;
        let parent: Path = match path.split_last() {
            Some((_, parent)) => parent.to_vec().into(),
            None => return Err(missing()),
        };
        let splice = match intended.at(&parent) {
            // A block of nothing cannot be written.
            Some(empty) if empty.is_empty() => {
                Place::find(&self.document, &parent).and_then(|parent| parent.replace(empty))
            }
            _ => place.remove(),
        };
        self.apply(splice, path, &intended)
    }

    /// What is written of a value, as it is read again.
    fn value<T: Serialize + ?Sized>(&self, value: &T) -> Result<Value, EditError> {
        Ok(Value::of(&document(&self.file, &to_string(value)?)?))
    }

    fn addition(
        &self,
        path: &Path,
        add: impl FnOnce(&Place<'_>, &str) -> Option<Splice>,
    ) -> Option<Splice> {
        let (PathSegment::Key(key), parent) = path.split_last()? else {
            return None;
        };
        let parent: Path = parent.to_vec().into();
        let parent = Place::find(&self.document, &parent)?;
        add(&parent, key)
    }

    fn apply(
        &mut self,
        splice: Option<Splice>,
        path: &Path,
        intended: &Value,
    ) -> Result<(), EditError> {
        let splice = splice.ok_or_else(|| EditError::Elsewhere(path.clone()))?;
        let text = splice
            .applied(self.text())
            .ok_or_else(|| EditError::Unsafe(path.clone()))?;
        let changed = document(&self.file, &text).map_err(|_| EditError::Unsafe(path.clone()))?;
        if Value::of(&changed) != *intended {
            return Err(EditError::Unsafe(path.clone()));
        }
        self.document = changed;
        Ok(())
    }
}

/// The one document of a text.
fn document(file: &str, text: &str) -> Result<Document, EditError> {
    let mut documents =
        parse(file, text.as_bytes(), &Budget::default()).map_err(EditError::Text)?;
    match (documents.pop(), documents.is_empty()) {
        (Some(document), true) if document.findings().is_empty() => Ok(document),
        (Some(document), true) => Err(EditError::Text(document.findings().to_vec())),
        _ => Err(EditError::Text(Vec::new())),
    }
}
