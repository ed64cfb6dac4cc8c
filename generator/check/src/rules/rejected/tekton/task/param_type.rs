use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-param-type",
    kinds: tekton::WITH_PARAMS,
    title: "a parameter of a type that there is not",
    why: "A parameter is a `string`, an `array` or an `object`.",
    fix: "Write one of them, or leave `type` out: a string is meant then, or what `default` is.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ParamSpec.ValidateType`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a, type: ⟦list⟧}]
  steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a, type: array}, {name: b}]
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for spec in view.param_specs.iter().flat_map(|list| &list.specs) {
        let tekton::ParamType::Unknown(kind) = spec.kind else {
            continue;
        };
        let place = spec.at.get("type").map_or_else(|| spec.place(), Cursor::place);
        let message = if kind.is_empty() {
            format!("`type` of parameter `{}` is missing: defaults are not set in a pipeline in a pipeline", spec.name)
        } else {
            let near = did_you_mean(kind, ["string", "array", "object"]);
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            format!("parameter `{}` cannot be of type `{kind}`: it is `string`, `array` or `object`{near}", spec.name)
        };
        sink.push(sink.finding(message).at(place));
    }
}
