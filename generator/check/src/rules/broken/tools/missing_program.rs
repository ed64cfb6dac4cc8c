use crate::rules::prelude::*;
use crate::surface::{Language, commands, is_word_of, spec_of, templates};

pub(crate) static RULE: Rule = Rule {
    id: "missing-program",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "a program that the image does not have",
    why: "The shell says `not found` and the step fails; where the script asks first (`command -v`), what it would do never \
          happens.",
    fix: "Take an image that has the program, or install it in an image of your own.",
    source: "moby/buildkit v0.32.2 Dockerfile, stages `buildkit-export` and `rootless`; alpine 3.23 and busybox 1.37 images",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: moby/buildkit:v0.32.2-rootless
    script: |
      #!/bin/sh
      DIGEST=$(⟦jq⟧ -r '.\"containerimage.digest\"' /tmp/metadata.json)
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: read}
spec:
  templates:
  - name: read
    script:
      image: alpine:3.23
      command: [sh]
      source: |
        ⟦curl⟧ -fsS https://example.com/list
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: read}
spec:
  templates:
  - name: read
    script:
      image: alpine:3.23
      command: [sh]
      source: |
        apk add --no-cache curl
        curl -fsS https://example.com/list
  - name: brought
    inputs:
      artifacts:
      - {name: curl, path: /bin/curl, mode: 493, http: {url: 'https://example.com/curl'}}
    script:
      image: busybox:1.37
      command: [sh]
      source: |
        curl -fsS https://example.com/list
  - name: own
    script:
      image: ghcr.io/acme/alpine:3.23
      command: [sh]
      source: |
        curl -fsS https://example.com/list
  - name: has
    script:
      image: moby/buildkit:v0.32.2
      command: [sh]
      source: |
        git version | awk '{print $3}' | grep 2 || wget -q https://example.com/curl
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

/// Programs that scripts call, and neither Alpine nor busybox has.
const WANTED: &[&str] = &[
    "aws", "bash", "cosign", "crane", "curl", "docker", "gcloud", "gh", "git", "go", "helm", "jq", "kubectl", "kustomize", "make",
    "node", "npm", "oras", "python", "python3", "rsync", "skopeo", "ssh", "trivy", "yq",
];

/// Images by their whole name, and what they have of these.
const IMAGES: &[(&str, &[&str])] = &[
    ("moby/buildkit", &["git", "ssh"]),
    ("alpine", &[]),
    ("busybox", &[]),
];

/// Words of a script that brings a program.
const BRINGS: &[&str] = &["apk ", "PATH=", "install", "alias ", "() {", "(){", "wget", "tar x", "tar -x", "chmod", "unzip", "/bin"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs().iter().filter(|program| program.language == Language::Shell) {
        let image = program.container.field("image").and_then(|image| image.text()).unwrap_or_default();
        let Some((name, has)) = known(image) else { continue };
        // The shell's own line names a folder of programs and brings none.
        let body = program.text.strip_prefix("#!").and_then(|rest| rest.split_once('\n')).map_or(program.text, |(_, rest)| rest);
        let has_env = program.container.env().any(|env| env.text_of("name") == Some("PATH"));
        let has_folder = program.container.value.items_of("volumeMounts").any(|mount| mount.text_of("mountPath").is_some_and(|path| path.contains("bin")));
        if has_env || has_folder || BRINGS.iter().any(|word| body.contains(word)) {
            continue;
        }
        let mut said: Vec<&str> = Vec::new();
        for command in commands(program.text) {
            let Some((at, word)) = command.call().first() else { continue };
            if !WANTED.contains(word) || has.contains(word) || said.contains(word) || is_brought(surface, word) {
                continue;
            }
            said.push(word);
            let place = program.value.scalar().map(|scalar| scalar.place_of(*at..at + word.len()));
            let message = format!("image `{name}` has no `{word}`");
            sink.push(sink.finding(message).at(place));
        }
    }
}

fn known(image: &str) -> Option<(&'static str, &'static [&'static str])> {
    let name = image.split('@').next()?;
    let cut = name.rfind('/').map_or(0, |at| at + 1);
    let name = match name.get(cut..)?.find(':') {
        Some(at) => name.get(..cut + at)?,
        None => name,
    };
    let name = name.strip_prefix("docker.io/").unwrap_or(name);
    let name = name.strip_prefix("library/").unwrap_or(name);
    IMAGES.iter().find(|(known, _)| *known == name).copied()
}

/// Whether an artifact puts the program into a workflow's pods.
fn is_brought(surface: &Surface<'_>, program: &str) -> bool {
    let Some(spec) = spec_of(surface.entry, surface.root) else {
        return false;
    };
    let artifacts = templates(spec).into_iter().filter_map(|template| template.value.get("inputs"));
    let mut paths = artifacts.flat_map(|inputs| inputs.items_of("artifacts")).filter_map(|artifact| artifact.text_of("path"));
    paths.any(|path| is_word_of(path, program) || path.trim_end_matches('/').ends_with("/bin"))
}
