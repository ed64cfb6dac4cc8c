use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-array-not-alone",
    kinds: tekton::WITH_STEPS,
    title: "an array with something beside it in one argument",
    why: "The argument becomes as many as the array has elements, so that nothing else can stand in it.",
    fix: "Give the array an argument of its own, or use an element, `$(params.x[0])`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateArrayUsage`; pkg/substitution/substitution.go, `ValidateVariableReferenceIsIsolated`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: files, type: array}]
  steps:
  - {image: 'alpine:3.23', command: [make], args: ['--files=⟦$(params.files[*])⟧']}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: files, type: array}]
  steps:
  - {image: 'alpine:3.23', command: [make], args: [--files, '$(params.files[*])', '-x$(params.files[0])']}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for (arrays, texts) in view.texts() {
        for text in texts.iter().filter(|text| text.field.takes_arrays()) {
            let whole = text.scalar.text();
            let variables = tekton::variables(whole, "params");
            let is_alone = variables.first().is_some_and(|first| first.span == (0..whole.len()));
            for variable in variables.into_iter().filter(|_| !is_alone) {
                let name = variable.as_array();
                if arrays.contains(name) && !variable.has_too_many_parts() {
                    let message = format!("array `{name}` has to stand alone in an element of `{}`", text.field.name());
                    sink.push(sink.finding(message).at(text.scalar.place_of(variable.span)));
                }
            }
        }
    }
}
