use crate::tekton::ParamType;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-param-default",
    kinds: tekton::WITH_PARAMS,
    title: "a parameter with a default of another type",
    why: "A default is a text, a list of texts or an object of texts, as `type` says; a list that holds anything but texts is a text to Tekton.",
    fix: "Write the default as the type says, or correct the type.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `ParamSpec.ValidateType`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: a, type: array, default: ⟦one⟧}
  - {name: b, default: ⟦[x]⟧, type: string}
  - {name: c, type: array, default: ⟦[1, 2]⟧}
  steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: a, type: array, default: [one]}
  - {name: b, default: 1}
  - {name: c, default: [one]}
  steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for spec in view.param_specs.iter().flat_map(|list| &list.specs) {
        let Some((at, value)) = &spec.default else {
            continue;
        };
        let (is, wanted) = (value.kind(), spec.kind);
        if is == wanted || matches!(wanted, ParamType::Unknown(_)) {
            continue;
        }
        let is_collection = at.is_list() || at.is_mapping();
        let why = if is_collection && is == ParamType::String {
            ", because it does not hold texts only"
        } else {
            ""
        };
        let message = format!("parameter `{}` is of type `{}`, and its default is a `{}`{why}", spec.name, wanted.name(), is.name());
        let mut finding = sink.finding(message).at(at.place());
        if let Some(kind) = spec.at.get("type") {
            finding = finding.related("the type is here", kind.place());
        } else if let Some(properties) = spec.properties {
            finding = finding.related("properties make it an object", properties.head());
        }
        sink.push(finding);
    }
}
