use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-config-map-key",
    title: "a key that a ConfigMap does not have",
    why: "The container is not started, `CreateContainerConfigError`, the volume is not mounted, or the workflow \
          fails.",
    fix: "Write a key that the ConfigMap has; the message says which are there.",
    source: "kubernetes v1.35 pkg/kubelet/kubelet_pods.go, `makeEnvironmentVariables`",
    bad: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
  volumes:
  - name: settings
    configMap:
      name: settings
      items:
      - {key: ⟦app.yml⟧, path: app.yaml}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {app.yaml: x}
",
    ), Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build, namespace: ci}
spec:
  entrypoint: main
  synchronization:
    semaphores:
    - configMapKeyRef: {name: limits, key: ⟦build⟧}
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: limits, namespace: ci}
data: {builds: '2'}
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
  - name: settings
    configMap:
      name: settings
      items:
      - {key: app.yaml, path: app.yaml}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {app.yaml: x}
",
    )],
    check: Check::References(check),
    ..BROKEN
};


fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing_keys(Target::ConfigMap, sink);
}
