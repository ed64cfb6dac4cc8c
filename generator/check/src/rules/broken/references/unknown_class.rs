use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-class",
    title: "a PriorityClass, StorageClass, IngressClass or RuntimeClass that is not given",
    why: "A pod of a priority or runtime that does not exist is refused, a claim of such a class stays pending, an \
          Ingress is served by nobody. Clusters have classes of their own: without `--closed` only a name that is \
          nearly one of the given is said.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kubernetes v1.35 plugin/pkg/admission/priority/admission.go, \
          plugin/pkg/admission/runtimeclass/admission.go",
    bad: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  priorityClassName: ⟦buidls⟧
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: builds}
value: 1000
",
    )],
    good: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  priorityClassName: builds
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: builds}
value: 1000
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::PriorityClass, Target::StorageClass, Target::IngressClass, Target::RuntimeClass], sink);
}
