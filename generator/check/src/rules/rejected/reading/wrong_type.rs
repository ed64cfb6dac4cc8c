use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "wrong-type",
    title: "a value of another type than the field's",
    why: "The decoder refuses it: a number where a string is expected, a mapping where a list is expected.",
    fix: "Write a value of the type that the message names; numbers and booleans become strings by quotes.",
    source: "Go's encoding/json",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', env: [{name: COUNT, value: ⟦1⟧}]}
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
