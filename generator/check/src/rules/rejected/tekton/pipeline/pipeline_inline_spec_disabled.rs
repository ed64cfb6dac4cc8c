use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-inline-spec-disabled",
    kinds: PIPELINES,
    title: "a Task or Pipeline in place, where the cluster allows none",
    why: "The flag `disable-inline-spec` lists the kinds that may only refer to Tasks and Pipelines, so that what runs is reviewed apart.",
    fix: "Refer to a Task or Pipeline by name or resolver.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateEnabledInlineSpec`; pipelinerun_validation.go, `PipelineRunSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    ⟦taskSpec⟧:
      steps: [{name: a, image: 'alpine:3.23'}]
"#,
    ).flags(&[("disable-inline-spec", "pipeline")]), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  ⟦pipelineSpec⟧:
    tasks: [{name: a, taskRef: {resolver: git}}]
"#,
    ).flags(&[("disable-inline-spec", "taskrun,pipelinerun")])],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      steps: [{name: a, image: 'alpine:3.23'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let flags = &pipelines.options.tekton;
    let mut found = Vec::new();
    if !flags.may_embed_in("pipeline") {
        for (_, task) in pipelines.tasks() {
            found.extend(task.task_spec.is_some().then(|| task.path.key("taskSpec")));
            found.extend(task.has_pipeline_spec.then(|| task.path.key("pipelineSpec")));
        }
    }
    if !flags.may_embed_in("pipelinerun") {
        let runs = pipelines.run.iter().filter(|run| run.has_pipeline_spec);
        found.extend(runs.map(|run| run.path.key("pipelineSpec")));
    }
    for path in found {
        let message = format!("`{path}` is not allowed: `disable-inline-spec` is `{}`", flags.disable_inline_spec);
        sink.push(sink.finding(message).at(pipelines.key(&path)));
    }
}
