use crate::rules::prelude::*;
use crate::surface::Maker;

pub(crate) static RULE: Rule = Rule {
    id: "privilege-escalation",
    profile: Profile::Strict,
    title: "a container whose processes may gain rights",
    why: "With `allowPrivilegeEscalation` a program with the setuid bit makes root of a user; nothing but that needs it.",
    fix: "Set `allowPrivilegeEscalation: false`.",
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
    securityContext: {allowPrivilegeEscalation: ⟦true⟧}
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
    securityContext: {allowPrivilegeEscalation: false}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in surface.pods.iter().filter(|pod| pod.maker != Maker::Settings) {
        for container in pod.containers.iter().filter(|container| container.value.get("ref").is_none()) {
            let allows = container.security(&["allowPrivilegeEscalation"]);
            if allows.and_then(|value| value.boolean()) == Some(false) || container.security(&["privileged"]).is_some() {
                continue;
            }
            let place = allows.map_or_else(|| container.value.head(), |value| value.place());
            let message = format!("processes of container `{}` may gain rights: `allowPrivilegeEscalation` is not false", container.name());
            sink.push(sink.finding(message).at(place));
        }
    }
}
