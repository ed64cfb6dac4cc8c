use crate::rules::prelude::*;
use crate::surface::{is_word_of, programs};

pub(crate) static RULE: Rule = Rule {
    id: "open-build-daemon",
    confidence: Confidence::High,
    title: "a build daemon that anyone may use",
    why: "Whoever reaches the port, each `RUN` of a build too, runs builds, reads the cache of others and fills it with \
          what their next build takes.",
    fix: "Use a Unix socket in an `emptyDir` of the pod, or TLS with certificates of clients (`--tlscacert`).",
    source: "moby/buildkit v0.32 docs/rootless.md and README, Expose BuildKit as a TCP service; docker docs, Protect the \
             Docker daemon socket",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{name: build, image: 'moby/buildkit:v0.32.2-rootless', command: [buildctl], args: [debug, workers]}]
  sidecars:
  - name: buildkitd
    image: moby/buildkit:v0.32.2
    args: [--addr, ⟦'tcp://0.0.0.0:1234'⟧]
    readinessProbe: {exec: {command: [buildctl, debug, workers]}}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{name: build, image: 'moby/buildkit:v0.32.2-rootless', command: [buildctl], args: [debug, workers]}]
  sidecars:
  - name: buildkitd
    image: moby/buildkit:v0.32.2
    args: [--addr, 'unix:///run/buildkit/buildkitd.sock']
    readinessProbe: {exec: {command: [buildctl, debug, workers]}}
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{name: build, image: 'moby/buildkit:v0.32.2-rootless', command: [buildctl], args: [debug, workers]}]
  sidecars:
  - name: buildkitd
    image: moby/buildkit:v0.32.2
    args: [--addr, 'tcp://0.0.0.0:1234', --tlscacert, /certs/ca.pem]
    readinessProbe: {exec: {command: [buildctl, debug, workers]}}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let image = container.value.text_of("image").unwrap_or_default();
        let words = container.words();
        let texts: Vec<&str> = words.iter().map(|word| word.text().unwrap_or_default()).collect();
        let is_client = texts.first().is_some_and(|word| is_word_of(word, "buildctl") || is_word_of(word, "docker"));
        let is_daemon = image.contains("buildkit") || image.contains("dind") || texts.first().is_some_and(|word| is_word_of(word, "dockerd"));
        if is_client || !is_daemon || !programs(container).is_empty() {
            continue;
        }
        let is_checked = texts.iter().any(|text| text.contains("tlscacert") || text.contains("tlsverify"));
        for word in words.iter().filter(|_| !is_checked) {
            let text = word.text().unwrap_or_default();
            let address = text.split('=').next_back().unwrap_or_default();
            let is_local = ["tcp://127.0.0.1", "tcp://localhost", "tcp://[::1]"].iter().any(|local| address.starts_with(local));
            if address.starts_with("tcp://") && !is_local {
                let message = format!("`{address}` is open to all who reach it: this daemon looks at no certificate");
                sink.push(sink.finding(message).at(word.place()));
            }
        }
    }
}
