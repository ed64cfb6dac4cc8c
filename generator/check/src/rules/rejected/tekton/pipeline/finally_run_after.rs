use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "finally-run-after",
    kinds: PIPELINES,
    title: "`runAfter` of a final task",
    why: "Final tasks run side by side when all others have ended.",
    fix: "Remove `runAfter`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateFinalTasks`",
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
    ⟦runAfter⟧: [build]
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
    for (_, task) in pipelines.tasks().filter(|(_, task)| task.is_final && !task.run_after.is_empty()) {
        let path = task.path.key("runAfter");
        let message = format!("{} cannot say what it runs after: final tasks run when all others have ended", task.title());
        sink.push(sink.finding(message).at(pipelines.key(&path)));
    }
}
