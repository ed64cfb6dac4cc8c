//! The stack, published by the program of the pods: BuildKit's part is played.

use super::super::access::Account;
use super::super::stage::Stage;
use super::workflows::executor;
use anyhow::{Context as _, Result};
use serde_json::{Value, json};

const TEMPLATE: &str = "publish-stack";

/// Publishes the stack, and once more when there is nothing to do.
pub(super) fn publish(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let objects = stage.objects;
    let template = objects.iter().find(|placed| {
        placed.object.kind() == "WorkflowTemplate" && placed.object.name() == TEMPLATE
    });
    let template = template.context("there is no template")?;
    let spec: Value = serde_json::to_value(&template.object.value["spec"])?;
    super::secrets::make(stage, &account.namespace, &spec)?;
    let arguments = spec.pointer("/templates/0/container/args");
    let arguments = arguments.and_then(Value::as_array).into_iter().flatten();
    let flag = |name: &str| {
        let mut words = arguments.clone().filter_map(Value::as_str);
        let value = words.find_map(|word| word.strip_prefix(name));
        value.with_context(|| format!("publish-stack has no `{name}`"))
    };
    let (compiled, stack) = (flag("--repository=")?, flag("--stack=")?);
    let here = format!("{}/acme/luban-stack", stage.registry.host);
    let base = format!("{}/acme/base", stage.registry.host);
    stage.registry.put(&base, "1", b"base")?;

    let sources = stage
        .cluster
        .object("v1", "ConfigMap", &account.namespace, "stack")?
        .context("there are no sources of the stack")?;
    let mut data = sources["data"].clone();
    for (name, text) in data.as_object_mut().into_iter().flatten() {
        let mut moved = text.as_str().unwrap_or_default().replace(compiled, &here);
        if name == "base.Dockerfile" {
            let lines = moved.lines().map(|line| match line.starts_with("FROM ") {
                true => format!("FROM {base}:1\n"),
                false => format!("{line}\n"),
            });
            moved = lines.collect();
        }
        *text = moved.into();
    }
    stage.cluster.merge(&sources, &json!({"data": data}))?;

    for time in ["with a new base", "with nothing new"] {
        let workflow = stage.make(&json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
            "metadata": {"generateName": "publish-stack-", "namespace": account.namespace},
            "spec": {"workflowTemplateRef": {"name": TEMPLATE}},
        }))?;
        let instead = [("--repository=".to_owned(), format!("--repository={here}"))];
        let outcome = stage.carry_out(&workflow, None, &instead)?;
        let now = stage
            .cluster
            .object("kpack.io/v1alpha2", "ClusterStack", "", stack)?
            .context("there is no ClusterStack")?;
        let image = now.pointer("/spec/runImage/image").and_then(Value::as_str);
        let is_there = image.is_some_and(|image| image.starts_with(&format!("{here}-run@sha256:")));
        let containers = outcome.ran.iter().flat_map(|ran| ran.containers());
        let log: String = containers.map(|ended| ended.log.as_str()).collect();
        let is_idle = log.contains("nothing to do: ClusterStack");
        let error =
            if outcome.status == "Succeeded" && is_there && is_idle == time.contains("nothing") {
                String::new()
            } else {
                format!("{}, and the stack runs {image:?}: {log}", outcome.status)
            };
        stage.tried(TEMPLATE, time, error);
    }
    executor(stage, account)
}
