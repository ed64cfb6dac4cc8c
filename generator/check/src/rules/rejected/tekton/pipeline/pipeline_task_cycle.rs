use luban_diagnostic::Place;

use crate::tekton::pipeline::PipelineTask;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-task-cycle",
    kinds: PIPELINES,
    title: "tasks of a Pipeline that wait for each other",
    why: "None of them could ever begin. A task waits for those in `runAfter`, and for those whose results it reads.",
    fix: "Remove one of the references.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateGraph`; pkg/reconciler/pipeline/dag/dag.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: a
    runAfter: [⟦b⟧]
    taskRef: {resolver: git}
  - name: b
    taskRef: {resolver: git}
    params: [{name: x, value: $(tasks.a.results.x)}]
  - name: c
    runAfter: [⟦c⟧]
    taskRef: {resolver: git}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: a
    taskRef: {resolver: git}
  - name: b
    runAfter: [a]
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        for cycle in &pipeline.graph.cycles {
            let tasks: Vec<&PipelineTask<'_>> = cycle.iter().filter_map(|at| pipeline.tasks.get(*at)).collect();
            let (Some(first), Some(next)) = (tasks.first(), tasks.get(1).or(tasks.first())) else {
                continue;
            };
            let mut names: Vec<&str> = tasks.iter().map(|task| task.name).collect();
            names.push(first.name);
            let message = match names.as_slice() {
                [name, _] => format!("task `{name}` waits for itself"),
                names => format!("tasks wait for each other in a cycle: {}", names.join(" -> ")),
            };
            let mut finding = sink.finding(message).at(link(pipelines, first, next.name));
            let nexts = tasks.iter().skip(2).chain([first]);
            for (task, next) in tasks.iter().skip(1).zip(nexts) {
                finding = finding.related("through this", link(pipelines, task, next.name));
            }
            sink.push(finding);
        }
    }
}

/// The place at which a task says that it waits for another.
fn link(pipelines: &Pipelines<'_>, task: &PipelineTask<'_>, other: &str) -> Option<Place> {
    if let Some(at) = task.run_after.iter().position(|name| name == other) {
        return pipelines.value(&task.path.key("runAfter").index(at));
    }
    let used = task.results.iter().find(|used| used.result.task == other)?;
    pipelines.inside(&used.at.path(&task.path), used.result.task_span.clone())
}
