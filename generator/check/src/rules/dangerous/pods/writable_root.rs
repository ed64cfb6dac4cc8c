use crate::rules::prelude::*;
use crate::surface::Maker;

pub(crate) static RULE: Rule = Rule {
    id: "writable-root",
    profile: Profile::Strict,
    title: "a container that may change its own programs",
    why: "An attacker in the container puts programs of theirs into it; a root that cannot be written keeps what the image \
          has.",
    fix: "Set `readOnlyRootFilesystem: true`, with an `emptyDir` where the program writes.",
    source: "NSA and CISA, Kubernetes Hardening Guide 1.2",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - ⟦name⟧: a
    image: alpine:3.23
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
    securityContext: {readOnlyRootFilesystem: true}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in surface.pods.iter().filter(|pod| pod.maker != Maker::Settings) {
        for container in pod.containers.iter().filter(|container| container.value.get("ref").is_none()) {
            let read_only = container.security(&["readOnlyRootFilesystem"]);
            if read_only.and_then(|value| value.boolean()) != Some(true) {
                let message = format!("container `{}` may write to its root", container.name());
                sink.push(sink.finding(message).at(container.value.head()));
            }
        }
    }
}
