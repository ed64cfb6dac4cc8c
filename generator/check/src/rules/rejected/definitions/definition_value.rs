use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "definition-value",
    title: "a value that the kind's definition refuses",
    why: "Definitions say of texts which pattern they match and how long they are, of some which there are, and of \
          numbers how large they are. The API server refuses what is not.",
    fix: "Write a value of that form.",
    source: "CustomResourceDefinitions of the releases that are modelled; the API of Kubernetes v1.36",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  interval: ⟦7d⟧
  subscriptions:
  - git: {repoURL: \"https://git.example.com/acme/web\"}
",
    ), Example::new(
        "apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web}
spec:
  parentRefs: [{name: public}]
  hostnames: [⟦-.example.com⟧]
  rules:
  - matches: [{method: ⟦GETT⟧}]
    backendRefs: [{name: web, port: ⟦80000⟧}]
",
    )],
    good: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  interval: 168h
  subscriptions:
  - git: {repoURL: \"https://git.example.com/acme/web\"}
",
    )],
    check: Check::Object(crate::definitions::check),
    ..REJECTED
};

