use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-action-script-param",
    kinds: &["StepAction"],
    title: "a parameter put into the script of a step action",
    why: "Whoever gives the parameter would write the script; step actions are shared, so Tekton does not let that be.",
    fix: "Give the parameter in `env` or `args`, and read it there.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1beta1/stepaction_validation.go, `validateNoParamSubstitutionsInScript`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  params: [{name: target}]
  script: make ⟦$(params.target)⟧
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: {name: build}
spec:
  image: alpine:3.23
  params: [{name: target}]
  env: [{name: TARGET, value: $(params.target)}]
  script: make \"$TARGET\"
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let spec = view.spec().filter(|_| view.kind == tekton::Kind::StepAction);
    let script = spec.and_then(|spec| spec.get("script")?.scalar());
    for script in script.into_iter() {
        for variable in tekton::variables(script.text(), "params") {
            let message = "a parameter cannot be put into the script of a step action: give it in `env`";
            sink.push(sink.finding(message).at(script.place_of(variable.span)));
        }
    }
}
