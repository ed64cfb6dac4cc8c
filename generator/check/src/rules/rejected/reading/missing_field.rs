use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-field",
    title: "a field that is required",
    why: "The definition of the kind requires it. `argo lint` and clusters with minimal definitions accept some objects without.",
    fix: "Write the field.",
    source: "the CustomResourceDefinition's `required`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    script:
      ⟦image⟧: alpine:3.23
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    script: {image: 'alpine:3.23', command: [sh], source: 'true'}
",
    )],
    ..REJECTED
};
