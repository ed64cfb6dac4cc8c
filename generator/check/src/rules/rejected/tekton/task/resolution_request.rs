use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-resolution-request",
    kinds: &["ResolutionRequest"],
    title: "a ResolutionRequest that no resolver takes",
    why: "A resolver takes the requests whose label `resolution.tekton.dev/type` names it.",
    fix: "Write the label.",
    source: "tektoncd/pipeline v1.15 pkg/apis/resolution/v1beta1/resolution_request_validation.go, `validateTypeLabel`",
    bad: &[Example::new(
        "apiVersion: resolution.tekton.dev/v1beta1
kind: ResolutionRequest
⟦metadata⟧: {name: a}
spec: {params: [{name: url, value: 'https://example.com'}]}
",
    )],
    good: &[Example::new(
        "apiVersion: resolution.tekton.dev/v1beta1
kind: ResolutionRequest
metadata: {name: a, labels: {resolution.tekton.dev/type: git}}
spec: {params: [{name: url, value: 'https://example.com'}]}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

const LABEL: &str = "resolution.tekton.dev/type";

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if view.kind != tekton::Kind::ResolutionRequest {
        return;
    }
    let metadata = view.root.get("metadata");
    let labels = metadata.and_then(|metadata| metadata.get("labels"));
    if labels.is_some_and(|labels| !tekton::text_of(labels, LABEL).is_empty()) {
        return;
    }
    let is_misspelt = match metadata {
        None => sink.is_misspelt_in(view.entry, view.root, "metadata"),
        Some(metadata) => sink.is_misspelt_in(view.entry, metadata, "labels"),
    };
    if is_misspelt {
        return;
    }
    let place = labels.or(metadata).unwrap_or(view.root).head();
    sink.push(sink.finding(format!("label `{LABEL}` is missing: it names the resolver")).at(place));
}
