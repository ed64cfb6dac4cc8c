use luban_yaml::Path;

use crate::flags::ApiFields;
use crate::tekton::pipeline::{PipelineTask, Reference};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-unstable-field",
    kinds: PIPELINES,
    title: "a field of a Pipeline that needs a less stable `enable-api-fields` than the cluster has",
    why: "Features in beta and alpha are refused unless the ConfigMap `feature-flags` has `enable-api-fields: beta` (the default) or `alpha`.",
    fix: "Do without the field, or set the flag, in the cluster and for this check.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateBetaFields`, `validateRefOrSpec`, `ValidateOnError`, `validateMatrix`; pipelinerun_validation.go, `validateTaskRunSpec`; pkg/apis/config/featureflags_validation.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    ⟦pipelineSpec⟧:
      tasks: [{name: a, taskRef: {name: a, kind: Wait, apiVersion: example.dev/v1}}]
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {⟦resolver⟧: git}
    ⟦onError⟧: continue
    ⟦matrix⟧:
      params: [{name: os, value: [a, b]}]
"#,
    ).flags(&[("enable-api-fields", "stable")]), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: build}
  taskRunSpecs:
  - pipelineTaskName: build
    ⟦computeResources⟧: {requests: {cpu: '1'}}
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {name: build, kind: Wait, apiVersion: example.dev/v1}
"#,
    ).flags(&[("enable-api-fields", "stable")])],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    pipelineSpec:
      tasks: [{name: a, taskRef: {resolver: git}}]
"#,
    ).flags(&[("enable-api-fields", "alpha")])],
    check: Check::Pipeline(check),
    ..REJECTED
};

/// A field, and what it needs.
type Field = (Path, ApiFields);

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let mut fields: Vec<Field> = Vec::new();
    for (_, task) in pipelines.tasks() {
        of_task(pipelines, task, &mut fields);
    }
    if let Some(run) = &pipelines.run {
        if let Some(reference) = &run.pipeline_ref {
            of_reference(pipelines, &run.path.key("pipelineRef"), reference, &mut fields);
        }
        for task in &run.tasks {
            let is_given = |field: &&str| pipelines.entry.document.has_value(&task.path.key(field));
            let lists = task.lists.iter().map(|(field, _)| *field).filter(is_given);
            let resources = task.has_resources.then_some("computeResources");
            fields.extend(lists.chain(resources).map(|field| (task.path.key(field), ApiFields::Beta)));
        }
    }
    let has = pipelines.options.tekton.enable_api_fields;
    for (path, needs) in fields.into_iter().filter(|(_, needs)| *needs > has) {
        let (needs, has) = (name(needs), name(has));
        let message = format!("`{path}` needs `enable-api-fields: {needs}`, and the cluster has `{has}`");
        sink.push(sink.finding(message).at(pipelines.key(&path)));
    }
}

fn of_task(pipelines: &Pipelines<'_>, task: &PipelineTask<'_>, fields: &mut Vec<Field>) {
    if let Some(reference) = &task.task_ref {
        of_reference(pipelines, &task.path.key("taskRef"), reference, fields);
    }
    if let Some(reference) = &task.pipeline_ref {
        fields.push((task.path.key("pipelineRef"), ApiFields::Alpha));
        of_reference(pipelines, &task.path.key("pipelineRef"), reference, fields);
    }
    if task.has_pipeline_spec {
        fields.push((task.path.key("pipelineSpec"), ApiFields::Alpha));
    }
    if !task.on_error.is_empty() && !task.on_error.starts_with("$(params") {
        fields.push((task.path.key("onError"), ApiFields::Beta));
    }
    if task.is_matrixed() {
        fields.push((task.path.key("matrix"), ApiFields::Beta));
    }
}

fn of_reference(pipelines: &Pipelines<'_>, path: &Path, reference: &Reference<'_>, fields: &mut Vec<Field>) {
    let resolver = path.key("resolver");
    if !reference.resolver.is_empty() {
        fields.push((resolver, ApiFields::Beta));
    } else if pipelines.entry.document.has_value(&path.key("params")) {
        fields.push((path.key("params"), ApiFields::Beta));
    }
}

fn name(fields: ApiFields) -> &'static str {
    match fields {
        ApiFields::Stable => "stable",
        ApiFields::Beta => "beta",
        ApiFields::Alpha => "alpha",
    }
}
