use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "ignored-field",
    family: Family::Broken,
    severity: Severity::Warning,
    kinds: WORKFLOWS,
    title: "a field inside a step that Argo Workflows does not know",
    why: "The fields of a step are checked strictly, what stands below them is not: a misspelt field of arguments or of an \
          inline template passes `argo lint --strict` and is dropped.",
    fix: "Write the name that is meant; the message says which is nearest.",
    source: "argo-workflows v4.1 pkg/apis/workflow/v1alpha1/workflow_types.go, `ParallelSteps.UnmarshalJSON`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments:
          ⟦paramaters⟧: [{name: text, value: hello}]
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
    )],
    good: &[],
    ..REJECTED
};
