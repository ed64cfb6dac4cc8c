//! A misspelt field, at any depth of any kind, is found where it stands.
//!
//! Each example of upstream is read once for each of its fields with that field misspelt. Maps whose keys are the user's
//! (labels, parameters of templates), and places where upstream takes anything, have no fields.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::examples::Examples;
use luban_api::{Kind, read, schema};
use luban_yaml::{Budget, Document, Path, parse};
use serde_json::Value;

#[test]
fn a_misspelt_field_is_found_at_its_line() {
    let Some(mut examples) = Examples::open(include_str!("misspelt/exceptions.txt")) else {
        return;
    };
    let schemas: RefCell<BTreeMap<String, Value>> = RefCell::default();
    let tried: RefCell<BTreeSet<String>> = RefCell::default();
    examples.each(|file, text| {
        let documents = parse(file, text.as_bytes(), &Budget::default()).unwrap_or_default();
        for document in &documents {
            let name = read(document).name;
            let Some(kind) = Kind::of(&name.api_version, &name.kind) else {
                continue;
            };
            let mut schemas = schemas.borrow_mut();
            let root = schemas
                .entry(kind.to_string())
                .or_insert_with(|| schema(kind));
            let (value, _) = luban_yaml::read::<Value>(document);
            let mut fields = Vec::new();
            known_fields(
                root,
                root,
                &value.unwrap_or_default(),
                &Path::root(),
                &mut fields,
            );
            for path in fields {
                // The same field of the same kind once: indexes do not matter.
                let place = format!("{kind} {}", without_indexes(&path));
                if tried.borrow_mut().insert(place) {
                    misspell(file, text, document, &path)?;
                }
            }
        }
        Ok(())
    });
    println!("{} fields were misspelt", tried.borrow().len());
    examples.finish();
}

/// Reads the file with one letter of the key at `path` doubled.
fn misspell(file: &str, text: &str, document: &Document, path: &Path) -> Result<(), String> {
    let place = document.locate_key(path).ok_or("a field has a place")?;
    let start = place.span.start.offset as usize;
    let letter = start + usize::from(text[start..].starts_with(['"', '\'']));
    let mut wrong = text.to_owned();
    let first = wrong[letter..].chars().next().ok_or("a key has letters")?;
    wrong.insert(letter, first);
    let documents = parse(file, wrong.as_bytes(), &Budget::default())
        .map_err(|findings| findings[0].message.clone())?;
    let is_found = documents
        .iter()
        .flat_map(|document| read(document).findings)
        .any(|finding| {
            finding.rule == "unknown-field"
                && finding
                    .place
                    .is_some_and(|found| found.span.start == place.span.start)
        });
    if is_found {
        Ok(())
    } else {
        Err(format!(
            "`{path}` is not missed at line {}",
            place.span.start.line
        ))
    }
}

/// The paths in `value` that are fields of known types by `schema`.
fn known_fields(root: &Value, schema: &Value, value: &Value, path: &Path, found: &mut Vec<Path>) {
    let schema = resolved(root, schema);
    match value {
        Value::Object(fields) => {
            let properties = schema.get("properties").and_then(Value::as_object);
            let is_closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
            for (name, value) in fields {
                let path = path.key(name);
                let below = match properties.and_then(|properties| properties.get(name)) {
                    Some(below) => {
                        // What an object is decides how it is read.
                        let is_name = matches!(name.as_str(), "apiVersion" | "kind");
                        if is_closed && !is_name {
                            found.push(path.clone());
                        }
                        Some(below)
                    }
                    None => schema.get("additionalProperties"),
                };
                if let Some(below) = below {
                    known_fields(root, below, value, &path, found);
                }
            }
        }
        Value::Array(items) => {
            if let Some(below) = schema.get("items") {
                for (index, value) in items.iter().enumerate() {
                    known_fields(root, below, value, &path.index(index), found);
                }
            }
        }
        _ => {}
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    let choices = ["allOf", "anyOf"];
    let choice = choices.iter().find_map(|word| schema.get(word)?.as_array());
    let reference = match choice {
        Some(choices) => choices.iter().find_map(|choice| choice.get("$ref")),
        None => schema.get("$ref"),
    };
    match reference.and_then(Value::as_str) {
        Some("#") => root,
        Some(path) => root.pointer(path.trim_start_matches('#')).unwrap_or(schema),
        None => schema,
    }
}

fn without_indexes(path: &Path) -> String {
    let shown = path.to_string();
    shown
        .split('[')
        .map(|part| match part.split_once(']') {
            Some((index, rest)) if index.bytes().all(|byte| byte.is_ascii_digit()) => rest,
            _ => part,
        })
        .collect()
}
