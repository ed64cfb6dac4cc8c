//! A document's tree, in which a field can stand twice.

use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_yaml::Value;

/// A value of a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    Scalar(Value),
    List(Vec<Self>),
    /// Fields in their order.
    Map(Vec<(String, Self)>),
}

/// Where a value stands: the number of the field or item at each level.
pub(super) type Steps = Vec<usize>;

impl Node {
    /// Reads a text of one document.
    pub(super) fn read(text: &str) -> Result<Self, serde_yaml::Error> {
        let mut documents = serde_yaml::Deserializer::from_str(text);
        let first = documents.next().map(Value::deserialize).transpose()?;
        Ok(Self::of(first.unwrap_or_default()))
    }

    fn of(value: Value) -> Self {
        match value {
            Value::Sequence(items) => Self::List(items.into_iter().map(Self::of).collect()),
            Value::Mapping(fields) => {
                let name = |key: Value| match key {
                    Value::String(name) => name,
                    other => luban_yaml::to_string(&other)
                        .unwrap_or_default()
                        .trim_end()
                        .to_owned(),
                };
                let fields = fields.into_iter();
                Self::Map(
                    fields
                        .map(|(key, value)| (name(key), Self::of(value)))
                        .collect(),
                )
            }
            Value::Tagged(tagged) => Self::of(tagged.value),
            scalar => Self::Scalar(scalar),
        }
    }

    pub(super) fn text(text: &str) -> Self {
        Self::Scalar(text.into())
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// The text at the end of `keys`.
    #[cfg(test)]
    pub(super) fn text_at(&self, keys: &[&str]) -> Option<&str> {
        let end = keys.iter().try_fold(self, |node, key| match node {
            Self::Map(fields) => fields
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        });
        end?.as_text()
    }

    /// How many values stand in it.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Scalar(_) => 0,
            Self::List(items) => items.len(),
            Self::Map(fields) => fields.len(),
        }
    }

    /// The value that stands in it by this number.
    pub(super) fn child(&self, number: usize) -> Option<&Self> {
        match self {
            Self::Scalar(_) => None,
            Self::List(items) => items.get(number),
            Self::Map(fields) => fields.get(number).map(|(_, value)| value),
        }
    }

    pub(super) fn child_mut(&mut self, number: usize) -> Option<&mut Self> {
        match self {
            Self::Scalar(_) => None,
            Self::List(items) => items.get_mut(number),
            Self::Map(fields) => fields.get_mut(number).map(|(_, value)| value),
        }
    }

    /// The name of the field of this number, if it is one.
    pub(super) fn key(&self, number: usize) -> Option<&str> {
        match self {
            Self::Map(fields) => fields.get(number).map(|(name, _)| name.as_str()),
            _ => None,
        }
    }

    pub(super) fn at(&self, steps: &[usize]) -> Option<&Self> {
        steps.iter().try_fold(self, |node, step| node.child(*step))
    }

    pub(super) fn at_mut(&mut self, steps: &[usize]) -> Option<&mut Self> {
        steps
            .iter()
            .try_fold(self, |node, step| node.child_mut(*step))
    }

    /// `steps` as people write them: `spec.templates[0].name`.
    pub(super) fn shown(&self, steps: &[usize]) -> String {
        let mut shown = String::new();
        let mut node = Some(self);
        for step in steps {
            match node.and_then(|node| node.key(*step)) {
                Some(key) if shown.is_empty() => shown.push_str(key),
                Some(key) => shown.extend([".", key]),
                None => shown.push_str(&format!("[{step}]")),
            }
            node = node.and_then(|node| node.child(*step));
        }
        shown
    }

    /// The places of all values below it, from above.
    pub(super) fn places(&self) -> Vec<Steps> {
        let mut places: Vec<Steps> = Vec::new();
        let mut next: Vec<Steps> = vec![Steps::new()];
        while let Some(steps) = next.pop() {
            let count = self.at(&steps).map_or(0, Self::len);
            next.extend((0..count).rev().map(|number| {
                let mut below = steps.clone();
                below.push(number);
                below
            }));
            if !steps.is_empty() {
                places.push(steps);
            }
        }
        places
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(value) => value.serialize(serializer),
            Self::List(items) => items.serialize(serializer),
            Self::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_stands_twice_is_written_twice() {
        let mut node = Node::read("a: 1\nb: [x]\n").unwrap();
        let Node::Map(fields) = &mut node else {
            panic!("a mapping is a map")
        };
        fields.push(fields[0].clone());
        assert_eq!(
            luban_yaml::to_string(&node)
                .unwrap()
                .matches("a: 1")
                .count(),
            2
        );
    }

    #[test]
    fn places_are_shown_as_people_write_them() {
        let node = Node::read("spec: {steps: [{name: a}, {name: b}]}\n").unwrap();
        let shown: Vec<_> = node
            .places()
            .iter()
            .map(|steps| node.shown(steps))
            .collect();
        assert_eq!(
            shown,
            [
                "spec",
                "spec.steps",
                "spec.steps[0]",
                "spec.steps[0].name",
                "spec.steps[1]",
                "spec.steps[1].name"
            ]
        );
    }
}
