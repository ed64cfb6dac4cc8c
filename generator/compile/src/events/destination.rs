//! Where in an object a Sensor writes a value: found in the typed object by name, so that no list's order is relied on.

use crate::CompileError;
use k8s_openapi::api::core::v1::ConfigMap;
use luban_api_argo_workflows::Workflow;

/// The value of argument `parameter` of `workflow`, as sjson writes a path: `spec.arguments.parameters.3.value`.
///
/// # Errors
/// When the workflow has no such argument.
pub(super) fn argument(workflow: &Workflow, parameter: &str) -> Result<String, CompileError> {
    let arguments = workflow.spec.arguments.iter();
    let index = arguments
        .flat_map(|arguments| &arguments.parameters)
        .position(|declared| declared.name == parameter)
        .ok_or_else(|| {
            let template = workflow.spec.workflow_template_ref.as_ref();
            CompileError::UndeclaredParameter {
                template: template
                    .and_then(|template| template.name.clone())
                    .unwrap_or_default(),
                parameter: parameter.to_owned(),
            }
        })?;
    Ok(format!("spec.arguments.parameters.{index}.value"))
}

/// The value of `key` of `config_map`, as sjson writes a path: `data.ref`.
///
/// # Errors
/// When the ConfigMap has no such key.
pub(super) fn entry(config_map: &ConfigMap, key: &str) -> Result<String, CompileError> {
    let data = config_map.data.as_ref();
    if data.is_some_and(|data| data.contains_key(key)) {
        Ok(format!("data.{key}"))
    } else {
        Err(CompileError::UndeclaredParameter {
            template: config_map
                .metadata
                .generate_name
                .clone()
                .unwrap_or_default(),
            parameter: key.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use luban_api_argo_workflows::{Arguments, Parameter, WorkflowSpec};

    fn workflow(names: &[&str]) -> Workflow {
        let parameters = names.iter().map(|name| Parameter {
            name: (*name).to_owned(),
            ..Parameter::default()
        });
        Workflow {
            spec: WorkflowSpec {
                arguments: Some(Arguments {
                    parameters: parameters.collect(),
                    ..Arguments::default()
                }),
                ..WorkflowSpec::default()
            },
            ..Workflow::default()
        }
    }

    /// Defect W10: fields of an event went to arguments by their number in a list.
    #[test]
    fn a_reordered_argument_list_cannot_miswire() {
        let one = workflow(&["kind", "ref", "after"]);
        assert_eq!(
            argument(&one, "ref").unwrap(),
            "spec.arguments.parameters.1.value"
        );
        let other = workflow(&["after", "kind", "sender", "ref"]);
        assert_eq!(
            argument(&other, "ref").unwrap(),
            "spec.arguments.parameters.3.value"
        );
    }

    #[test]
    fn a_value_that_the_target_does_not_declare_is_an_error() {
        assert!(argument(&workflow(&["kind"]), "ref").is_err());
        assert!(entry(&ConfigMap::default(), "ref").is_err());
    }
}
