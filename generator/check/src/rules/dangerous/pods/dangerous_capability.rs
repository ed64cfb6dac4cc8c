use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dangerous-capability",
    confidence: Confidence::High,
    title: "a capability that leads out of the container",
    why: "With `SYS_ADMIN`, `SYS_PTRACE`, `SYS_MODULE` and the like a container mounts, traces or loads its way to the \
          node.",
    fix: "Add only what the program needs; rootless BuildKit needs none of these.",
    source: "kubernetes v1.35 Pod Security Standards, baseline; capabilities(7)",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: alpine:3.23
    securityContext: {capabilities: {add: [NET_BIND_SERVICE, ⟦SYS_ADMIN⟧]}}
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
    securityContext: {capabilities: {add: [NET_BIND_SERVICE], drop: [ALL]}}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

const DANGEROUS_ONES: &[&str] = &[
    "ALL", "BPF", "DAC_READ_SEARCH", "NET_ADMIN", "NET_RAW", "PERFMON", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE", "SYS_PTRACE",
    "SYS_RAWIO", "SYS_TIME",
];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let added = container.value.at(&["securityContext", "capabilities", "add"]);
        for capability in added.into_iter().flat_map(|list| list.items()) {
            let name = capability.text().unwrap_or_default();
            if DANGEROUS_ONES.contains(&name.strip_prefix("CAP_").unwrap_or(name)) {
                let message = format!("capability `{name}` leads out of container `{}`", container.name());
                sink.push(sink.finding(message).at(capability.place()));
            }
        }
    }
}
