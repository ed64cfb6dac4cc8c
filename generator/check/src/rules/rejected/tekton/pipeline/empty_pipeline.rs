use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "empty-pipeline",
    kinds: PIPELINES,
    title: "a Pipeline with nothing in it",
    why: "There is nothing to run.",
    fix: "Write `tasks`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineSpec.Validate`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
⟦spec⟧: {}
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
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let entry = pipelines.entry;
    for pipeline in pipelines.all.iter().filter(|pipeline| pipeline.is_empty) {
        let path = &pipeline.path;
        let is_misspelt = ["tasks", "params", "workspaces"].iter().any(|field| sink.is_misspelt(entry, path, field));
        if is_misspelt {
            continue;
        }
        let message = if entry.document.has_value(path) {
            format!("`{path}` is empty: a Pipeline has `tasks`")
        } else {
            format!("`{path}` is missing: a Pipeline has `tasks`")
        };
        sink.push(sink.finding(message).at(pipelines.key(path)));
    }
}
