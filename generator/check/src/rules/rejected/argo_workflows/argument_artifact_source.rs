use crate::argo::{arguments, artifact_is_located, may_lack_values};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "argument-artifact-source",
    kinds: WORKFLOWS,
    title: "an artifact that is passed without saying which",
    why: "An artifact argument comes `from` an output or lies at a location; `fromExpression` is for outputs.",
    fix: "Write `from: '{{steps.NAME.outputs.artifacts.NAME}}'`, or a location such as `s3` with its key.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateArgumentsValues`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments:
          artifacts: [{name: ⟦text⟧}]
  - name: echo
    inputs: {artifacts: [{name: text, path: /tmp/text}]}
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: hello}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments:
          artifacts: [{name: text, raw: {data: hello}}]
  - name: echo
    inputs: {artifacts: [{name: text, path: /tmp/text}]}
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for given in arguments(view) {
        let may_lack = given.is_of_workflow && may_lack_values(view.options, view.entry);
        // Upstream's loop over parameters ends here, and with it the check of artifacts.
        let ends_early = may_lack
            && given
                .parameters
                .iter()
                .any(|(_, parameter)| !parameter.enum_.is_empty() && parameter.value.is_none());
        if ends_early {
            continue;
        }
        for (at, artifact) in &given.artifacts {
            let has_from = value_is(artifact.from.as_deref());
            let (message, field) = if !has_from && !artifact_is_located(artifact) {
                (format!("artifact `{}` has neither `from` nor a location or key", artifact.name), "name")
            } else if has_from && value_is(artifact.from_expression.as_deref()) {
                (format!("artifact `{}` has both `from` and `fromExpression`", artifact.name), "fromExpression")
            } else {
                continue;
            };
            let finding = sink.finding(message).at(given.base.value(&given.path("artifacts", *at).key(field)));
            sink.push_in(view.foreign(&given.site), finding);
        }
    }
}
