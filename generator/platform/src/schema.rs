//! The JSON Schema of `platform.yaml`, for editors.

use crate::input::Document;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// Marks what must be there. Every field of the input has a default, so that all that is missing is found at once;
/// schemars takes that for "may be missing".
const REQUIRED: &str = "x-required";

/// The JSON Schema (draft 2020-12) of `platform.yaml`, as pretty JSON with one newline at its end.
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<Document>()
        .to_value();
    mark_required(&mut schema);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Turns the marks of properties into the lists that JSON Schema has for them.
fn mark_required(node: &mut Value) {
    if let Value::Array(items) = node {
        items.iter_mut().for_each(mark_required);
    }
    let Value::Object(object) = node else { return };
    let mut required = Vec::new();
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        for (name, property) in properties {
            if let Value::Object(property) = property
                && property.shift_remove(REQUIRED).is_some()
            {
                present(property);
                required.push(Value::String(name.clone()));
            }
        }
    }
    if !required.is_empty() {
        object.insert("required".to_owned(), Value::Array(required));
    }
    object.values_mut().for_each(mark_required);
}

/// A property that is there is not null and needs no default.
fn present(property: &mut Map<String, Value>) {
    property.shift_remove("default");
    if let Some(Value::Array(types)) = property.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            property.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(options)) = property.get_mut("anyOf") {
        options.retain(|option| option.get("type").is_none_or(|kind| kind != "null"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_there_is_required_and_nothing_else() {
        let schema: Value = serde_json::from_str(&schema()).unwrap();
        let required = |pointer: &str| schema.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(
            required("/required"),
            serde_json::json!(["apiVersion", "kind", "metadata", "spec"])
        );
        assert_eq!(
            required("/$defs/Gitops/required"),
            serde_json::json!(["repository"])
        );
        assert_eq!(required("/$defs/Cluster/required"), Value::Null);
        assert!(!schema.to_string().contains(REQUIRED));
    }
}
