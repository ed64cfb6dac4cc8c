use luban_yaml::{Path, PathSegment};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kpack-field",
    kinds: &["Image", "Build", "Builder", "ClusterBuilder", "ClusterStack", "ClusterStore", "Buildpack", "ClusterBuildpack", "ClusterLifecycle"],
    title: "a field of a kpack object that is missing",
    why: "kpack's definitions take any object; its webhook refuses one without these fields.",
    fix: "Write the field.",
    source: "kpack v0.17.2 pkg/apis/build/v1alpha1, pkg/apis/build/v1alpha2, pkg/apis/core/v1alpha1, `Validate`",
    bad: &[Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: shop}
⟦spec⟧:
  builder: {kind: ClusterBuilder, name: base}
  source:
    ⟦git⟧: {url: 'https://git.example.com/acme/web'}
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: ClusterStack
metadata: {name: base}
spec:
  id: io.buildpacks.stacks.noble
  buildImage: {image: example.com/build}
  ⟦runImage⟧: {}
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: ClusterStore
metadata: {name: base}
⟦spec⟧:
  sources: []
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: ClusterStore
metadata: {name: base}
spec:
  serviceAccountRef: {name: builder, namespace: kpack}
  ⟦sources⟧:
  - image: example.com/java
  - {}
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha1
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: example.com/shop/web
  builder: {kind: ClusterBuilder, name: base}
  source:
    ⟦git⟧: {url: 'https://git.example.com/acme/web'}
  build:
    bindings: [{name: settings, ⟦metadataRef⟧: {name: ''}}]
",
    )],
    good: &[Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: example.com/shop/web
  builder: {kind: ClusterBuilder, name: base}
  source:
    git: {url: 'https://git.example.com/acme/web', revision: 4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

/// Fields by kind that must hold something.
const NEEDED: &[(&str, &[&str])] = &[
    ("Image", &["spec.tag", "spec.builder.name"]),
    ("Build", &["spec.tags"]),
    ("Builder", &["spec.tag", "spec.stack.name"]),
    ("ClusterBuilder", &["spec.tag", "spec.stack.name", "spec.serviceAccountRef.name", "spec.serviceAccountRef.namespace"]),
    ("ClusterStack", &["spec.id", "spec.buildImage.image", "spec.runImage.image"]),
    ("ClusterStore", &["spec.sources"]),
    ("Buildpack", &["spec.image"]),
    ("ClusterBuildpack", &["spec.image"]),
    ("ClusterLifecycle", &["spec.image"]),
];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let is_first = entry.name.api_version == "kpack.io/v1alpha1";
    if !is_first && entry.name.api_version != "kpack.io/v1alpha2" || subject.objects.kustomize().is_patched(subject.position) {
        return;
    }
    let path = |field: &str| field.split('.').fold(entry.path.clone(), |path, key| path.key(key));
    let mut needed: Vec<Path> = Vec::new();
    for (_, fields) in NEEDED.iter().filter(|(kind, _)| *kind == entry.name.kind) {
        needed.extend(fields.iter().map(|field| path(field)));
    }
    let source = path("spec.source");
    if matches!(entry.name.kind.as_str(), "Image" | "Build") {
        let kinds = ["git", "blob", "registry"];
        let has = |field: &str| document.has(&source.key(field)) && document.has_value(&source.key(field));
        if !kinds.iter().any(|kind| has(kind)) && !kinds.iter().any(|kind| sink.is_misspelt(entry, &source, kind)) {
            let finding = sink.finding(format!("`{source}` has none of `git`, `blob`, `registry`: there is nothing to build"));
            sink.push(finding.at(entry.key_or_head(&source)));
        }
        for (kind, fields) in [("git", &["url", "revision"][..]), ("blob", &["url"]), ("registry", &["image"])] {
            if has(kind) {
                needed.extend(fields.iter().map(|field| source.key(kind).key(field)));
            }
        }
    }
    if entry.name.kind == "Build" {
        let builder = path("spec.builder");
        let reference = builder.key("ref");
        let is_reference = document.has(&reference) && document.has_value(&reference);
        let fields = if is_reference { vec![reference.key("name"), reference.key("kind")] } else { vec![builder.key("image")] };
        needed.extend(fields);
    }
    let build = if entry.name.kind == "Image" { path("spec.build") } else { path("spec") };
    let services = build.key("services");
    for index in 0..document.length_at(&services).unwrap_or(0) {
        needed.extend(["name", "kind"].map(|field| services.index(index).key(field)));
    }
    let sources = path("spec.sources");
    for index in 0..document.length_at(&sources).unwrap_or(0) {
        needed.push(sources.index(index).key("image"));
    }
    let bindings = build.key("bindings");
    for index in 0..document.length_at(&bindings).unwrap_or(0) {
        let at = bindings.index(index);
        needed.extend([at.key("name"), at.key("metadataRef").key("name")]);
    }
    // Later versions do without a store.
    if is_first && matches!(entry.name.kind.as_str(), "Builder" | "ClusterBuilder") {
        needed.push(path("spec.store.name"));
    }
    let order = path("spec.order");
    let order_length = document.length_at(&order).filter(|_| !is_first);
    for index in 0..order_length.unwrap_or(0) {
        let group = order.index(index).key("group");
        for index in 0..document.length_at(&group).unwrap_or(0) {
            let at = group.index(index);
            let has = |field: &str| document.text_at(&at.key(field)).is_some_and(|text| !text.is_empty());
            if !["id", "name", "kind", "image"].iter().any(|field| has(field)) {
                let finding = sink.finding(format!("`{at}` names no buildpack: write its `id`"));
                sink.push(finding.at(document.locate_head(&at)));
            }
        }
    }
    // A reference to an account has both parts.
    let account = path("spec.serviceAccountRef");
    if document.has(&account) && document.has_value(&account) && entry.name.kind != "ClusterBuilder" {
        needed.extend(["name", "namespace"].map(|field| account.key(field)));
    }
    for at in needed {
        // The text of null is no value.
        let is_there = document.has_value(&at) && document.text_at(&at).is_some_and(|text| !text.is_empty()) || document.length_at(&at).is_some_and(|length| length > 0);
        let parent = Path::from(at.get(..at.len() - 1).unwrap_or_default().to_vec());
        let field = match at.last() { Some(PathSegment::Key(key)) => key.to_string(), _ => String::new() };
        if is_there || sink.is_misspelt(entry, &parent, &field) {
            continue;
        }
        let place = if document.has(&parent) { document.locate_key(&parent) } else { entry.key_or_head(&at) };
        sink.push(sink.finding(format!("`{at}` is missing")).at(place));
    }
}
