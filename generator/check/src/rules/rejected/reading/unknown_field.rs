use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-field",
    title: "a field that the kind does not have",
    why: "Strict decoders refuse it, others drop it without a word, so what it should do is not done.",
    fix: "Write the name that is meant; the message says which is nearest.",
    source: "sigs.k8s.io/json, `UnmarshalStrict`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23', ⟦comand⟧: [sh]}
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
