use std::collections::HashSet;
use crate::rules::prelude::*;

use super::container_runtime_socket::SOCKETS;

pub(crate) static RULE: Rule = Rule {
    id: "host-path",
    title: "a directory of the node in a pod",
    why: "A pod that writes into its node's files can take it over, and one that reads them finds credentials of other \
          pods.",
    fix: "Use a volume of the cluster: `emptyDir`, a claim, a projected volume.",
    source: "kubernetes v1.35 Pod Security Standards, baseline",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  volumes:
  - name: cache
    hostPath: {path: ⟦/var/cache/builds⟧}
  containers:
  - name: a
    image: alpine:3.23
    volumeMounts: [{name: cache, mountPath: /cache}]
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
  - name: cache
    emptyDir: {sizeLimit: 1Gi}
  containers:
  - name: a
    image: alpine:3.23
    volumeMounts: [{name: cache, mountPath: /cache}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    // Agents of the node are there for its files.
    if surface.kind() == "DaemonSet" {
        return;
    }
    let mut seen = HashSet::new();
    for volume in surface.pods.iter().flat_map(|pod| &pod.volumes) {
        let Some(path) = volume.at(&["hostPath", "path"]).filter(|path| seen.insert(path.id())) else {
            continue;
        };
        let text = path.text().unwrap_or_default();
        // A rule of its own says more.
        if !SOCKETS.iter().any(|socket| text.ends_with(socket)) {
            let message = format!("`{text}` of the node is in this pod");
            sink.push(sink.finding(message).at(path.place()));
        }
    }
}
