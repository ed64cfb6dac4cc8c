use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "privileged-container",
    confidence: Confidence::High,
    title: "a container that is as good as root on its node",
    why: "A privileged container sees the devices of its node and may do everything: who controls what runs in it controls \
          the node and all pods on it.",
    fix: "Leave `privileged` out; builders run rootless (BuildKit, Buildah), and single rights can be given as \
          capabilities.",
    source: "kubernetes v1.35 Pod Security Standards, baseline",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: alpine:3.23
    securityContext: {privileged: ⟦true⟧}
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - {name: build, image: 'docker:29.1-cli'}
  sidecars:
  - name: daemon
    image: docker:29.1-dind
    securityContext: {privileged: ⟦true⟧}
    readinessProbe: {exec: {command: [docker, info]}}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: alpine:3.23
    securityContext: {privileged: false}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let Some(privileged) = container.value.at(&["securityContext", "privileged"]) else {
            continue;
        };
        if privileged.boolean() == Some(true) {
            let message = format!("container `{}` is privileged: it can do anything on its node", container.name());
            sink.push(sink.finding(message).at(privileged.place()));
        }
    }
}
