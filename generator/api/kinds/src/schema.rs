//! JSON Schema of each kind, for editors and for validators that take schemas.

use luban_api_core::k8s_openapi::Resource;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::Kind;

/// The schema of a type as schemars has it.
pub(crate) fn of<K: JsonSchema + Resource>() -> Schema {
    SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<K>()
}

/// The JSON Schema (draft 7) of a kind: as strict as reading, so a field that upstream lacks is not allowed.
#[must_use]
pub fn schema(kind: &Kind) -> Value {
    let mut schema = (kind.schema)().to_value();
    strict(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.insert("title".to_owned(), json!(kind.to_string()));
        let properties = root.entry("properties").or_insert_with(|| json!({}));
        if let Value::Object(properties) = properties {
            for (field, constant) in [("apiVersion", kind.api_version), ("kind", kind.name)] {
                properties.insert(
                    field.to_owned(),
                    json!({"type": "string", "const": constant}),
                );
            }
        }
    }
    schema
}

/// Closes every mapping of known fields, and drops what only says that a field may be left out.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            close(fields);
            for (name, field) in fields.iter_mut() {
                match field {
                    // Names of fields and definitions are no keywords.
                    Value::Object(named) if name == "properties" => {
                        named.values_mut().for_each(strict);
                    }
                    Value::Object(named) if name == "definitions" => {
                        named.values_mut().for_each(close_empty);
                        named.values_mut().for_each(strict);
                    }
                    Value::Object(_) | Value::Array(_) => strict(field),
                    _ => {}
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

/// Closes a type without fields, which says no more than that it is a mapping.
fn close_empty(schema: &mut Value) {
    if let Value::Object(fields) = schema
        && fields.get("type").is_some_and(|name| name == "object")
        && fields
            .keys()
            .all(|key| key == "type" || key == "description")
    {
        fields.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}

fn close(fields: &mut Map<String, Value>) {
    fields.remove("default");
    let is_open = fields.keys().any(|key| {
        key == "additionalProperties"
            || key == "x-kubernetes-embedded-resource"
            || key == "x-kubernetes-preserve-unknown-fields"
    });
    if fields.get("properties").is_some_and(Value::is_object) && !is_open {
        fields.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    if fields.remove("x-kubernetes-int-or-string").is_some()
        || fields
            .get("format")
            .is_some_and(|format| format == "int-or-string")
    {
        fields.remove("format");
        fields.insert("type".to_owned(), json!(["integer", "string"]));
    }
}
