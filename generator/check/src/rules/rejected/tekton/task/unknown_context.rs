use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-unknown-context",
    kinds: tekton::TASKS,
    title: "a variable of the run that there is not",
    why: "Of a TaskRun there are `name`, `namespace` and `uid`; of a task `name` and `retry-count`.",
    fix: "Correct the name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateTaskContextVariables`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', script: 'echo $(context.taskRun.⟦id⟧) $(context.task.⟦retry⟧)'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {image: 'alpine:3.23', script: 'echo $(context.taskRun.uid) $(context.task.retry-count) $(context.pipelineRun.x)'}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

const KNOWN: [(&str, &[&str]); 2] = [
    ("context.taskRun", &["name", "namespace", "uid"]),
    ("context.task", &["name", "retry-count"]),
];

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        for text in step.texts.iter().filter(|text| text.field != TextField::Other) {
            for (prefix, names) in KNOWN {
                for variable in tekton::variables(text.scalar.text(), prefix) {
                    let name = variable.name();
                    if names.contains(&&*name) || variable.has_too_many_parts() {
                        continue;
                    }
                    let near = did_you_mean(&name, names.iter().copied());
                    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                    let message = format!("`{prefix}` has no `{name}`: it has {}{near}", names.join(", "));
                    sink.push(sink.finding(message).at(text.scalar.place_of(variable.name_span())));
                }
            }
        }
    }
}
