//! Verdicts of upstream's own code on objects that lack a field, hold an empty one or null.
//!
//! `tests/upstream/*.json` holds whole objects (`bases`) and changes of them (`cases`): the base, the place of the change as a
//! JSON pointer (none: as it is), what is done there (`drop`, `empty`, `null`) and what upstream says, empty if it accepts.
//! `argo_events.json`: argo-events v1.9.11, `ValidateSensor`, `ValidateEventSource`, `ValidateEventBus`, with a JetStream bus.
//! `triggers.json`: tekton triggers v0.37.0, `SetDefaults` and `Validate`. Recorded with the judges of `tests/conformance`.

use luban_check::{Family, Objects, Options, check, rule};
use luban_diagnostic::Severity;
use luban_yaml::{Budget, parse};
use serde_json::{Value, json};

fn changed(base: &Value, place: &str, change: &str) -> Value {
    let mut object = base.clone();
    let Some((parent, last)) = place.rsplit_once('/') else {
        return object;
    };
    let last = last.replace("~1", "/").replace("~0", "~");
    let parent = object.pointer_mut(parent).unwrap();
    if change == "drop" {
        match parent {
            Value::Object(fields) => drop(fields.shift_remove(&last).unwrap()),
            Value::Array(items) => drop(items.remove(last.parse().unwrap())),
            _ => panic!("{place} is in no collection"),
        }
        return object;
    }
    let value = match parent {
        Value::Object(fields) => fields.get_mut(&last).unwrap(),
        Value::Array(items) => items.get_mut(last.parse::<usize>().unwrap()).unwrap(),
        _ => panic!("{place} is in no collection"),
    };
    *value = match (change, &*value) {
        ("null", _) => Value::Null,
        (_, Value::String(_)) => json!(""),
        (_, Value::Array(_)) => json!([]),
        _ => json!({}),
    };
    object
}

/// Errors of rules about what upstream rejects.
fn errors(object: &Value) -> Vec<String> {
    let text = object.to_string();
    let documents = parse("object.yaml", text.as_bytes(), &Budget::default()).unwrap();
    let findings = check(&Objects::new(documents), &Options::default());
    let refused = findings.into_iter().filter(|finding| {
        // What only definitions ask for is not asked by the controllers' own code.
        finding.severity == Severity::Error
            && finding.rule != "missing-field"
            && rule(finding.rule).is_none_or(|rule| rule.family == Family::Rejected)
    });
    refused
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect()
}

fn compare(recorded: &str) {
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    let mut wrong = Vec::new();
    for case in recorded["cases"].as_array().unwrap() {
        let text = |at: usize| case[at].as_str().unwrap();
        let (base, place, change, said) = (text(0), text(1), text(2), text(3));
        let errors = errors(&changed(&recorded["bases"][base], place, change));
        if said.is_empty() != errors.is_empty() {
            wrong.push(format!(
                "{base} {change} {place}: upstream `{said}`, {errors:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

#[test]
fn objects_of_argo_events_are_refused_where_upstream_refuses_them() {
    compare(include_str!("upstream/argo_events.json"));
}

#[test]
fn objects_of_tekton_triggers_are_refused_where_upstream_refuses_them() {
    compare(include_str!("upstream/triggers.json"));
}
