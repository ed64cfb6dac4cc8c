use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-key",
    title: "a key that stands twice in a mapping",
    why: "Strict decoders refuse it, and others take one of the two values without a word.",
    fix: "Remove one, or merge what they hold.",
    source: "sigs.k8s.io/yaml, `YAMLToJSONStrict`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: a-}
spec:
  entrypoint: main
  templates:
  - name: main
    container:
      image: alpine:3.22
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
    container: {image: 'alpine:3.23'}
",
    )],
    ..REJECTED
};
