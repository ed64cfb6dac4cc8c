use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-item",
    title: "two items of a list that must differ",
    why: "The definition says by which fields the items of this list differ; the API server refuses two that do \
          not.",
    fix: "Keep one, or rename the other.",
    source: "CustomResourceDefinitions of the releases that are modelled; the API of Kubernetes v1.36",
    bad: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules:
  - matches:
    - headers: [{name: a, value: b}, {⟦name⟧: a, value: c}]
    backendRefs: [{name: web, port: 80}]
",
    )],
    good: &[Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  rules:
  - matches:
    - headers: [{name: a, value: b}, {name: b, value: c}]
    backendRefs: [{name: web, port: 80}]
",
    )],
    check: Check::Object(crate::definitions::check),
    ..REJECTED
};

