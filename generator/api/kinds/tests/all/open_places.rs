//! Where the model takes any value, upstream does: each such place is listed with upstream's reason.

use std::collections::{BTreeMap, BTreeSet};

use luban_api::{KINDS, schema};
use serde_json::Value;

#[test]
fn every_place_that_takes_any_value_is_one_that_upstream_leaves_open() {
    let mut found = BTreeSet::new();
    for kind in KINDS
        .iter()
        .filter(|kind| !kind.upstream.starts_with("Kubernetes "))
    {
        let schema = schema(kind);
        fields(kind.name, &schema, &mut found);
        let definitions = schema.get("definitions").and_then(Value::as_object);
        for (name, definition) in definitions.into_iter().flatten() {
            // Kubernetes' own types are k8s-openapi's.
            if !name.starts_with("io.k8s.") {
                if is_open(definition) {
                    found.insert(name.clone());
                }
                fields(name, definition, &mut found);
            }
        }
    }
    let listed: BTreeMap<&str, &str> = include_str!("open_places/reasons.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(" | ").unwrap())
        .collect();
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(found, listed.keys().copied().collect::<Vec<_>>());
}

/// Adds the fields of a type that take any value, in lists and maps too.
fn fields(owner: &str, schema: &Value, found: &mut BTreeSet<String>) {
    let properties = schema.get("properties").and_then(Value::as_object);
    for (name, field) in properties.into_iter().flatten() {
        if has_open(field) {
            found.insert(format!("{owner}.{name}"));
        }
    }
}

fn has_open(schema: &Value) -> bool {
    let nested = ["items", "additionalProperties"];
    let choices = ["anyOf", "oneOf", "allOf"];
    is_open(schema)
        || nested
            .iter()
            .filter_map(|word| schema.get(word))
            .any(|inner| *inner != Value::Bool(false) && has_open(inner))
        || choices
            .iter()
            .filter_map(|word| schema.get(word)?.as_array())
            .flatten()
            .any(has_open)
}

/// Whether a schema allows anything, or any mapping.
fn is_open(schema: &Value) -> bool {
    let Some(fields) = schema.as_object() else {
        return *schema == Value::Bool(true);
    };
    let says = |key: &&String| !matches!(key.as_str(), "description" | "title" | "nullable");
    let mut keys = fields.keys().filter(says);
    let is_mapping = fields.get("type").is_some_and(|name| name == "object");
    keys.next().is_none()
        || fields.contains_key("x-kubernetes-embedded-resource")
        || is_mapping
            && !fields.contains_key("properties")
            && fields
                .get("additionalProperties")
                .is_none_or(|values| *values == Value::Bool(true))
}
