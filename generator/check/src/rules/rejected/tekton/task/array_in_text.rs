use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-array-in-text",
    kinds: tekton::WITH_STEPS,
    title: "an array where one text belongs",
    why: "A whole array becomes several elements, which only `command` and `args` have.",
    fix: "Use an element, `$(params.x[0])`, or give the array in `args`: a script has it as `\"$@\"` then.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateArrayUsage`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: files, type: array}]
  steps:
  - image: alpine:3.23
    script: make ⟦$(params.files[*])⟧
    env: [{name: FILES, value: ⟦$(params.files)⟧}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: files, type: array}]
  steps:
  - image: alpine:3.23
    script: make \"$@\" $(params.files[0])
    args: ['$(params.files[*])']
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for (arrays, texts) in view.texts() {
        let texts = texts.iter().filter(|text| !text.field.takes_arrays() && !matches!(text.field, TextField::Other | TextField::OnError));
        for text in texts {
            for variable in tekton::variables(text.scalar.text(), "params") {
                let name = variable.as_array();
                if arrays.contains(name) && !variable.has_too_many_parts() {
                    let message = format!("array `{name}` cannot be put into {}: only `command` and `args` take a whole array", text.field.called());
                    sink.push(sink.finding(message).at(text.scalar.place_of(variable.span)));
                }
            }
        }
    }
}
