use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-secret-key",
    title: "a key that a Secret does not have",
    why: "The container is not started, `CreateContainerConfigError`, or the volume is not mounted.",
    fix: "Write a key that the Secret has; the message says which are there.",
    source: "kubernetes v1.35 pkg/kubelet/kubelet_pods.go, `makeEnvironmentVariables`",
    bad: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
    env:
    - name: TOKEN
      valueFrom: {secretKeyRef: {name: api, key: ⟦tokn⟧}}
---
apiVersion: v1
kind: Secret
metadata: {name: api, namespace: shop}
stringData: {token: x}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: git, namespace: ci}
spec:
  github:
    push:
      webhook: {endpoint: /push, method: POST, port: '12000'}
      events: [push]
      organizations: [acme]
      webhookSecret: {name: github, key: ⟦secret⟧}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: github, namespace: ci}
spec:
  data:
  - secretKey: token
    remoteRef: {key: ci/github}
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
    env:
    - name: TOKEN
      valueFrom: {secretKeyRef: {name: api, key: token}}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: api, namespace: shop}
spec:
  dataFrom:
  - extract: {key: shop/api}
",
    )],
    check: Check::References(check),
    ..BROKEN
};


fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing_keys(Target::Secret, sink);
}
