//! Types whose YAML is not a mapping of known fields.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

use crate::WorkflowStep;

/// Steps that run at the same time; a list inside the list of `steps`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ParallelSteps(pub Vec<WorkflowStep>);

impl From<WorkflowStep> for ParallelSteps {
    fn from(step: WorkflowStep) -> Self {
        ParallelSteps(vec![step])
    }
}

impl From<Vec<WorkflowStep>> for ParallelSteps {
    fn from(steps: Vec<WorkflowStep>) -> Self {
        ParallelSteps(steps)
    }
}

/// An element of `withItems`: a string, number, boolean, list or mapping. Upstream keeps it as it is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Item(pub Value);

impl<T: Into<Value>> From<T> for Item {
    fn from(value: T) -> Self {
        Item(value.into())
    }
}

/// A call of an executor plugin: in YAML a mapping with the plugin's name as its only key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plugin {
    /// The plugin, by the name that its sidecar answers to.
    pub name: String,
    /// What the plugin wants to know, in its own words.
    pub configuration: Value,
}

impl Serialize for Plugin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut mapping = serializer.serialize_map(Some(1))?;
        mapping.serialize_entry(&self.name, &self.configuration)?;
        mapping.end()
    }
}

impl<'de> Deserialize<'de> for Plugin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OneKey)
    }
}

struct OneKey;

impl<'de> Visitor<'de> for OneKey {
    type Value = Plugin;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a mapping with the plugin's name as its only key")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut mapping: A) -> Result<Plugin, A::Error> {
        let Some((name, configuration)) = mapping.next_entry::<String, Value>()? else {
            return Err(A::Error::custom(
                "a plugin is one key, the plugin's name; there is none",
            ));
        };
        let mut names = vec![name.clone()];
        while let Some((further, _)) = mapping.next_entry::<String, Value>()? {
            names.push(further);
        }
        match names.as_slice() {
            [_] => Ok(Plugin {
                name,
                configuration,
            }),
            _ => Err(A::Error::custom(format_args!(
                "a plugin is one key, the plugin's name; there are `{}`",
                names.join("`, `")
            ))),
        }
    }
}

/// A number as it is written, whole or not: the bound of a histogram's bucket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Amount(pub Number);

impl Default for Amount {
    fn default() -> Self {
        Amount(Number::from(0))
    }
}

impl From<i64> for Amount {
    fn from(whole: i64) -> Self {
        Amount(Number::from(whole))
    }
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::Plugin;

    impl JsonSchema for Plugin {
        fn schema_name() -> Cow<'static, str> {
            "Plugin".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({"type": "object", "minProperties": 1, "maxProperties": 1})
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json, to_value};

    use super::{Amount, Item, ParallelSteps, Plugin};
    use crate::{Template, WorkflowStep};

    #[test]
    fn a_plugin_is_its_name_and_what_it_wants_to_know() {
        let written = json!({"slack": {"text": "done", "tries": 3}});
        let plugin: Plugin = from_value(written.clone()).unwrap();
        assert_eq!(plugin.name, "slack");
        assert_eq!(plugin.configuration, json!({"text": "done", "tries": 3}));
        assert_eq!(to_value(plugin).unwrap(), written);
    }

    #[test]
    fn a_plugin_without_a_name_or_with_two_is_refused() {
        let none = from_value::<Plugin>(json!({})).unwrap_err().to_string();
        assert!(none.contains("there is none"), "{none}");
        let two = from_value::<Plugin>(json!({"slack": {}, "mail": {}}));
        let two = two.unwrap_err().to_string();
        assert!(two.contains("there are `slack`, `mail`"), "{two}");
        let text = from_value::<Plugin>(json!("slack"))
            .unwrap_err()
            .to_string();
        assert!(text.contains("only key"), "{text}");
    }

    #[test]
    fn an_item_of_any_shape_is_kept() {
        for value in [
            json!("a"),
            json!(1),
            json!(1.5),
            json!(true),
            json!([1, [2]]),
            json!({"a": {"b": []}}),
        ] {
            let item: Item = from_value(value.clone()).unwrap();
            assert_eq!(item, Item(value.clone()));
            assert_eq!(to_value(item).unwrap(), value);
        }
    }

    #[test]
    fn steps_are_lists_of_lists() {
        let written =
            json!({"name": "main", "steps": [[{"name": "a"}, {"name": "b"}], [{"name": "c"}]]});
        let template: Template = from_value(written.clone()).unwrap();
        let counts: Vec<usize> = template.steps.iter().map(|group| group.0.len()).collect();
        assert_eq!(counts, [2, 1]);
        assert_eq!(to_value(&template).unwrap(), written);
        assert!(from_value::<Template>(json!({"steps": [{"name": "a"}]})).is_err());
    }

    #[test]
    fn one_step_is_a_group_of_its_own() {
        let step = WorkflowStep {
            name: Some("a".to_owned()),
            ..WorkflowStep::default()
        };
        assert_eq!(ParallelSteps::from(step.clone()).0, [step]);
    }

    #[test]
    fn bounds_of_buckets_are_numbers() {
        let written = json!([2, 4.5, -1]);
        let bounds: Vec<Amount> = from_value(written.clone()).unwrap();
        assert_eq!(bounds.first(), Some(&Amount::from(2)));
        assert_eq!(to_value(bounds).unwrap(), written);
        for wrong in [json!("2"), json!(true), Value::Null] {
            assert!(from_value::<Amount>(wrong).is_err());
        }
    }
}
