use crate::rules::prelude::*;
use crate::surface::Maker;

pub(crate) static RULE: Rule = Rule {
    id: "missing-seccomp",
    profile: Profile::Strict,
    title: "a container without a filter of system calls",
    why: "Without a seccomp profile each system call of the kernel can be tried, and most ways out of a container go \
          through rare ones.",
    fix: "Set `seccompProfile: {type: RuntimeDefault}` for the pod; rootless BuildKit needs `Unconfined`, and then a \
          namespace of its own.",
    source: "kubernetes v1.35 Pod Security Standards, restricted",
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
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: alpine:3.23
    securityContext: {seccompProfile: {type: ⟦Unconfined⟧}}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: a
    image: alpine:3.23
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in surface.pods.iter().filter(|pod| pod.maker != Maker::Settings) {
        for container in pod.containers.iter().filter(|container| container.value.get("ref").is_none()) {
            let of_pod = || pod.levels.iter().find_map(|level| level.at(&["securityContext", "seccompProfile", "type"]));
            let profile = container.security(&["seccompProfile", "type"]).or_else(of_pod);
            let finding = match profile {
                Some(profile) if profile.text() == Some("Unconfined") => {
                    let message = format!("container `{}` may make every system call", container.name());
                    sink.finding(message).at(profile.place())
                }
                Some(_) => continue,
                None => {
                    let message = format!("container `{}` has no `seccompProfile`", container.name());
                    sink.finding(message).at(container.value.head())
                }
            };
            sink.push(finding);
        }
    }
}
