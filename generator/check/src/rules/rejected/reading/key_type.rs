use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "key-type",
    title: "a key that is not the text that is written",
    why: "Kubernetes reads YAML 1.1: `on` is the key `true` and `0777` the key `511`, so nobody finds what stands there. A mapping or a list is no key at all; that is what `{{x}}` without quotes is.",
    fix: "Put the key between quotes; and `{{…}}` as well.",
    source: "sigs.k8s.io/yaml, `JSONToYAML` and `convertToJSONableObject`",
    bad: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {⟦on⟧: 'a'}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data: {'on': 'a'}
",
    )],
    ..REJECTED
};
