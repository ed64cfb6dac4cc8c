use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-anchor",
    title: "an alias of an anchor that is not in the document",
    why: "The file is no YAML: `*name` stands for what `&name` marks further up in the same document.",
    fix: "Mark the value with `&`, or write it out; a text that begins with `*` goes between quotes.",
    source: "go.yaml.in/yaml, `parserc.go`",
    bad: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {a: ⟦*b⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {a: '*b'}
",
    )],
    ..REJECTED
};
