//! What the webhooks of other projects write into objects before the server asks their schemas: none of them runs here.

use super::super::document::Object;
use anyhow::Result;
use serde_yaml::Value;

/// The object as its project's webhook leaves it. Tekton's reads and writes it as its own types do (knative.dev/pkg
/// `resourcesemantics/defaulting`, `roundTripPatch`), where `mountPath` of a step's workspace is always written, if empty; its schema
/// requires it.
///
/// # Errors
/// When the object cannot be written.
pub(super) fn completed(object: &Object) -> Result<String> {
    if object.group() != "tekton.dev" {
        return Ok(object.text.clone());
    }
    let mut value = object.value.clone();
    complete(&mut value);
    Ok(serde_yaml::to_string(&value)?)
}

fn complete(value: &mut Value) {
    match value {
        Value::Mapping(mapping) => {
            for (key, value) in mapping.iter_mut() {
                if matches!(key.as_str(), Some("steps" | "sidecars")) {
                    value
                        .as_sequence_mut()
                        .into_iter()
                        .flatten()
                        .for_each(mount);
                }
                complete(value);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(complete),
        _ => {}
    }
}

fn mount(container: &mut Value) {
    let workspaces = container
        .get_mut("workspaces")
        .and_then(Value::as_sequence_mut);
    for workspace in workspaces.into_iter().flatten() {
        if let Some(workspace) = workspace.as_mapping_mut() {
            workspace
                .entry("mountPath".into())
                .or_insert_with(|| "".into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workspace_of_a_step_gets_the_path_that_tekton_writes_and_that_of_a_task_does_not() {
        let text = "apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  workspaces: [{name: a}]\n  \
                    steps: [{name: s, workspaces: [{name: a}, {name: b, mountPath: /b}]}]\n";
        let completed = completed(&Object::read("t.yaml", text).unwrap()[0]).unwrap();
        let expected = text.replace(
            "workspaces: [{name: a},",
            "workspaces: [{name: a, mountPath: ''},",
        );
        let value = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        assert_eq!(value(&completed), value(&expected));
    }
}
