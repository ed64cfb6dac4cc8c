//! Where a value is in a document, by names and numbers.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// One step down from a mapping or a sequence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathSegment {
    /// To the value of a key.
    Key(Arc<str>),
    /// To an item, from 0.
    Index(usize),
}

/// The way from a document's root to a value, shown as `spec.templates[2].container`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<PathSegment>);

impl Path {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The value of `key` in the mapping here.
    #[must_use]
    pub fn key(&self, key: impl AsRef<str>) -> Self {
        self.step(PathSegment::Key(key.as_ref().into()))
    }

    /// The item `index`, from 0, of the sequence here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(PathSegment::Index(index))
    }

    fn step(&self, segment: PathSegment) -> Self {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        Self(segments)
    }
}

impl Deref for Path {
    type Target = [PathSegment];

    fn deref(&self) -> &[PathSegment] {
        &self.0
    }
}

impl From<Vec<PathSegment>> for Path {
    fn from(segments: Vec<PathSegment>) -> Self {
        Self(segments)
    }
}

impl fmt::Display for Path {
    /// `spec.steps[0]`, and `labels["app.kubernetes.io/name"]` for a key that is no plain name.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (depth, segment) in self.0.iter().enumerate() {
            match segment {
                PathSegment::Index(index) => write!(formatter, "[{index}]")?,
                PathSegment::Key(key) if is_name(key) => {
                    formatter.write_str(if depth == 0 { "" } else { "." })?;
                    formatter.write_str(key)?;
                }
                PathSegment::Key(key) => write!(formatter, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key
            .chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '$'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_shown_as_people_write_it() {
        let path = Path::root()
            .key("spec")
            .key("templates")
            .index(2)
            .key("labels")
            .key("a.b/c")
            .key("x");
        assert_eq!(path.to_string(), "spec.templates[2].labels[\"a.b/c\"].x");
        assert_eq!(Path::root().to_string(), "");
    }
}
