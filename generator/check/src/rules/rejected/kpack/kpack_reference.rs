use luban_yaml::Path;

use crate::argo_cd::is_template;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "kpack-reference",
    kinds: &["Image", "Build", "Builder", "ClusterBuilder", "ClusterStack", "ClusterStore", "Buildpack", "ClusterBuildpack", "ClusterLifecycle"],
    title: "an image that kpack cannot read as a reference",
    why: "Tags and images are references as registries have them: small letters, and for a tag no digest. All tags \
          of an Image are in one registry.",
    fix: "Correct the reference.",
    source: "kpack v0.17.2 pkg/apis/build/v1alpha2, pkg/apis/core/v1alpha1, `Validate`; go-containerregistry pkg/name",
    bad: &[Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: ⟦'example.com/Shop/web'⟧
  builder: {kind: ClusterBuilder, name: base}
  source:
    git: {url: 'https://git.example.com/acme/web', revision: 4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a4f3c2b1a}
",
    ), Example::new(
        "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: web, namespace: shop}
spec:
  tag: example.com/shop/web
  additionalTags: ['example.com/shop/web:a', ⟦'other.example.com/shop/web:a'⟧]
  builder: {kind: ClusterBuilder, name: base}
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
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    if !matches!(entry.name.api_version.as_str(), "kpack.io/v1alpha1" | "kpack.io/v1alpha2") {
        return;
    }
    let spec = entry.path.key("spec");
    let list = |path: Path| (0..document.length_at(&path).unwrap_or(0)).map(|index| path.index(index)).collect::<Vec<_>>();
    let mut tags = vec![spec.key("tag")];
    tags.extend(list(spec.key("additionalTags")));
    tags.extend(list(spec.key("tags")));
    // The image of a lifecycle is not looked at.
    let own = if entry.name.kind == "ClusterLifecycle" { "" } else { "image" };
    let mut images = vec![
        spec.key(own),
        spec.key("source").key("registry").key("image"),
        spec.key("buildImage").key("image"),
        spec.key("runImage").key("image"),
        spec.key("lastBuild").key("image"),
    ];
    if entry.name.kind == "Build" {
        images.push(spec.key("builder").key("image"));
    }
    images.extend(list(spec.key("sources")).into_iter().map(|source| source.key("image")));
    let mut registry: Option<(&str, Path)> = None;
    for (at, is_tag) in tags.into_iter().map(|at| (at, true)).chain(images.into_iter().map(|at| (at, false))) {
        let Some(text) = document.text_at(&at).filter(|text| !text.is_empty() && !is_template(text)) else { continue };
        match fault(text, is_tag) {
            Some(why) => {
                let finding = sink.finding(format!("`{text}` is no reference of an image: {why}"));
                sink.push(finding.at(document.locate(&at)));
            }
            None if is_tag && entry.name.kind == "Image" => {
                let own = host(text).0;
                match &registry {
                    None => registry = Some((own, at)),
                    Some((first, there)) if *first != own => {
                        let message = format!("`{text}` is in registry `{own}`, and the tag of the Image in `{first}`");
                        let finding = sink.finding(message).at(document.locate(&at));
                        sink.push(finding.related("the other is here", document.locate(there)));
                    }
                    Some(_) => {}
                }
            }
            None => {}
        }
    }
}

/// The registry of a reference, and what follows it.
fn host(text: &str) -> (&str, &str) {
    match text.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => (first, rest),
        _ => ("index.docker.io", text),
    }
}

fn fault(text: &str, is_tag: bool) -> Option<&'static str> {
    let (name, digest) = match text.split_once('@') {
        Some(_) if is_tag => return Some("a tag has no digest"),
        Some((name, digest)) => (name, Some(digest)),
        None => (text, None),
    };
    let is_digest = |digest: &str| digest.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(|it| it.is_ascii_hexdigit()));
    if digest.is_some_and(|digest| !is_digest(digest)) {
        return Some("a digest is `sha256:` and 64 hexadecimal digits");
    }
    let (name, tag) = match name.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
        _ => (name, None),
    };
    let is_tag_name = |tag: &str| {
        (1..=128).contains(&tag.len()) && tag.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.'))
    };
    if tag.is_some_and(|tag| !is_tag_name(tag)) {
        return Some("a tag has letters, digits, `_`, `-` and `.`");
    }
    let repository = host(name).1;
    let is_repository = (2..=255).contains(&repository.len())
        && repository.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || matches!(it, '_' | '-' | '.' | '/'));
    (!is_repository).then_some("the name of a repository has small letters, digits, `_`, `-`, `.` and `/`")
}
