//! Objects of every kind, made up from its JSON Schema: what is written is read as it was, and written the same again.

use luban_api::{KINDS, Kind, Object, read, schema};
use luban_diagnostic::{Severity, concise};
use luban_yaml::{Budget, parse, to_string};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

/// Objects that are made up of each kind.
const CASES: u32 = 12;

#[test]
fn objects_of_every_kind_survive_writing_and_reading() {
    let mut failures = Vec::new();
    for kind in KINDS {
        let root = schema(kind);
        let mut runner = TestRunner::new(Config {
            cases: CASES,
            failure_persistence: None,
            ..Config::default()
        });
        let result = runner.run(&any::<u64>(), |seed| {
            let value = Maker {
                root: &root,
                state: seed | 1,
            }
            .object(kind);
            survives(kind, &value).map_err(TestCaseError::fail)
        });
        if let Err(error) = result {
            failures.push(format!("{kind}: {error}"));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn survives(kind: &Kind, value: &Value) -> Result<(), String> {
    let first = object(&to_string(value).map_err(|error| error.to_string())?)?;
    let text = to_string(&first).map_err(|error| error.to_string())?;
    let second = object(&text)?;
    if second != first {
        return Err(format!("read otherwise than it was written:\n{text}"));
    }
    if second.row().map(ToString::to_string) != Some(kind.to_string()) {
        return Err("read as another kind".to_owned());
    }
    let again = to_string(&second).map_err(|error| error.to_string())?;
    if again != text {
        return Err(format!("written otherwise:\n{text}\n{again}"));
    }
    // A reader that is not ours.
    let theirs: Value = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
    let ours = serde_json::to_value(&first).map_err(|error| error.to_string())?;
    if theirs != ours {
        return Err(format!("serde_yaml reads {theirs}, not {ours}"));
    }
    Ok(())
}

fn object(text: &str) -> Result<Object, String> {
    let documents = parse("made-up.yaml", text.as_bytes(), &Budget::default())
        .map_err(|findings| concise(&findings))?;
    let document = documents.first().ok_or("no document")?;
    let read = read(document);
    let errors: Vec<_> = read
        .findings
        .into_iter()
        // A schema does not say which fields exclude each other.
        .filter(|finding| finding.severity == Severity::Error && finding.rule != "one-of")
        .collect();
    if !errors.is_empty() {
        return Err(format!("{}\n{text}", concise(&errors)));
    }
    read.object.ok_or_else(|| "nothing was read".to_owned())
}

/// Makes values that a schema allows (xorshift).
struct Maker<'a> {
    root: &'a Value,
    state: u64,
}

/// Texts that writers get wrong.
const TEXTS: &[&str] = &[
    "",
    "a",
    "yes",
    "on",
    "null",
    "~",
    "0777",
    "1e3",
    "12:30",
    "1_000",
    "{{x}}",
    "$(params.a)",
    "- a",
    "a: b",
    "a #b",
    " a",
    "a ",
    "a\n",
    "a\n\n",
    "\na",
    " a\nb",
    "a\tb",
    "#",
    "!",
    "&a",
    "*a",
    "|",
    "%",
    "@",
    "`",
    "'",
    "\"",
    "\\",
    "<<",
    "=",
    "---",
    "...",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\r",
    "\u{7}",
    "😀",
    "ä: ö",
];

impl Maker<'_> {
    fn next(&mut self, below: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % below.max(1) as u64).unwrap_or(0)
    }

    fn text(&mut self) -> String {
        TEXTS[self.next(TEXTS.len())].to_owned()
    }

    fn object(&mut self, kind: &Kind) -> Value {
        let mut value = self.value(self.root, 0);
        if let Value::Object(fields) = &mut value {
            fields.insert("apiVersion".to_owned(), json!(kind.api_version));
            fields.insert("kind".to_owned(), json!(kind.name));
        }
        value
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
            let target = match path {
                "#" => self.root,
                path => self
                    .root
                    .pointer(path.trim_start_matches('#'))
                    .expect("a reference has a target"),
            };
            return self.value(target, depth);
        }
        for word in ["anyOf", "oneOf", "allOf"] {
            if let Some(choices) = schema.get(word).and_then(Value::as_array) {
                let index = self.next(choices.len());
                return self.value(&choices[index], depth);
            }
        }
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let index = self.next(values.len());
            return values[index].clone();
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) if name == "null" => return Value::Null,
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(Value::as_str)
                .filter(|name| *name != "null")
                .collect(),
            _ => Vec::new(),
        };
        let index = self.next(types.len());
        match types.get(index).copied() {
            Some("string") => self.string(schema),
            Some("integer") => json!(self.next(1000)),
            Some("number") => json!(self.next(1000) as f64 / 8.0),
            Some("boolean") => json!(self.next(2) == 0),
            Some("array") => {
                let count = if depth > 7 { 0 } else { self.next(3) };
                let items = schema.get("items").unwrap_or(&Value::Null);
                (0..count).map(|_| self.value(items, depth + 1)).collect()
            }
            Some("object") => self.mapping(schema, depth),
            _ => json!(self.text()),
        }
    }

    fn string(&mut self, schema: &Value) -> Value {
        match schema.get("format").and_then(Value::as_str) {
            Some("date-time") => json!("2026-01-02T03:04:05Z"),
            Some("byte") => json!("aGk="),
            _ => json!(self.text()),
        }
    }

    fn mapping(&mut self, schema: &Value, depth: usize) -> Value {
        let mut fields = Map::new();
        if schema.get("x-kubernetes-embedded-resource").is_some() {
            return json!({"apiVersion": "example.com/v1", "kind": "Unknown", "a": self.text()});
        }
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, field) in properties.into_iter().flatten() {
            // Deep values stay small, so that recursion ends.
            let wanted = if depth > 5 {
                0
            } else {
                40usize.saturating_sub(6 * depth)
            };
            if required.contains(&name.as_str()) || self.next(100) < wanted {
                fields.insert(name.clone(), self.value(field, depth + 1));
            }
        }
        match schema.get("additionalProperties") {
            Some(values) if values.is_object() && depth < 8 => {
                for _ in 0..self.next(3) {
                    let key = self.text();
                    fields.insert(key, self.value(values, depth + 1));
                }
            }
            _ => {}
        }
        if schema.get("minProperties").is_some() {
            fields.insert(self.text(), json!({}));
        }
        Value::Object(fields)
    }
}
