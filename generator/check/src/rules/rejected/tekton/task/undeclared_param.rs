use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-undeclared-param",
    kinds: tekton::WITH_STEPS,
    title: "a step that uses a parameter which is not declared",
    why: "`$(params.x)` of a parameter that there is not would stay as it is written.",
    fix: "Declare the parameter in the task, or correct the name; a name with dots is written `$(params[\"a.b\"])`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ValidateUsageOfDeclaredParameters`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: revision}, {name: a.b}]
  steps:
  - image: alpine:3.23
    script: git checkout $(params.⟦revison⟧) $(params.⟦a⟧.b)
    env: [{name: URL, value: '$(params[\"⟦url⟧\"])'}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
spec:
  image: $(params.⟦image⟧)
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a}, {name: b.c}, {name: d, type: array}]
  steps:
  - image: alpine:3.23
    script: echo $(params.a) $(params['b.c']) $(params.d[0])
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  params: [{name: a, value: b}]
  taskSpec:
    steps:
    - {image: 'alpine:3.23', script: echo $(params.a)}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for (declared, texts) in view.uses() {
        for text in texts.iter().filter(|text| text.field != TextField::Other) {
            for variable in tekton::variables(text.scalar.text(), "params") {
                let name = variable.name();
                if declared.names.contains(&*name) || variable.has_too_many_parts() {
                    continue;
                }
                let is_dotted = declared.names.contains(variable.rest);
                let near = if is_dotted {
                    format!(": write `$(params[\"{}\"])`", variable.rest)
                } else {
                    let near = did_you_mean(&name, declared.names.iter().copied());
                    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
                };
                let message = format!("parameter `{name}` is not declared{near}");
                sink.push(sink.finding(message).at(text.scalar.place_of(variable.name_span())));
            }
        }
    }
}
