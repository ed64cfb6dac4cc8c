use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-scale-target",
    title: "an autoscaler of something that is not given",
    why: "The autoscaler reports `FailedGetScale` and scales nothing. What it scales may exist elsewhere, so that \
          this is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kubernetes v1.35 pkg/controller/podautoscaler/horizontal.go, `reconcileAutoscaler`",
    bad: &[Example::new(
        "apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ⟦web⟧}
  maxReplicas: 4
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: 'ghcr.io/acme/web:1.4.2'}
",
    )],
    good: &[Example::new(
        "apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: StatefulSet, name: web}
  maxReplicas: 4
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: 'ghcr.io/acme/web:1.4.2'}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Deployment, Target::StatefulSet, Target::ReplicaSet, Target::Rollout], sink);
}
