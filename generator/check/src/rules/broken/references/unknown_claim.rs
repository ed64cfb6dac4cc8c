use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-claim",
    title: "a PersistentVolumeClaim that is not given",
    why: "A pod that mounts a claim that does not exist is never scheduled. It may exist elsewhere, so that this \
          is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kubernetes v1.35 pkg/scheduler/framework/plugins/volumebinding/volume_binding.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build, namespace: ci}
spec:
  taskSpec:
    workspaces: [{name: source}]
    steps:
    - {name: build, image: 'ghcr.io/acme/build:1.4.2', workingDir: $(workspaces.source.path)}
  workspaces:
  - name: source
    persistentVolumeClaim: {claimName: ⟦sources⟧}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: source, namespace: ci}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
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
  - name: data
    persistentVolumeClaim: {claimName: data}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Claim], sink);
}
