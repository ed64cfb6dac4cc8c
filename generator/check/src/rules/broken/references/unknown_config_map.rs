use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-config-map",
    title: "a ConfigMap that is not given",
    why: "A pod that mounts a ConfigMap that does not exist, or takes a variable of it, stays in \
          `ContainerCreating` or `CreateContainerConfigError`; a workflow that takes a parameter or the number of \
          a semaphore from it fails. `configMapGenerator` counts. It may exist elsewhere, so that this is a \
          warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`. \
          A ConfigMap that may be missing is `optional: true`.",
    source: "kubernetes v1.35 pkg/kubelet/kubelet_pods.go, `makeEnvironmentVariables`; \
          pkg/volume/configmap/configmap.go",
    bad: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
    envFrom:
    - configMapRef: {name: ⟦settings⟧}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: other}
data: {MODE: x}
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
    envFrom:
    - configMapRef: {name: settings}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {MODE: x}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::ConfigMap], sink);
}
