//! Objects without what their types add.

use luban_yaml::{Document, read};
use serde_json::{Map, Value};

use crate::Object;

/// The object of a document as JSON, without the empty fields that its type writes though the document leaves them out: a
/// patch names no containers that it does not change. None if there are no such fields.
///
/// # Errors
///
/// Only if the object has a mapping whose keys are no strings.
pub fn as_written(
    document: &Document,
    object: &Object,
) -> Result<Option<Value>, serde_json::Error> {
    let (source, _) = read::<Value>(document);
    let mut value = serde_json::to_value(object)?;
    let mut is_changed = false;
    if let (Some(Value::Object(source)), Value::Object(fields)) = (source, &mut value) {
        // A kustomization may leave out what it is.
        let own = |key: &str| key == "apiVersion" || key == "kind";
        is_changed = prune(fields, &source, own);
    }
    Ok(is_changed.then_some(value))
}

/// Removes empty fields that `source` lacks, save those that are kept; whether there were any.
fn prune(
    fields: &mut Map<String, Value>,
    source: &Map<String, Value>,
    keep: fn(&str) -> bool,
) -> bool {
    let before = fields.len();
    fields.retain(|key, value| source.contains_key(key) || keep(key) || !is_empty(value));
    let mut is_changed = fields.len() != before;
    for (key, value) in fields {
        if let Some(source) = source.get(key) {
            is_changed |= prune_value(value, source);
        }
    }
    is_changed
}

fn prune_value(value: &mut Value, source: &Value) -> bool {
    match (value, source) {
        (Value::Object(fields), Value::Object(source)) => prune(fields, source, |_| false),
        (Value::Array(items), Value::Array(source)) if items.len() == source.len() => items
            .iter_mut()
            .zip(source)
            .fold(false, |is_changed, (item, source)| {
                prune_value(item, source) | is_changed
            }),
        _ => false,
    }
}

/// What a type starts with.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.values().all(is_empty),
    }
}
