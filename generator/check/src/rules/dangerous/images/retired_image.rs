use crate::rules::prelude::*;
use crate::surface::{Language, words};

pub(crate) static RULE: Rule = Rule {
    id: "retired-image",
    confidence: Confidence::High,
    title: "an image that gets no new versions under this name",
    why: "Its project publishes under another name now: here are no repairs of security, and one day there is no image.",
    fix: "Write the name that the message says, with a version that it has there.",
    source: "kubernetes.io blog 2023-02-06, `k8s.gcr.io` is frozen; railpack v0.37 buildkit/frontend.go and release workflow; \
             kubernetes/ingress-nginx v1.0 changelog",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: ⟦k8s.gcr.io/pause:3.9⟧
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      buildctl build --frontend=gateway.v0 --opt build-arg:cache-key=$TEAM \\
        --opt source=⟦ghcr.io/railwayapp/railpack:railpack-frontend-v0.7.2⟧
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    image: registry.k8s.io/pause:3.10
  - name: b
    image: mirror.acme.org/k8s.gcr.io/pause:3.9
",
    )],
    check: Check::Surface(check),
    ..DANGEROUS
};

/// How old names begin, and what stands for them now.
const MOVED: &[(&str, &str)] = &[
    ("k8s.gcr.io/", "registry.k8s.io/"),
    ("gcr.io/google-containers/", "registry.k8s.io/"),
    ("gcr.io/google_containers/", "registry.k8s.io/"),
    ("quay.io/kubernetes-ingress-controller/", "registry.k8s.io/ingress-nginx/"),
    ("ghcr.io/railwayapp/railpack:railpack-frontend", "ghcr.io/railwayapp/railpack-frontend:"),
];

fn moved(image: &str) -> Option<&'static (&'static str, &'static str)> {
    MOVED.iter().find(|(old, _)| image.starts_with(old))
}

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let say = |image: &str, new: &str| format!("`{image}` is an old name: new versions are in `{}`", new.trim_end_matches([':', '/']));
    for image in surface.images() {
        if let Some((_, new)) = moved(image.text) {
            sink.push(sink.finding(say(image.text, new)).at(image.value.place()));
        }
    }
    for container in surface.containers() {
        for word in container.words() {
            let image = word.text().filter(|text| !text.contains(char::is_whitespace)).and_then(|text| text.rsplit('=').next()).unwrap_or_default();
            if let Some((_, new)) = moved(image) {
                sink.push(sink.finding(say(image, new)).at(word.place()));
            }
        }
    }
    let names = |text: &str| MOVED.iter().any(|(old, _)| text.contains(old));
    for program in surface.programs().iter().filter(|it| it.language == Language::Shell && names(it.text)) {
        for (at, word) in words(program.text) {
            let image = word.rsplit('=').next().unwrap_or_default();
            if let Some((_, new)) = moved(image) {
                let end = at + word.len();
                let place = program.value.scalar().map(|scalar| scalar.place_of(end - image.len()..end));
                sink.push(sink.finding(say(image, new)).at(place));
            }
        }
    }
}
