use crate::rules::prelude::*;
use crate::surface::{Maker, Role};

pub(crate) static RULE: Rule = Rule {
    id: "daemon-without-readiness",
    title: "a daemon that steps use before it is there",
    why: "Tekton starts the steps when the sidecars are ready; without a probe that is when their process has begun, and \
          the first call of the client is too early on a slow day.",
    fix: "Give it a `readinessProbe` that asks it something: `buildctl debug workers`, `docker info`.",
    source: "tektoncd/pipeline v1.15 pkg/pod/status.go, `SidecarsReady`",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{name: build, image: 'moby/buildkit:v0.32.2-rootless', command: [buildctl], args: [debug, workers]}]
  sidecars:
  - name: ⟦buildkitd⟧
    image: moby/buildkit:v0.32.2
    args: [--addr, 'unix:///run/buildkit/buildkitd.sock']
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
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let pods = surface.pods.iter().filter(|pod| pod.maker == Maker::Tekton);
    let sidecars = pods.flat_map(|pod| &pod.containers).filter(|container| container.role == Role::Sidecar);
    for sidecar in sidecars.filter(|sidecar| sidecar.value.get("readinessProbe").is_none()) {
        let image = sidecar.value.text_of("image").unwrap_or_default();
        if image.contains("buildkit") || image.contains("dind") {
            let name = sidecar.value.get("name").unwrap_or(sidecar.value);
            let message = format!("steps do not wait for `{}`: it has no `readinessProbe`", sidecar.name());
            sink.push(sink.finding(message).at(name.place()));
        }
    }
}
