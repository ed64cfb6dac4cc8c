use crate::rules::prelude::*;
use crate::surface::{Container, Pod, Role, is_word_of};

pub(crate) static RULE: Rule = Rule {
    id: "rootless-build-daemon",
    confidence: Confidence::Medium,
    title: "a rootless BuildKit that is not allowed to make namespaces",
    why: "Without root it makes user namespaces and mounts of its own, which the default profiles of seccomp and AppArmor \
          refuse, and its `RUN` needs a `/proc` that a container does not get: the daemon does not start, or the first build \
          fails.",
    fix: "Set `seccompProfile: {type: Unconfined}` and `appArmorProfile: {type: Unconfined}`, pass \
          `--oci-worker-no-process-sandbox`, and leave `allowPrivilegeEscalation` unset; or set `hostUsers: false` on the pod.",
    source: "moby/buildkit v0.32.2 docs/rootless.md and examples/kubernetes/deployment+service.rootless.yaml",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps: [{name: build, image: 'moby/buildkit:v0.32.2-rootless', command: [buildctl], args: [debug, workers]}]
  sidecars:
  - name: buildkitd
    image: ⟦moby/buildkit:v0.32.2-rootless⟧
    args: [--addr, 'unix:///run/user/1000/buildkit/buildkitd.sock']
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
    image: ⟦'moby/buildkit:v0.32.2-rootless'⟧
    args: [--addr, 'unix:///run/user/1000/buildkit/buildkitd.sock', --oci-worker-no-process-sandbox]
    securityContext: {runAsUser: 1000, allowPrivilegeEscalation: false, seccompProfile: {type: Unconfined}}
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
    image: moby/buildkit:v0.32.2-rootless
    args: [--addr, 'unix:///run/user/1000/buildkit/buildkitd.sock', --oci-worker-no-process-sandbox]
    securityContext: {runAsUser: 1000, runAsGroup: 1000, seccompProfile: {type: Unconfined}, appArmorProfile: {type: Unconfined}}
    readinessProbe: {exec: {command: [buildctl, debug, workers]}}
",
        ),
    ],
    check: Check::Surface(check),
    ..BROKEN
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for pod in &surface.pods {
        for container in pod.containers.iter().filter(|container| is_daemon(container)) {
            let Some(image) = container.value.get("image") else { continue };
            let is = |keys: &[&str], wanted: &str| {
                let own = container.security(keys).or_else(|| pod.field("securityContext").and_then(|it| it.at(keys)));
                own.and_then(|value| value.text()) == Some(wanted)
            };
            // User namespaces of the pod, and privileges, take the place of all this.
            let is_free = is(&["privileged"], "true") || pod.field("hostUsers").is_some() || has_variable_security(container, pod);
            if is_free {
                continue;
            }
            let mut lacks = Vec::new();
            if !is(&["seccompProfile", "type"], "Unconfined") {
                lacks.push("`seccompProfile: {type: Unconfined}`");
            }
            let has_option = container.words().iter().any(|word| word.text().is_some_and(|text| text.contains("no-process-sandbox")));
            let has_proc = container.security(&["procMount"]).is_some();
            if !has_option && !has_proc && container.env().all(|env| env.text_of("name") != Some("BUILDKITD_FLAGS")) {
                lacks.push("`--oci-worker-no-process-sandbox`");
            }
            if is(&["allowPrivilegeEscalation"], "false") {
                lacks.push("`allowPrivilegeEscalation` left unset");
            }
            if !lacks.is_empty() {
                let message = format!("rootless BuildKit does not run here: it needs {}", lacks.join(" and "));
                sink.push(sink.finding(message).at(image.place()));
            }
        }
    }
}

/// Whether a container runs the daemon in the image that is made to run without root.
fn is_daemon(container: &Container<'_>) -> bool {
    let image = container.value.text_of("image").unwrap_or_default();
    let (name, tag) = image.split_once(':').unwrap_or((image, ""));
    let is_image = name == "moby/buildkit" || name.ends_with("/moby/buildkit");
    let tag = tag.split('@').next().unwrap_or_default();
    if !is_image || !(tag == "rootless" || tag.ends_with("-rootless")) || container.value.get("script").is_some() {
        return false;
    }
    let words = container.words();
    let command = container.value.get("command");
    let names_daemon = words.iter().any(|word| word.text().is_some_and(|text| is_word_of(text, "buildkitd")));
    // By itself the image starts the daemon; a main container of a task that says nothing is not meant so.
    command.map_or(container.role != Role::Main || !words.is_empty(), |_| names_daemon)
}

/// Whether a variable says how the container is confined.
fn has_variable_security(container: &Container<'_>, pod: &Pod<'_>) -> bool {
    let own = container.value.get("securityContext").or_else(|| pod.field("securityContext"));
    own.is_some_and(|own| own.text().is_some_and(crate::surface::has_variable))
}
