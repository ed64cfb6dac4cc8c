use std::collections::HashSet;

use luban_yaml::{Document, Path};

use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kpack-value",
    kinds: &["Image", "Build", "Builder", "ClusterBuilder"],
    title: "a value of a kpack object that its webhook refuses",
    why: "A builder is a Builder or a ClusterBuilder, a stack a ClusterStack; variables of a build take no Secret; \
          the operating system of its node is not chosen; limits of the history are at least 1; the name of an \
          Image is a label; services have names of their own, of small letters, digits, `-` and `.`.",
    fix: "Correct the value.",
    source: "kpack v0.17.2 pkg/apis/build/v1alpha1, pkg/apis/build/v1alpha2, pkg/apis/core/v1alpha1, `Validate`",
    bad: &[Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: example.com/shop/web
  builder: {kind: ⟦ClusterBuildr⟧, name: base}
  source:
    git: {url: 'https://git.example.com/acme/web', revision: 4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a}
  failedBuildHistoryLimit: ⟦0⟧
  build:
    creationTime: ⟦today⟧
    nodeSelector: {⟦kubernetes.io/os⟧: linux}
    env: [{name: TOKEN, valueFrom: {⟦secretKeyRef⟧: {name: a, key: b}}}]
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: example.com/shop/web
  builder: {kind: ClusterBuilder, name: base}
  source:
    git: {url: 'https://git.example.com/acme/web', revision: 4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a}
  build:
    services:
    - {name: settings, kind: Secret, apiVersion: v1}
    - {name: ⟦settings⟧, kind: Secret, apiVersion: v1}
    - {name: ⟦My_Settings⟧, kind: Secret, apiVersion: v1}
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Builder
metadata: {name: base, namespace: shop}
spec:
  tag: example.com/shop/builder
  stack: {kind: ClusterStack, name: base}
  order:
  - group:
    - {name: rust, kind: ⟦Buildpak⟧}
    - {⟦image⟧: example.com/buildpack}
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha1
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: example.com/shop/web
  builder: {kind: ⟦ClusterBuildr⟧, name: base}
  source:
    git: {url: 'https://git.example.com/acme/web', revision: 4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a}
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
  failedBuildHistoryLimit: 1
  build:
    creationTime: now
    env: [{name: A, value: b}]
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let is_first = entry.name.api_version == "kpack.io/v1alpha1";
    if !is_first && entry.name.api_version != "kpack.io/v1alpha2" {
        return;
    }
    let spec = entry.path.key("spec");
    let kind = entry.name.kind.as_str();
    let build = if kind == "Image" { spec.key("build") } else { spec.clone() };
    let mut wrong: Vec<(Path, bool, String)> = Vec::new();
    let mut one_of = |at: Path, known: &[&'static str], default: bool| {
        let text = document.text_at(&at).unwrap_or_default();
        if known.contains(&text) || is_template(text) || default && text.is_empty() {
            return;
        }
        let near = did_you_mean(text, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        wrong.push((at, false, format!("the kind is `{}`, not `{text}`{near}", known.join("` or `"))));
    };
    match kind {
        "Image" if document.has(&spec.key("builder")) => one_of(spec.key("builder").key("kind"), &["Builder", "ClusterBuilder"], false),
        "Builder" | "ClusterBuilder" => {
            one_of(spec.key("stack").key("kind"), &["ClusterStack"], kind == "Builder");
            if document.has(&spec.key("store")) {
                one_of(spec.key("store").key("kind"), &["ClusterStore"], kind == "Builder");
            }
        }
        _ => {}
    }
    let mut images = Vec::new();
    let order = spec.key("order");
    let order_length = document.length_at(&order).filter(|_| !is_first);
    for index in 0..order_length.unwrap_or(0) {
        let group = order.index(index).key("group");
        for index in 0..document.length_at(&group).unwrap_or(0) {
            let buildpack = group.index(index);
            if document.has(&buildpack.key("kind")) || document.has(&buildpack.key("name")) {
                one_of(buildpack.key("kind"), &["Buildpack", "ClusterBuildpack"], false);
            }
            let image = buildpack.key("image");
            if document.text_at(&image).is_some_and(|text| !text.is_empty()) {
                images.push(image);
            }
        }
    }
    for image in images {
        let message = "kpack takes no image here yet: name a Buildpack or write an `id`".to_owned();
        wrong.push((image, true, message));
    }
    wrong.extend(names(document, &build.key(if is_first { "bindings" } else { "services" })));
    if is_first {
        say(subject, sink, wrong);
        return;
    }
    for field in ["failedBuildHistoryLimit", "successBuildHistoryLimit"] {
        let at = spec.key(field);
        if document.text_at(&at).and_then(|text| text.parse::<i64>().ok()).is_some_and(|limit| limit < 1) {
            wrong.push((at, false, "the history keeps at least 1 build".to_owned()));
        }
    }
    let created = build.key("creationTime");
    let time = document.text_at(&created).filter(|text| !text.is_empty() && *text != "now" && !is_template(text));
    if let Some(text) = time.filter(|text| text.parse::<i64>().is_err()) {
        wrong.push((created, false, format!("`{text}` is neither `now` nor a number of seconds")));
    }
    let os = build.key("nodeSelector").key("kubernetes.io/os");
    if document.has(&os) {
        wrong.push((os, true, "kpack chooses the operating system itself".to_owned()));
    }
    let env = build.key("env");
    for index in 0..document.length_at(&env).unwrap_or(0) {
        let at = env.index(index).key("valueFrom").key("secretKeyRef");
        if document.has(&at) {
            let message = "variables of a build take no Secret: bind it as a service".to_owned();
            wrong.push((at, true, message));
        }
    }
    for field in ["notary", "cnbBindings"] {
        let at = if field == "notary" { spec.key(field) } else { build.key(field) };
        if document.has(&at) && document.has_value(&at) {
            wrong.push((at, true, format!("`{field}` is of v1alpha1: v1alpha2 has none")));
        }
    }
    say(subject, sink, wrong);
}

/// Names of bound services that are none, or that another has.
fn names(document: &Document, services: &Path) -> Vec<(Path, bool, String)> {
    let mut seen = HashSet::new();
    let mut wrong = Vec::new();
    for index in 0..document.length_at(services).unwrap_or(0) {
        let at = services.index(index).key("name");
        let Some(name) = document.text_at(&at).filter(|name| !name.is_empty() && !is_template(name)) else {
            continue;
        };
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        if !seen.insert(name) {
            wrong.push((at, false, format!("another one has the name `{name}`")));
        } else if name.len() > 253 || !name.bytes().all(is_name) {
            let message = format!("`{name}` is no name: it has small letters, digits, `-` and `.`, 253 at most");
            wrong.push((at, false, message));
        }
    }
    wrong
}

/// Says what is wrong at each path, of its key or of its value.
fn say(subject: &Subject<'_>, sink: &mut Sink<'_>, wrong: Vec<(Path, bool, String)>) {
    let document = &subject.entry.document;
    for (at, is_key, message) in wrong {
        let place = if is_key { document.locate_key(&at) } else { document.locate(&at) };
        sink.push(sink.finding(message).at(place));
    }
}
