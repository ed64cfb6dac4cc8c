use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-object-as-whole",
    kinds: tekton::WITH_STEPS,
    title: "an object where one of its keys belongs",
    why: "A step takes the values of an object one by one.",
    fix: "Name a key: `$(params.object.key)`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateObjectUsageAsWhole`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: git
    properties: {url: {}}
  steps:
  - {image: 'alpine:3.23', args: ['⟦$(params.git[*])⟧'], script: 'echo ⟦$(params.git)⟧'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: git
    properties: {url: {}}
  steps:
  - {image: 'alpine:3.23', args: ['$(params.git.url)']}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for (declared, texts) in view.uses() {
        let texts = texts.iter().filter(|text| !matches!(text.field, TextField::Other | TextField::OnError));
        for text in texts.filter(|_| !declared.objects.is_empty()) {
            for variable in tekton::variables(text.scalar.text(), "params") {
                let Some(keys) = declared.objects.get(variable.as_whole()) else {
                    continue;
                };
                let key = keys.iter().next().copied().unwrap_or("key");
                let name = variable.as_whole();
                let message = format!("object `{name}` cannot be used as a whole: name a key, such as `$(params.{name}.{key})`");
                sink.push(sink.finding(message).at(text.scalar.place_of(variable.span)));
            }
        }
    }
}
