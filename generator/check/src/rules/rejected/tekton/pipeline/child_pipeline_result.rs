use crate::tekton::pipeline::PipelineTask;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "child-pipeline-result",
    kinds: PIPELINES,
    title: "a result of a task that runs a Pipeline",
    why: "Results of a Pipeline that a task runs do not come back to the Pipeline around it yet.",
    fix: "Read a result of a task that runs a Task.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validatePipelineRefResultReferencesDisallowed`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: child
    pipelineSpec:
      tasks: [{name: a, taskRef: {resolver: git}}]
  - name: test
    taskRef: {resolver: git}
    params: [{name: image, value: $(tasks.⟦child⟧.results.image)}]
"#,
    ).flags(&[("enable-api-fields", "alpha")])],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: child
    pipelineSpec:
      tasks: [{name: a, taskRef: {resolver: git}}]
  - name: test
    runAfter: [child]
    taskRef: {resolver: git}
"#,
    ).flags(&[("enable-api-fields", "alpha")])],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        if !pipeline.ordinary().any(PipelineTask::runs_pipeline) {
            continue;
        }
        for task in &pipeline.tasks {
            for used in &task.results {
                let name = used.result.task;
                let other = pipeline.named(name, false);
                let Some(other) = other.filter(|other| other.runs_pipeline()) else {
                    continue;
                };
                let message = format!("task `{name}` runs a Pipeline, whose results do not come back");
                let place = pipelines.inside(&used.at.path(&task.path), used.result.task_span.clone());
                let finding = sink.finding(message).at(place);
                sink.push(finding.related("the task is here", pipelines.name_of(other)));
            }
        }
    }
}
