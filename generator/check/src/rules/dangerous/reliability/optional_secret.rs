use std::collections::HashSet;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "optional-secret",
    confidence: Confidence::Low,
    profile: Profile::Strict,
    title: "a Secret that may be missing",
    why: "With `optional: true` a pod starts without it: a build leaves the private packages out, or a check its key, and \
          what follows is a puzzle.",
    fix: "Leave `optional` out, so that the pod waits and says what it lacks; or ask for what may be missing in the \
          program.",
    source: "kubernetes v1.35 docs, Secrets, Optional Secrets",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  volumes:
  - name: keys
    secret: {secretName: keys, optional: ⟦true⟧}
  containers:
  - name: a
    image: alpine:3.23
    volumeMounts: [{name: keys, mountPath: /keys}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  volumes:
  - name: keys
    secret: {secretName: keys}
  containers:
  - name: a
    image: alpine:3.23
    volumeMounts: [{name: keys, mountPath: /keys}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for volume in surface.pods.iter().flat_map(|pod| &pod.volumes) {
        let projected = volume.get("projected").into_iter().flat_map(|projected| projected.items_of("sources"));
        found.extend(volume.at(&["secret", "optional"]));
        found.extend(projected.filter_map(|source| source.at(&["secret", "optional"])));
    }
    for container in surface.containers() {
        found.extend(container.env().filter_map(|variable| variable.at(&["valueFrom", "secretKeyRef", "optional"])));
    }
    for optional in found.into_iter().filter(|value| value.boolean() == Some(true)) {
        if seen.insert(optional.id()) {
            sink.push(sink.finding("this starts without the Secret if that is missing").at(optional.place()));
        }
    }
}
