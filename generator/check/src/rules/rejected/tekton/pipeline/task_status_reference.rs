use crate::tekton::pipeline::{At, Given, PipelineTask, meant, references};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-status-reference",
    kinds: PIPELINES,
    title: "the status of a task where it is not known",
    why: "Only final tasks can ask how other tasks ended, `$(tasks.build.status)`, `$(tasks.build.reason)`, or all together, `$(tasks.status)`.",
    fix: "Ask in a final task, for a task in `tasks`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateExecutionStatusVariables`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
  - name: test
    taskRef: {resolver: git}
    params: [{name: status, value: ⟦$(tasks.build.status)⟧}]
    when: [{input: ⟦$(tasks.status)⟧, operator: in, values: [Succeeded]}]
  finally:
  - name: report
    taskRef: {resolver: git}
    params: [{name: status, value: $(tasks.⟦biuld⟧.status)}, {name: why, value: $(tasks.⟦report⟧.reason)}]
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
    params: [{name: status, value: $(tasks.build.status)}]
    when: [{input: $(tasks.status), operator: in, values: [Failed]}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (pipeline, task) in pipelines.tasks() {
        // Upstream looks neither at matrices nor at values that hold a result too.
        for texts in groups(task) {
            let all = || texts.iter().flat_map(|(path, text)| references(text).map(move |it| (path, it)));
            if all().any(|(_, reference)| reference.looks_like_result()) {
                continue;
            }
            for (path, reference) in all() {
                let Some(status) = reference.status() else {
                    continue;
                };
                let path = path.path(&task.path);
                if !task.is_final {
                    let message = format!("`{}` is known to final tasks only, and {} is none", reference.body, task.title());
                    sink.push(sink.finding(message).at(pipelines.inside(&path, reference.span)));
                    // One is enough for each parameter and condition.
                    break;
                }
                if status.task.is_empty() || pipeline.named(status.task, false).is_some() {
                    continue;
                }
                let name = status.task;
                let what = if pipeline.task(name).is_some() {
                    "a final task, whose status is not known".to_owned()
                } else {
                    let near = meant(name, pipeline.ordinary().map(|task| task.name));
                    format!("which does not exist{near}")
                };
                let message = format!("`{}` asks for task `{name}`, {what}", reference.body);
                sink.push(sink.finding(message).at(pipelines.inside(&path, status.span)));
            }
        }
    }
}

/// The texts of each parameter and each condition.
fn groups<'a>(task: &PipelineTask<'a>) -> Vec<Vec<(At<'a>, &'a str)>> {
    let mut groups: Vec<Vec<(At<'a>, &'a str)>> = Vec::new();
    let mut last = None;
    for (at, text) in task.texts() {
        let group = match at {
            At::Param(Given::Params(param), _) => (false, param),
            At::WhenInput(when) | At::WhenValue(when, _) | At::WhenCel(when) => (true, when),
            _ => continue,
        };
        match groups.last_mut().filter(|_| last == Some(group)) {
            Some(texts) => texts.push((at, text)),
            None => groups.push(vec![(at, text)]),
        }
        last = Some(group);
    }
    groups
}
