//! Runs as dispatch creates them: compiled templates with their declared parameters filled in.

use super::document::{Object, text_at};
use anyhow::{Context as _, Result, bail};
use luban_compile::{Context, RunTemplate, parameter, runs};
use serde_yaml::{Mapping, Value};

/// The commit that each run builds.
const REVISION: &str = "960ef4fb6190de6aa8b394bf2f0d552ee67675c3";
/// `refs/heads/main` in base64.
const REF: &str = "cmVmcy9oZWFkcy9tYWlu";
/// What stands for ten hex digits of the event's hash in the name of a run.
const EVENT: &str = "0123456789";
/// Text of any other parameter.
pub(crate) const SAMPLE: &str = "sample";

/// Every run that dispatch can create, or the reason why it is none.
///
/// # Errors
/// When the compiler itself is wrong.
pub(crate) fn filled_runs(context: &Context<'_>) -> Result<Vec<Result<Object>>> {
    let mut filled = Vec::new();
    for (project, application) in context.platform().applications() {
        for template in runs(context, project, application)? {
            let occasion = template.occasion.as_str();
            let path = format!("run {}/{} on {occasion}", project.name, application.name);
            let name = format!("{}-{EVENT}", application.name);
            filled.push(
                fill(&template, &name)
                    .with_context(|| path.clone())
                    .and_then(|value| Object::made(path, value)),
            );
        }
    }
    Ok(filled)
}

/// The object of `template` under `name`, with a value for each parameter that dispatch fills in.
fn fill(template: &RunTemplate, name: &str) -> Result<Value> {
    let mut value: Value = serde_yaml::from_str(&template.text)?;
    if text_at(&value, &["kind"]) != Some(template.kind) {
        bail!("the template is no {}", template.kind);
    }
    set_metadata(&mut value, "name", name);
    if text_at(&value, &["metadata", "namespace"]).is_none() {
        set_metadata(&mut value, "namespace", &template.namespace);
    }
    let declared = match template.kind {
        "Workflow" => value
            .get_mut("spec")
            .and_then(|spec| spec.get_mut("arguments")?.get_mut("parameters")),
        "PipelineRun" => value
            .get_mut("spec")
            .and_then(|spec| spec.get_mut("params")),
        kind => bail!("a run is a Workflow or a PipelineRun, not a {kind}"),
    };
    let mut declared = declared.and_then(Value::as_sequence_mut);
    for parameter in &template.parameters {
        let items = declared
            .iter_mut()
            .flat_map(|items| items.iter_mut())
            .filter_map(Value::as_mapping_mut);
        let item = items
            .into_iter()
            .find(|item| item.get("name").and_then(Value::as_str) == Some(parameter));
        match item {
            Some(item) => item.insert("value".into(), sample(parameter).into()),
            None => bail!(
                "parameter `{parameter}` is not declared by the {}",
                template.kind
            ),
        };
    }
    Ok(value)
}

fn sample(parameter: &str) -> &'static str {
    match parameter {
        parameter::REVISION => REVISION,
        parameter::REF => REF,
        _ => SAMPLE,
    }
}

/// Sets a text of an object's metadata.
pub(crate) fn set_metadata(value: &mut Value, key: &str, text: &str) {
    if let Some(object) = value.as_mapping_mut() {
        let metadata = object
            .entry("metadata".into())
            .or_insert_with(|| Mapping::new().into());
        if let Some(metadata) = metadata.as_mapping_mut() {
            metadata.insert(key.into(), text.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use luban_compile::Occasion;

    fn template(kind: &'static str, parameters: &[&'static str], text: &str) -> RunTemplate {
        RunTemplate {
            occasion: Occasion::Release,
            kind,
            namespace: "shop-ci".into(),
            parameters: parameters.to_vec(),
            text: text.into(),
        }
    }

    fn yaml(text: &str) -> Value {
        serde_yaml::from_str(text).unwrap()
    }

    #[test]
    fn a_workflow_gets_its_name_its_namespace_and_its_parameters_and_keeps_the_rest() {
        let text = "kind: Workflow\nmetadata: {labels: {a: b}}\nspec:\n  arguments:\n    parameters:\n    - name: revision\n    \
                    - {name: ref, value: ''}\n    - {name: other, value: kept}\n  workflowTemplateRef: {name: build}\n";
        let filled = fill(
            &template("Workflow", &["revision", "ref"], text),
            "web-0123456789",
        )
        .unwrap();
        let expected = format!(
            "kind: Workflow\nmetadata: {{labels: {{a: b}}, name: web-0123456789, namespace: shop-ci}}\nspec:\n  arguments:\n    \
             parameters:\n    - {{name: revision, value: {REVISION}}}\n    - {{name: ref, value: {REF}}}\n    \
             - {{name: other, value: kept}}\n  workflowTemplateRef: {{name: build}}\n"
        );
        assert_eq!(filled, yaml(&expected));
    }

    #[test]
    fn a_pipeline_run_keeps_the_namespace_that_it_has() {
        let text = "kind: PipelineRun\nmetadata: {namespace: other}\nspec: {params: [{name: delivery, value: ''}]}\n";
        let filled = fill(
            &template("PipelineRun", &["delivery"], text),
            "web-0123456789",
        )
        .unwrap();
        let expected = "kind: PipelineRun\nmetadata: {namespace: other, name: web-0123456789}\n\
                        spec: {params: [{name: delivery, value: sample}]}\n";
        assert_eq!(filled, yaml(expected));
    }

    #[test]
    fn a_parameter_that_the_run_does_not_declare_is_said() {
        let text = "kind: PipelineRun\nspec: {params: [{name: revision}]}\n";
        let error = fill(&template("PipelineRun", &["ref"], text), "web").unwrap_err();
        assert_eq!(
            error.to_string(),
            "parameter `ref` is not declared by the PipelineRun"
        );
    }
}
