use crate::tekton::pipeline::{At, Given};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "finally-result-reference",
    kinds: PIPELINES,
    title: "a final task that reads a result of another final task",
    why: "Final tasks run side by side.",
    fix: "Read results of ordinary tasks only.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateTaskResultReferenceInFinallyTasks`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  finally:
  - name: report
    taskRef: {resolver: git}
  - name: notify
    taskRef: {resolver: git}
    params: [{name: url, value: $(tasks.⟦report⟧.results.url)}]
    when: [{input: '$(finally.⟦report⟧.results.ok)', operator: in, values: ['true']}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  finally:
  - name: report
    taskRef: {resolver: git}
    params: [{name: url, value: $(tasks.build.results.url)}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (pipeline, task) in pipelines.tasks().filter(|(_, task)| task.is_final) {
        let is_looked_at = |at: At<'_>| !matches!(at, At::Param(Given::Matrix(_) | Given::Include(..), _) | At::Step(..) | At::Sidecar(..));
        for used in task.results.iter().filter(|used| is_looked_at(used.at)) {
            let name = used.result.task;
            let Some(other) = pipeline.named(name, true) else {
                continue;
            };
            let message = format!("{} reads a result of final task `{name}`, which runs beside it", task.title());
            let place = pipelines.inside(&used.at.path(&task.path), used.result.task_span.clone());
            let finding = sink.finding(message).at(place);
            sink.push(finding.related("the other task is here", pipelines.name_of(other)));
        }
    }
}
