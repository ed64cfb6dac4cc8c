//! Objects that a Sensor creates, as they are after an event filled them in.

use super::document::{Object, list_at, text_at, value_at};
use super::runs::{SAMPLE, set_metadata};
use anyhow::Result;
use serde_yaml::{Mapping, Value};

/// What the API server adds to `generateName`.
const SUFFIX: &str = "00000";

/// The objects that the triggers of `sensor` create, and those that are created in place of them when they fail; none if it is no Sensor.
///
/// # Errors
/// When an object cannot be written as YAML.
pub(crate) fn created_by(sensor: &Object) -> Result<Vec<Object>> {
    let mut objects = Vec::new();
    if sensor.group() != "argoproj.io" || sensor.kind() != "Sensor" {
        return Ok(objects);
    }
    let triggers = list_at(&sensor.value, &["spec", "triggers"])
        .iter()
        .flat_map(|trigger| [Some(trigger), trigger.get("dlqTrigger")])
        .flatten();
    for trigger in triggers {
        for kind in ["k8s", "argoWorkflow"] {
            // Other operations name or change an object that is there.
            let operation = text_at(trigger, &["template", kind, "operation"]).unwrap_or("create");
            let Some(resource) = value_at(trigger, &["template", kind, "source", "resource"])
            else {
                continue;
            };
            if !matches!(operation, "create" | "update" | "submit") {
                continue;
            }
            let mut resource = resource.clone();
            for parameter in list_at(trigger, &["template", kind, "parameters"]) {
                fill(&mut resource, parameter);
            }
            complete(&mut resource, sensor.namespace());
            let trigger = text_at(trigger, &["template", "name"]).unwrap_or_default();
            objects.push(Object::made(
                format!("{}: trigger {trigger}", sensor.path),
                resource,
            )?);
        }
    }
    Ok(objects)
}

/// Puts sample text where `parameter` puts something of the event.
fn fill(resource: &mut Value, parameter: &Value) {
    let Some(place) = text_at(parameter, &["dest"]).and_then(|path| make_place(resource, path))
    else {
        return;
    };
    let before = place.as_str().unwrap_or_default();
    let filled = match text_at(parameter, &["operation"]) {
        Some("append") => format!("{before}{SAMPLE}"),
        Some("prepend") => format!("{SAMPLE}{before}"),
        _ => SAMPLE.to_owned(),
    };
    *place = filled.into();
}

/// The value at a path of github.com/tidwall/sjson, which a Sensor's `dest` is; what is missing on the way is made.
fn make_place<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    segments(path)
        .into_iter()
        .try_fold(value, |value, segment| {
            if let Value::Sequence(items) = value {
                let index = if segment == "-1" {
                    items.len()
                } else {
                    segment.parse().ok()?
                };
                if index == items.len() {
                    items.push(Value::Null);
                }
                return items.get_mut(index);
            }
            if value.is_null() {
                *value = Mapping::new().into();
            }
            Some(
                value
                    .as_mapping_mut()?
                    .entry(segment.into())
                    .or_insert(Value::Null),
            )
        })
}

/// The segments of a path, parted by dots that no backslash stands before.
fn segments(path: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        match (character, segments.last_mut()) {
            ('.', _) => segments.push(String::new()),
            ('\\', Some(segment)) => segment.extend(characters.next()),
            (_, Some(segment)) => segment.push(character),
            (_, None) => {}
        }
    }
    segments
}

/// Adds what the sensor and the API server add: the sensor's namespace, and a name made of `generateName`.
fn complete(resource: &mut Value, namespace: Option<&str>) {
    if let (Some(namespace), None) = (namespace, text_at(resource, &["metadata", "namespace"])) {
        set_metadata(resource, "namespace", namespace);
    }
    let prefix = text_at(resource, &["metadata", "generateName"]).map(str::to_owned);
    if let (Some(prefix), None) = (prefix, text_at(resource, &["metadata", "name"])) {
        set_metadata(resource, "name", &format!("{prefix}{SUFFIX}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn created(trigger: &str) -> Vec<Object> {
        let text = format!(
            "apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {{name: s, namespace: events}}\nspec:\n  triggers:\n  - {trigger}"
        );
        created_by(&Object::read("s.yaml", &text).unwrap()[0]).unwrap()
    }

    #[test]
    fn what_an_event_fills_in_is_filled_in() {
        let objects = created(
            "template:\n      name: dispatch\n      k8s:\n        source:\n          resource:\n            apiVersion: v1\n            \
             kind: ConfigMap\n            metadata: {generateName: event-}\n            data: {list: [a]}\n        parameters:\n        \
             - {dest: data.list.0}\n        - {dest: data.list.-1}\n        - {dest: 'data.a\\.b', operation: append}\n",
        );
        let expected = "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: event-, namespace: events, name: event-00000}, \
                        data: {list: [sample, sample], a.b: sample}}";
        assert_eq!(
            objects[0].value,
            serde_yaml::from_str::<Value>(expected).unwrap()
        );
        assert_eq!(objects[0].path, "s.yaml: trigger dispatch");
    }

    #[test]
    fn a_namespace_and_a_name_that_are_there_stay() {
        let objects = created(
            "template: {name: t, argoWorkflow: {source: {resource: {kind: Workflow, metadata: {name: web, namespace: other}}}}}\n",
        );
        assert_eq!(
            objects[0].text,
            "kind: Workflow\nmetadata:\n  name: web\n  namespace: other\n"
        );
    }

    #[test]
    fn a_trigger_that_changes_an_object_creates_none() {
        assert!(created("template: {name: t, k8s: {operation: patch, source: {resource: {kind: Workflow}}}}\n").is_empty());
    }

    #[test]
    fn a_trigger_of_another_kind_creates_nothing() {
        assert!(created("template: {name: t, http: {url: https://example.com}}\n").is_empty());
    }
}
