use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-undeclared-key",
    kinds: tekton::WITH_STEPS,
    title: "a step that uses a key which an object does not have",
    why: "The keys of an object are those of its `properties`.",
    fix: "Declare the key, or correct it.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateObjectUsage`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: git
    properties: {url: {}, commit: {}}
  steps:
  - {image: 'alpine:3.23', script: 'git clone $(params.git.⟦uri⟧)'}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - name: git
    properties: {url: {}, commit: {}}
  steps:
  - {image: 'alpine:3.23', script: 'git clone $(params.git.url)'}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for (declared, texts) in view.uses() {
        for (object, keys) in &declared.objects {
            let prefix = format!("params.{object}");
            for text in texts.iter().filter(|text| text.field != TextField::Other) {
                for variable in tekton::variables(text.scalar.text(), &prefix) {
                    let key = variable.name();
                    let is_said = !variable.is_dotted || variable.rest.contains('.');
                    if keys.contains(&*key) || is_said {
                        continue;
                    }
                    let near = did_you_mean(&key, keys.iter().copied());
                    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                    let message = format!("object `{object}` has no key `{key}`{near}");
                    sink.push(sink.finding(message).at(text.scalar.place_of(variable.name_span())));
                }
            }
        }
    }
}
