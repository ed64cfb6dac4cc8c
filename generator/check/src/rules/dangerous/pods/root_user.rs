use crate::rules::prelude::*;
use crate::surface::{Maker, Pod};
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "root-user",
    profile: Profile::Strict,
    title: "a container that may run as root",
    why: "Root in a container is root on the node but for the walls of the container: a fault in them is worse for it.",
    fix: "Set `runAsNonRoot: true` with a number in `runAsUser`.",
    source: "kubernetes v1.35 Pod Security Standards, restricted; Checkov CKV_ARGO_2",
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
  securityContext: {runAsNonRoot: true}
  containers:
  - name: a
    image: alpine:3.23
    securityContext: {runAsUser: ⟦0⟧, runAsNonRoot: false}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  securityContext: {runAsNonRoot: true}
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
            let user = container.security(&["runAsUser"]).or_else(|| pod_security(pod, "runAsUser"));
            if let Some(user) = user.filter(|user| user.text() == Some("0")) {
                let message = format!("container `{}` runs as root", container.name());
                sink.push(sink.finding(message).at(user.place()));
                continue;
            }
            let non_root = container.security(&["runAsNonRoot"]).or_else(|| pod_security(pod, "runAsNonRoot"));
            let is_numbered = user.is_some_and(|user| user.text().is_some_and(|text| text.parse::<u64>().is_ok_and(|user| user > 0)));
            if non_root.and_then(|value| value.boolean()) != Some(true) && !is_numbered {
                let message = format!("container `{}` may run as root: `runAsNonRoot` is not set", container.name());
                sink.push(sink.finding(message).at(container.value.head()));
            }
        }
    }
}

/// A field of the security context of a whole pod.
pub(super) fn pod_security<'a>(pod: &Pod<'a>, key: &str) -> Option<Value<'a>> {
    pod.levels.iter().find_map(|level| level.at(&["securityContext", key]))
}
