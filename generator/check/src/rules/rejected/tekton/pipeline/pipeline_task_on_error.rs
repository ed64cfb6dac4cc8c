use crate::tekton::is_placeholder;

use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-task-on-error",
    kinds: PIPELINES,
    title: "`onError` of a task of a Pipeline that cannot be",
    why: "What a failure means is `stopAndFail` or `continue`; a task that may fail is not tried again.",
    fix: "Write `stopAndFail` or `continue`; with `continue`, remove `retries`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.ValidateOnError`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    onError: ⟦ignore⟧
  - name: test
    taskRef: {resolver: git}
    onError: ⟦continue⟧
    retries: 2
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: mode}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    onError: $(params.mode)
    retries: 2
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        let path = task.path.key("onError");
        let place = pipelines.value(&path);
        match task.on_error {
            "" | "stopAndFail" => {}
            other if other.starts_with("$(params") || is_placeholder(other) => {}
            "continue" if task.retries > 0 => {
                let message = format!("{} has retries, so that it cannot go on after a failure", task.title());
                let finding = sink.finding(message).at(place);
                let retries = pipelines.value(&task.path.key("retries"));
                sink.push(finding.related("the retries are here", retries));
            }
            "continue" => {}
            other => {
                let near = meant(other, ["continue", "stopAndFail"]);
                let message = format!("`{path}` cannot be `{other}`: it is `stopAndFail` or `continue`{near}");
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}
