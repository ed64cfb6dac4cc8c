use std::collections::HashSet;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "container-runtime-socket",
    confidence: Confidence::High,
    title: "the socket of the container runtime in a pod",
    why: "Whoever may write to the socket of Docker, containerd or CRI-O may start privileged containers: it is root on \
          the node.",
    fix: "Build without a daemon of the node: rootless BuildKit, Buildah, kpack.",
    source: "kubernetes v1.35 Pod Security Standards, baseline; docker docs, Protect the Docker daemon socket",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  volumes:
  - name: docker
    hostPath: {path: ⟦/var/run/docker.sock⟧}
  containers:
  - name: a
    image: alpine:3.23
    volumeMounts: [{name: docker, mountPath: /var/run/docker.sock}]
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
  - name: socket
    emptyDir: {}
  containers:
  - name: a
    image: alpine:3.23
    volumeMounts: [{name: socket, mountPath: /run/buildkit}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

/// Sockets of container runtimes.
pub(super) const SOCKETS: &[&str] = &["docker.sock", "containerd.sock", "crio.sock", "podman.sock", "dockershim.sock", "cri-dockerd.sock"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let mut seen = HashSet::new();
    for volume in surface.pods.iter().flat_map(|pod| &pod.volumes) {
        let Some(path) = volume.at(&["hostPath", "path"]).filter(|path| seen.insert(path.id())) else {
            continue;
        };
        let text = path.text().unwrap_or_default();
        if SOCKETS.iter().any(|socket| text.ends_with(socket)) {
            let message = format!("`{text}` gives this pod the container runtime of its node, and with it the node");
            sink.push(sink.finding(message).at(path.place()));
        }
    }
}
