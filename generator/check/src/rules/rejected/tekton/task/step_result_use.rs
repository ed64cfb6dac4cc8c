use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-step-result-use",
    kinds: tekton::TASKS,
    title: "a result of a step where none is put in",
    why: "Results of earlier steps are put into `env`, `command` and `args` when the step starts; everywhere else they stay as they are written.",
    fix: "Give the result to the step in `env` or `args`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `validateStepResultReference`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {name: a, image: 'alpine:3.23'}
  - name: b
    image: ⟦$(steps.a.results.image)⟧
    script: echo ⟦$(steps.a.results.image)⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {name: a, image: 'alpine:3.23'}
  - name: b
    image: alpine:3.23
    env: [{name: IMAGE, value: $(steps.a.results.image)}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        let takes = |field| matches!(field, TextField::Command | TextField::Args | TextField::Env | TextField::OnError);
        for text in step.texts.iter().filter(|text| !takes(text.field)) {
            for span in tekton::results_of_steps(text.scalar.text()) {
                let message = format!("a result of a step is not put into {}: use it in `env`, `command` or `args`", text.field.called());
                sink.push(sink.finding(message).at(text.scalar.place_of(span)));
            }
        }
    }
}
