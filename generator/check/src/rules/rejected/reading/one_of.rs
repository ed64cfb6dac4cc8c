use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "one-of",
    title: "two fields of which the kind takes one",
    why: "Upstream refuses both together, or takes one of them without saying which.",
    fix: "Keep one of the two.",
    source: "the kind's definition or its validation",
    bad: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a}
spec:
  rules:
  - filters:
    - type: URLRewrite
      urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /a, ⟦replacePrefixMatch⟧: /b}}
",
    )],
    good: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: a}
spec:
  rules:
  - filters:
    - type: URLRewrite
      urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /a}}
",
    )],
    ..REJECTED
};
