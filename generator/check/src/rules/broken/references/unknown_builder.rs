use crate::references::{References, Target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-builder",
    title: "a kpack builder, stack, store or lifecycle that is not given",
    why: "An Image waits for a builder that does not exist, a builder for its stack and store. They may exist \
          elsewhere, so that this is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "kpack v0.17 pkg/reconciler/image/image.go, pkg/reconciler/builder/builder.go",
    bad: &[Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: ClusterStack
metadata: {name: base}
spec:
  id: dev.acme.base
  buildImage: {image: 'ghcr.io/acme/build:1.4.2'}
  runImage: {image: 'ghcr.io/acme/run:1.4.2'}
---
apiVersion: kpack.io/v1alpha2
kind: ClusterBuilder
metadata: {name: any}
spec:
  tag: ghcr.io/acme/builder
  stack: {kind: ClusterStack, name: ⟦bsae⟧}
  store: {kind: ClusterStore, name: ⟦base⟧}
  serviceAccountRef: {name: default, namespace: kpack}
  order: []
",
    )],
    good: &[Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: ClusterStack
metadata: {name: base}
spec:
  id: dev.acme.base
  buildImage: {image: 'ghcr.io/acme/build:1.4.2'}
  runImage: {image: 'ghcr.io/acme/run:1.4.2'}
---
apiVersion: kpack.io/v1alpha2
kind: ClusterStore
metadata: {name: base}
spec:
  sources: [{image: 'ghcr.io/acme/buildpack:1.4.2'}]
---
apiVersion: kpack.io/v1alpha2
kind: Builder
metadata: {name: any, namespace: ci}
spec:
  tag: ghcr.io/acme/builder
  serviceAccountName: kpack
  stack: {kind: ClusterStack, name: base}
  store: {kind: ClusterStore, name: base}
  order: []
---
apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: ci}
spec:
  tag: ghcr.io/acme/web
  builder: {kind: Builder, name: any}
  source:
    git: {url: 'https://git.acme.dev/web', revision: main}
",
    )],
    check: Check::References(check),
    ..BROKEN
};

fn check(references: &References<'_>, sink: &mut Sink<'_>) {
    references.say_missing(&[Target::Builder, Target::ClusterBuilder, Target::ClusterStack, Target::ClusterStore, Target::ClusterLifecycle], sink);
}
