use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-object-name",
    kinds: tekton::KINDS,
    title: "an object whose name Tekton refuses",
    why: "Names of pods and labels are made of it: lower case letters, digits, `-` and `.`, 63 characters at most, where Kubernetes itself takes more.",
    fix: "Rename the object, or write `generateName`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/validate/metadata.go, `ObjectMetadata`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: ⟦Build_App⟧}
spec:
  steps: [{image: 'alpine:3.23'}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: ⟦aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa⟧}
spec: {taskRef: {name: build}}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
⟦metadata⟧: {labels: {a: b}}
spec:
  steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: build-}
spec:
  taskSpec:
    steps: [{image: 'alpine:3.23'}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

/// How much of `generateName` the API server keeps before what it generates.
const PREFIX: usize = 58;
const MOST: usize = 63;

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if view.kind == tekton::Kind::ResolutionRequest {
        return;
    }
    let Some(metadata) = view.root.get("metadata") else {
        if sink.is_misspelt_in(view.entry, view.root, "metadata") {
            return;
        }
        let place = view.root.key_place("metadata").unwrap_or_else(|| view.root.head());
        return sink.push(sink.finding("`metadata.name` is missing").at(place));
    };
    let written = |field: &str| metadata.get(field).filter(|name| name.text() != Some(""));
    let (name, judged) = match (written("name"), written("generateName")) {
        (Some(name), _) => (name, name.text().unwrap_or_default().to_owned()),
        (None, Some(prefix)) => {
            let kept: String = prefix.text().unwrap_or_default().chars().take(PREFIX).collect();
            (prefix, format!("{kept}00000"))
        }
        (None, None) => {
            let misspelt = |field| sink.is_misspelt_in(view.entry, metadata, field);
            if !misspelt("name") && !misspelt("generateName") {
                let message = "`metadata.name` is missing";
                sink.push(sink.finding(message).at(metadata.head()));
            }
            return;
        }
    };
    if tekton::is_placeholder(&judged) {
        return;
    }
    let text = name.text().unwrap_or_default();
    let message = if !tekton::is_dns_subdomain(&judged) {
        format!("name `{text}` is invalid: it has lower case letters, digits, `-` and `.`, a letter or digit first and last")
    } else if judged.len() > MOST {
        format!("name `{text}` has {} characters, more than {MOST}", judged.len())
    } else {
        return;
    };
    sink.push(sink.finding(message).at(name.place()));
}
