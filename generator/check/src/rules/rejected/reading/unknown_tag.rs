use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-tag",
    title: "a YAML tag that means nothing",
    why: "Kubernetes reads JSON made of the YAML, which knows no such types.",
    fix: "Remove the tag.",
    source: "go.yaml.in/yaml/v2",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: ⟦!!binary YWxwaW5l⟧}
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
    container: {image: 'alpine:3.23'}
",
    )],
    ..REJECTED
};
