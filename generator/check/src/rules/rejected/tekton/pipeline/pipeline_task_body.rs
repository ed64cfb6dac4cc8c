use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-task-body",
    kinds: PIPELINES,
    title: "a task of a Pipeline that says nothing of what it runs",
    why: "A task runs one Task: `taskRef` names it, `taskSpec` has it in place. With alpha features, `pipelineRef` and `pipelineSpec` run a Pipeline.",
    fix: "Write one of these.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `PipelineTask.validateRefOrSpec`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: ⟦build⟧
    params: [{name: a, value: b}]
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
    for (_, task) in pipelines.tasks() {
        if task.task_ref.is_some() || task.task_spec.is_some() || task.runs_pipeline() {
            continue;
        }
        let fields = ["taskRef", "taskSpec", "pipelineRef", "pipelineSpec"];
        if fields.iter().any(|field| sink.is_misspelt(pipelines.entry, &task.path, field)) {
            continue;
        }
        let title = task.title();
        let message = format!("{title} runs nothing: it needs `taskRef` or `taskSpec`");
        sink.push(sink.finding(message).at(pipelines.name_of(task)));
    }
}
