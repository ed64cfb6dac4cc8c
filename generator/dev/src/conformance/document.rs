//! YAML documents that are objects.

use anyhow::{Context as _, Result};
use serde_yaml::Value;

/// An object and where it was found.
#[derive(Clone, Debug)]
pub(crate) struct Object {
    /// Path in the set, with what led to the object if it is not a file's own.
    pub(crate) path: String,
    /// The document as it was written.
    pub(crate) text: String,
    /// What `text` says.
    pub(crate) value: Value,
}

impl Object {
    /// Reads the documents of `text`; those that are no objects, of comments alone or without kind, are left out.
    ///
    /// # Errors
    /// When a document is no YAML.
    pub(crate) fn read(path: &str, text: &str) -> Result<Vec<Self>> {
        let mut objects = Vec::new();
        for document in split(text) {
            let value: Value =
                serde_yaml::from_str(document).with_context(|| format!("`{path}` is no YAML"))?;
            let object = Self {
                path: path.to_owned(),
                text: document.to_owned(),
                value,
            };
            if !object.api_version().is_empty() && !object.kind().is_empty() {
                objects.push(object);
            }
        }
        Ok(objects)
    }

    /// An object that was made of another's content: its text is written by Luban's own writer, as dispatch does.
    ///
    /// # Errors
    /// When the value cannot be written as YAML.
    pub(crate) fn made(path: String, value: Value) -> Result<Self> {
        let text =
            luban_yaml::to_string(&value).with_context(|| format!("cannot write `{path}`"))?;
        Ok(Self { path, text, value })
    }

    pub(crate) fn api_version(&self) -> &str {
        text_at(&self.value, &["apiVersion"]).unwrap_or_default()
    }

    /// The API group; empty for the core one.
    pub(crate) fn group(&self) -> &str {
        self.api_version()
            .split_once('/')
            .map_or("", |(group, _)| group)
    }

    pub(crate) fn kind(&self) -> &str {
        text_at(&self.value, &["kind"]).unwrap_or_default()
    }

    /// Its name, or what its name begins with.
    pub(crate) fn name(&self) -> &str {
        text_at(&self.value, &["metadata", "name"])
            .or_else(|| text_at(&self.value, &["metadata", "generateName"]))
            .unwrap_or_default()
    }

    pub(crate) fn namespace(&self) -> Option<&str> {
        text_at(&self.value, &["metadata", "namespace"])
    }

    /// Kind and name.
    pub(crate) fn label(&self) -> String {
        format!("{}/{}", self.kind(), self.name())
    }
}

/// The text at the end of `keys`.
pub(crate) fn text_at<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a str> {
    value_at(value, keys).and_then(Value::as_str)
}

/// The value at the end of `keys`.
pub(crate) fn value_at<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().try_fold(value, |value, key| value.get(key))
}

/// The items of the list at the end of `keys`; none if there is no list.
pub(crate) fn list_at<'a>(value: &'a Value, keys: &[&str]) -> &'a [Value] {
    value_at(value, keys)
        .and_then(Value::as_sequence)
        .map_or(&[], Vec::as_slice)
}

/// The documents of a YAML file, without the lines that separate them.
fn split(text: &str) -> Vec<&str> {
    let mut documents = Vec::new();
    let (mut start, mut position) = (0, 0);
    for line in text.split_inclusive('\n') {
        let end = position + line.len();
        let content = line.trim_end();
        if content == "---" || content.starts_with("--- ") {
            documents.push(&text[start..position]);
            // What follows the marker on its line belongs to the document.
            start = if content == "---" {
                end
            } else {
                position + "---".len()
            };
        }
        position = end;
    }
    documents.push(&text[start..]);
    documents.retain(|document| {
        document
            .lines()
            .any(|line| !line.trim().is_empty() && !line.starts_with('#'))
    });
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_several_documents_is_split_at_the_markers_alone() {
        let text = "# head\n---\na: |\n  ---\n  x\n--- # second\nb: 1\n---\n# nothing\n";
        assert_eq!(split(text), ["a: |\n  ---\n  x\n", " # second\nb: 1\n"]);
    }

    #[test]
    fn a_document_without_kind_is_no_object() {
        let objects = Object::read(
            "x.yaml",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n---\nresources: []\n",
        )
        .unwrap();
        assert_eq!(
            objects.iter().map(Object::label).collect::<Vec<_>>(),
            ["Secret/a"]
        );
    }
}
