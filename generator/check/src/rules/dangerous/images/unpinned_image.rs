use crate::rules::prelude::*;
use super::moves;

pub(crate) static RULE: Rule = Rule {
    id: "unpinned-image",
    confidence: Confidence::High,
    title: "an image that can change from one run to the next",
    why: "A reference without a tag, with `latest` or with a name that moves (`main`, `stable`, `rootless`) is another \
          program tomorrow: a run cannot be repeated, and whoever may push the tag runs code here.",
    fix: "Write a full version, and the digest behind it: `alpine:3.23.0@sha256:…`.",
    source: "kubernetes v1.35 docs, Images; SLSA v1.1, Build track",
    bad: &[
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - {name: a, image: ⟦alpine⟧}
  - {name: b, image: ⟦registry.example.com:5000/b:latest⟧}
  - {name: c, image: ⟦'moby/buildkit:rootless'⟧}
",
        ),
        Example::new(
            "apiVersion: kpack.io/v1alpha2
kind: ClusterStack
metadata: {name: base}
spec:
  id: io.buildpacks.stacks.noble
  buildImage: {image: ⟦paketobuildpacks/build-noble-base⟧}
  runImage: {image: 'paketobuildpacks/run-noble-base:0.1.9'}
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
  - {name: a, image: 'alpine:3.23'}
  - {name: b, image: 'b@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1'}
  - {name: c, image: 'c:1d2f0c3'}
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: a}
spec:
  params: [{name: image}]
  steps: [{name: a, image: $(params.image)}]
",
        ),
        Example::new(
            "apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: registry.example.com/a}]
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [pod.yaml]
images: [{name: registry.example.com/a, newTag: 1.2.3}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    // What Kustomize or a parameter sets is not known here.
    for image in surface.images().iter().filter(|image| !image.has_digest() && !image.is_open()) {
        let message = match image.tag() {
            None if surface.objects.kustomized().sets_tag(surface.entry.document.file(), image.text) => continue,
            None => format!("image `{}` has no tag, so it is `latest`", image.text),
            Some(tag) if moves(tag) => format!("tag `{tag}` of image `{}` moves: it is another image tomorrow", image.text),
            Some(_) => continue,
        };
        sink.push(sink.finding(message).at(image.value.place()));
    }
}
