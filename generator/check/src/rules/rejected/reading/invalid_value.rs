use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "invalid-value",
    title: "a value that its type refuses",
    why: "The decoder of the field refuses it.",
    fix: "Write a value of the form that the message names.",
    source: "the type's own decoder",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-, creationTimestamp: ⟦yesterday⟧}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
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
