use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-field",
    title: "a field that must be there and is not",
    why: "The API server refuses the object: its definition says that the field is required, and gives no value to \
          take in its place.",
    fix: "Write the field.",
    source: "CustomResourceDefinitions of the releases that are modelled; the API of Kubernetes v1.36",
    bad: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
⟦spec⟧:
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{⟦image⟧: \"nginx:1.29\"}]
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec:
  clusterResourceWhitelist: [{⟦kind⟧: Namespace}]
",
    )],
    good: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: \"nginx:1.29\"}]
",
    )],
    check: Check::Object(crate::definitions::check),
    ..REJECTED
};

