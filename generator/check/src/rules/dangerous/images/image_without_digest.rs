use crate::rules::prelude::*;
use super::moves;

pub(crate) static RULE: Rule = Rule {
    id: "image-without-digest",
    confidence: Confidence::High,
    profile: Profile::Strict,
    title: "an image by its tag alone",
    why: "A tag can be pushed again: whoever has the credentials of the registry changes what runs, and nobody sees it.",
    fix: "Write the digest behind the tag: `alpine:3.23.0@sha256:…`; tools such as Renovate keep both new.",
    source: "SLSA v1.1, Build track; sigstore policy-controller docs",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - {name: a, image: ⟦'alpine:3.23'⟧}
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
  - {name: a, image: 'alpine:3.23@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for image in surface.images().iter().filter(|image| !image.has_digest() && !image.is_open()) {
        if image.tag().is_some_and(|tag| !moves(tag)) {
            let message = format!("image `{}` has no digest: its tag can be pushed again", image.text);
            sink.push(sink.finding(message).at(image.value.place()));
        }
    }
}
