use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "finally-without-tasks",
    kinds: PIPELINES,
    title: "final tasks without any others",
    why: "Final tasks run when the others have ended, so that there must be others.",
    fix: "Put the tasks into `tasks`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateTasksAndFinallySection`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  ⟦finally⟧:
  - name: build
    taskRef: {resolver: git}
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
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        if pipeline.tasks.is_empty() || pipeline.ordinary().next().is_some() {
            continue;
        }
        let path = pipeline.path.key("finally");
        if !sink.is_misspelt(pipelines.entry, &pipeline.path, "tasks") {
            let message = "final tasks need tasks that run before them: there are no `tasks`";
            sink.push(sink.finding(message).at(pipelines.key(&path)));
        }
    }
}
