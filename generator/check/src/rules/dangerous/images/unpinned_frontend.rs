use crate::rules::prelude::*;
use super::moves;
use crate::surface::{has_variable, programs, words};
use luban_diagnostic::Place;

pub(crate) static RULE: Rule = Rule {
    id: "unpinned-frontend",
    title: "a frontend of BuildKit that can change from one build to the next",
    why: "The frontend is a program that reads the build's plan and secrets: by a name that moves it is another one \
          tomorrow, and may not understand the plan that another version of the tool has made.",
    fix: "Write the version that the plan was made with, and its digest: `railpack-frontend:v0.37.0@sha256:…`.",
    source: "railpack v0.37 docs, Running Railpack in Production; moby/buildkit v0.32 docs, Custom Dockerfile syntax",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --frontend=gateway.v0 --opt ⟦source=ghcr.io/acme/frontend:stable⟧ --opt filename=plan.json
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: moby/buildkit:v0.32.2-rootless
    command: [buildctl]
    args: [build, --opt, ⟦'build-arg:BUILDKIT_SYNTAX=docker/dockerfile'⟧]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --frontend=gateway.v0 --opt source=docker/dockerfile:1.20.0 --opt filename=plan.json
      mount --bind source=/a/b target=/c
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let programs = programs(container);
        for program in &programs {
            for (at, word) in words(program.text) {
                if let Some(image) = moving(word) {
                    let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + word.len()));
                    push(image, place, sink);
                }
            }
        }
        if programs.is_empty() {
            for word in container.words() {
                if let Some(image) = word.text().and_then(moving) {
                    push(image, Some(word.place()), sink);
                }
            }
        }
    }
}

fn push(image: &str, place: Option<Place>, sink: &mut Sink<'_>) {
    let message = format!("frontend `{image}` has no version: it is another program tomorrow");
    sink.push(sink.finding(message).at(place));
}

/// The image that a word names as a frontend, if it has no version.
fn moving(word: &str) -> Option<&str> {
    let word = word.strip_prefix("--opt=").unwrap_or(word);
    let image = word.strip_prefix("source=").or_else(|| word.strip_prefix("build-arg:BUILDKIT_SYNTAX="))?;
    let last = image.rsplit('/').next()?;
    let tag = last.split_once(':').map(|(_, tag)| tag);
    let is_image = image.contains('/') && !image.starts_with(['/', '.']) && !image.contains("://");
    let is_open = has_variable(image) || image.contains('@') || image.contains('$');
    (is_image && !is_open && tag.is_none_or(moves)).then_some(image)
}
