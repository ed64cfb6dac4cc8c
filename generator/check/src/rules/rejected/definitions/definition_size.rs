use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "definition-size",
    title: "more or fewer items than the kind's definition allows",
    why: "The API server refuses a list or an object with fewer items than the definition asks for, or more than \
          it allows.",
    fix: "Write as many as are allowed.",
    source: "CustomResourceDefinitions of the releases that are modelled; the API of Kubernetes v1.36",
    bad: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  ⟦subscriptions⟧: []
",
    )],
    good: &[Example::new(
        "apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: web, namespace: shop}
spec:
  subscriptions:
  - git: {repoURL: \"https://git.example.com/acme/web\"}
",
    )],
    check: Check::Object(crate::definitions::check),
    ..REJECTED
};

