use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-service-account",
    title: "a ServiceAccount that is not given",
    why: "A pod whose ServiceAccount does not exist is never made: its Deployment, Workflow or TaskRun waits or \
          fails. A binding to one gives its rights to nobody. It may exist elsewhere, so that this is a warning \
          unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kubernetes v1.35 plugin/pkg/admission/serviceaccount/admission.go, `Admit`",
    bad: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  serviceAccountName: ⟦web-ap⟧
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web-app, namespace: shop}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  serviceAccountName: ⟦builder⟧
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: builder, namespace: other}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  serviceAccountName: web
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::ServiceAccount], sink);
}
