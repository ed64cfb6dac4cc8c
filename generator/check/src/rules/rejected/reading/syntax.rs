use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "syntax",
    title: "a text that is no YAML",
    why: "Nothing in the file can be read, nor checked.",
    fix: "Put right what the message names; further mistakes show then.",
    source: "YAML 1.1 as libyaml and go.yaml.in/yaml read it",
    bad: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
⟦	⟧a: b
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  a: b
",
    )],
    ..REJECTED
};
