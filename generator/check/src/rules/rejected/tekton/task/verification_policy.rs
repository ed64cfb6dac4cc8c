use luban_expression::go_regexp;
use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-verification-policy",
    kinds: &["VerificationPolicy"],
    title: "a VerificationPolicy that cannot verify",
    why: "It names resources by regular expression, and authorities with one key each: `data`, `secretRef` or `kms`.",
    fix: "Write what is missing, and one key for each authority.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1alpha1/verificationpolicy_validation.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1alpha1
kind: VerificationPolicy
metadata: {name: signed}
spec:
  mode: ⟦strict⟧
  resources: [{pattern: ⟦'*.git'⟧}]
  authorities:
  - name: a
    key: {data: abc, ⟦kms⟧: 'gcpkms://a'}
  - name: b
    key: {kms: 'gcpkms://a', hashAlgorithm: ⟦md5⟧}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1alpha1
kind: VerificationPolicy
metadata: {name: signed}
spec:
  ⟦resources⟧: []
  ⟦authorities⟧: []
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1alpha1
kind: VerificationPolicy
metadata: {name: signed}
spec:
  mode: enforce
  resources: [{pattern: '.*'}]
  authorities:
  - name: a
    key: {secretRef: {name: a, namespace: b}, hashAlgorithm: SHA256}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if view.kind != tekton::Kind::VerificationPolicy {
        return;
    }
    let spec = view.spec().unwrap_or(view.root);
    for field in ["resources", "authorities"] {
        if spec.get(field).is_none_or(Cursor::is_empty) && !sink.is_misspelt_in(view.entry, spec, field) {
            let place = spec.key_place(field).unwrap_or_else(|| spec.head());
            sink.push(sink.finding(format!("`{field}` is missing: at least one is needed")).at(place));
        }
    }
    for pattern in tekton::items_of(spec, "resources").filter_map(|resource| resource.get("pattern")) {
        if let Err(problem) = go_regexp::check(pattern.text().unwrap_or_default()) {
            let message = format!("the pattern is no regular expression: {}", problem.message);
            sink.push(sink.finding(message).at(pattern.place()));
        }
    }
    for key in tekton::items_of(spec, "authorities").filter_map(|authority| authority.get("key")) {
        judge_key(view, key, sink);
    }
    let mode = tekton::text_of(spec, "mode");
    if !matches!(mode, "" | "enforce" | "warn") {
        let message = format!("`mode` cannot be `{mode}`: it is `enforce` or `warn`");
        sink.push(sink.finding(message).at(spec.get("mode").map(Cursor::place)));
    }
}

fn judge_key(view: &tekton::View<'_>, key: Cursor<'_>, sink: &mut Sink<'_>) {
    let known = ["data", "secretRef", "kms"];
    let is_there = |value: &Cursor<'_>| value.text() != Some("");
    let found: Vec<_> = known.into_iter().filter_map(|field| Some((field, key.get(field).filter(is_there)?))).collect();
    match found.as_slice() {
        [] => {
            if !known.into_iter().any(|field| sink.is_misspelt_in(view.entry, key, field)) {
                let message = "a key needs `data`, `secretRef` or `kms`";
                sink.push(sink.finding(message).at(key.head()));
            }
        }
        [_] => {}
        [(first, first_at), .., (last, last_at)] => {
            let message = format!("`{last}` cannot stand beside `{first}`: an authority has one key");
            sink.push(sink.finding(message).at(last_at.head()).related("the first is here", first_at.head()));
        }
    }
    let Some(hash) = key.get("hashAlgorithm") else {
        return;
    };
    let text = hash.text().unwrap_or_default();
    if !matches!(text.to_lowercase().as_str(), "" | "sha224" | "sha256" | "sha384" | "sha512") {
        let message = format!("`hashAlgorithm` cannot be `{text}`: it is `sha224`, `sha256`, `sha384` or `sha512`");
        sink.push(sink.finding(message).at(hash.place()));
    }
}
