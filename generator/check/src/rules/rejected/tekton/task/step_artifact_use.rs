use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-step-artifact-use",
    kinds: tekton::TASKS,
    title: "an artifact of a step where none is put in",
    why: "Artifacts of steps are put into `env`, `command`, `args` and `script`; everywhere else they stay as they are written.",
    fix: "Use the artifact in one of these fields.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `validateStepArtifactsReference`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {name: a, image: 'alpine:3.23'}
  - name: b
    image: alpine:3.23
    workingDir: ⟦$(steps.a.outputs.source)⟧
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
    script: echo $(steps.a.outputs.source)
",
    ).flags(&[("enable-artifacts", "true")])],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for step in view.tasks.iter().flat_map(|task| &task.steps) {
        for text in step.texts.iter().filter(|text| !text.field.takes_artifacts()) {
            for span in tekton::artifacts_of_steps(text.scalar.text()) {
                let message = format!(
                    "an artifact of a step is not put into {}: use it in `env`, `command`, `args` or `script`",
                    text.field.called()
                );
                sink.push(sink.finding(message).at(text.scalar.place_of(span)));
            }
        }
    }
}
