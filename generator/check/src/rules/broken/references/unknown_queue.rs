use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-queue",
    title: "a queue or flavor of Kueue that is not given",
    why: "A run whose label names a LocalQueue that does not exist stays suspended; so do all runs of a LocalQueue \
          whose ClusterQueue or flavor does not exist. They may exist elsewhere, so that this is a warning unless \
          all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kueue v0.15 pkg/queue/manager.go, `AddOrUpdateWorkload`",
    bad: &[Example::new(
        "apiVersion: batch/v1
kind: Job
metadata:
  name: build
  namespace: ci
  labels: {kueue.x-k8s.io/queue-name: ⟦build⟧}
spec:
  suspend: true
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: build, image: 'ghcr.io/acme/build:1.4.2'}
---
apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: {name: builds, namespace: ci}
spec: {clusterQueue: ⟦builds⟧}
",
    )],
    good: &[Example::new(
        "apiVersion: kueue.x-k8s.io/v1beta2
kind: LocalQueue
metadata: {name: builds, namespace: ci}
spec: {clusterQueue: builds}
---
apiVersion: kueue.x-k8s.io/v1beta2
kind: ClusterQueue
metadata: {name: builds}
spec: {namespaceSelector: {}}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::LocalQueue, Target::ClusterQueue, Target::ResourceFlavor], sink);
}
