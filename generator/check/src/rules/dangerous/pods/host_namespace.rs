use std::collections::HashSet;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "host-namespace",
    confidence: Confidence::High,
    title: "a pod in the namespaces of its node",
    why: "With the network, the processes or the memory of the node a pod reads traffic and secrets of others, and \
          policies of the network do not hold for it.",
    fix: "Leave `hostNetwork`, `hostPID` and `hostIPC` out; make a port reachable by a Service.",
    source: "kubernetes v1.35 Pod Security Standards, baseline",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  hostNetwork: ⟦true⟧
  hostPID: ⟦true⟧
  containers:
  - name: a
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
  hostNetwork: false
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
    // Agents of the node are there for it.
    if surface.kind() == "DaemonSet" {
        return;
    }
    let mut seen = HashSet::new();
    for level in surface.pods.iter().flat_map(|pod| &pod.levels) {
        for (key, what) in [("hostNetwork", "network"), ("hostPID", "processes"), ("hostIPC", "memory")] {
            let Some(value) = level.get(key).filter(|value| value.boolean() == Some(true)) else {
                continue;
            };
            if seen.insert(value.id()) {
                let message = format!("this pod shares the {what} of its node");
                sink.push(sink.finding(message).at(value.place()));
            }
        }
    }
}
