use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-secret",
    title: "a Secret that is not given",
    why: "A pod that mounts a Secret that does not exist, or takes a variable of it, stays in `ContainerCreating` \
          or `CreateContainerConfigError`. Secrets, SealedSecrets, ExternalSecrets, certificates and \
          `secretGenerator` count; it may exist elsewhere, so that this is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`. \
          A Secret that may be missing is `optional: true`.",
    source: "kubernetes v1.35 pkg/kubelet/kubelet_pods.go, `makeEnvironmentVariables`; pkg/volume/secret/secret.go",
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
      valueFrom: {secretKeyRef: {name: ⟦api-tokens⟧, key: token}}
---
apiVersion: v1
kind: Secret
metadata: {name: api-token, namespace: shop}
stringData: {token: x}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: push, namespace: ci}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  triggers:
  - template:
      name: build
      k8s:
        operation: create
        source:
          resource:
            apiVersion: v1
            kind: Pod
            metadata: {generateName: build-}
            spec:
              containers:
              - name: build
                image: 'ghcr.io/acme/build:1.4.2'
                envFrom:
                - secretRef: {name: ⟦registry⟧}
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
  volumes:
  - name: tokens
    secret: {secretName: api-token}
  - name: more
    secret: {secretName: more, optional: true}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: from-vault, namespace: shop}
spec:
  target: {name: api-token}
  data:
  - secretKey: token
    remoteRef: {key: shop/api-token}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Secret], sink);
}
