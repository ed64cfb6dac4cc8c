use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "merge-key",
    title: "a merge key whose value is no mapping",
    why: "`<<` takes the keys of another mapping in; there are none in this value.",
    fix: "Refer to a mapping or to a list of mappings, or remove the key.",
    source: "go.yaml.in/yaml, `decode.go`, `merge`",
    bad: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {<<: ⟦a⟧, b: 'c'}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {b: 'c'}
",
    )],
    ..REJECTED
};
