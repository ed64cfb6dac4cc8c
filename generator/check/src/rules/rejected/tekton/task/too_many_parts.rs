use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-too-many-parts",
    kinds: tekton::WITH_STEPS,
    title: "a variable with more parts than Tekton takes",
    why: "`$(params.object.key)` has all the parts that there are. Dots of a name belong into brackets.",
    fix: "Write `$(params[\"a.b.c\"])` for a name with dots.",
    source: "tektoncd/pipeline v1.15 pkg/substitution/substitution.go, `ExtractVariablesFromString`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a.b.c}]
  steps:
  - {image: 'alpine:3.23', script: 'echo ⟦$(params.a.b.c)⟧ ⟦$(context.taskRun.a.b.c)⟧'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a.b.c}]
  steps:
  - {image: 'alpine:3.23', script: 'echo $(params[\"a.b.c\"])'}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for (_, texts) in view.texts() {
        for text in texts.iter().filter(|text| text.field != TextField::Other) {
            for prefix in ["params", "context.taskRun", "context.task"] {
                // Step actions know nothing of the run.
                if view.kind == tekton::Kind::StepAction && prefix != "params" {
                    continue;
                }
                for variable in tekton::variables(text.scalar.text(), prefix) {
                    if variable.has_too_many_parts() {
                        let written = text.scalar.text().get(variable.span.clone()).unwrap_or_default();
                        let message = format!("`{written}` has too many parts: at most two stand behind `{prefix}`");
                        sink.push(sink.finding(message).at(text.scalar.place_of(variable.span)));
                    }
                }
            }
        }
    }
}
