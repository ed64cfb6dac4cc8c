use crate::tasks::Tasks;
use luban_yaml::Cursor;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-step-timeout",
    title: "a timeout of a step that is longer than that of its task",
    why: "The task's timeout ends it first, so that the step's own never does.",
    fix: "Give the step less time than the task, or the task more.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/taskrun/taskrun.go, pkg/entrypoint/entrypointer.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once}
spec:
  timeout: 10m
  taskSpec:
    steps:
    - name: build
      image: 'ghcr.io/acme/build:1.4.2'
      timeout: ⟦1h⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: once}
spec:
  timeout: 1h
  taskSpec:
    steps:
    - name: build
      image: 'ghcr.io/acme/build:1.4.2'
      timeout: 10m
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        let Some(task) = body.timeout else {
            continue;
        };
        let Some(limit) = duration(task).filter(|limit| *limit > 0) else {
            continue;
        };
        for step in &body.steps {
            let Some(timeout) = step.node.get("timeout") else {
                continue;
            };
            if duration(timeout).is_some_and(|timeout| timeout > limit) {
                let (own, whole) = (timeout.text().unwrap_or_default(), task.text().unwrap_or_default());
                let message = format!("`{own}` is never reached: the task ends after `{whole}`");
                let finding = sink.finding(message).at(Some(timeout.place()));
                sink.push(finding.related("the task's timeout", Some(task.place())));
            }
        }
    }
}

fn duration(node: Cursor<'_>) -> Option<i64> {
    luban_expression::duration::parse(node.text()?).ok()
}
