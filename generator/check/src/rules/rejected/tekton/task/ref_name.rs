use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-ref-name",
    kinds: tekton::TASKS,
    title: "a reference to a task, pipeline or step action without a name, or with one that it cannot have",
    why: "A reference names an object of the namespace, or has a resolver that finds it; a name beside a resolver is a URL.",
    fix: "Write `name`, or `resolver` with its `params`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `validateRef`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  ⟦taskRef⟧: {kind: Task}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: ⟦not/a/name⟧}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build}
spec:
  pipelineRef: {name: ⟦build⟧, resolver: git}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {resolver: hub, params: [{name: name, value: git-clone}]}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {resolver: http, name: 'https://example.com/task.yaml'}
",
    ).flags(&[("enable-concise-resolver-syntax", "true")])],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for reference in &view.references {
        let of = reference.of.name();
        let has_params = reference.params().is_some();
        if let Some(name) = reference.at.get("name").filter(|name| name.text() != Some("")) {
            let text = reference.name();
            let message = if reference.has_url() || tekton::is_placeholder(text) {
                continue;
            } else if !reference.resolver().is_empty() {
                if has_params {
                    continue;
                }
                format!("`{text}` is no URL: beside a resolver, the name of a {of} is one")
            } else if !has_params && !tekton::is_qualified(text) {
                format!("`{text}` is no name of a {of}: it has letters, digits, `-`, `_` and `.`, 63 characters at most")
            } else {
                continue;
            };
            sink.push(sink.finding(message).at(name.place()));
            continue;
        }
        let is_named = has_params || !reference.resolver().is_empty();
        let misspelt = |field| sink.is_misspelt_in(view.entry, reference.at, field);
        if is_named || misspelt("name") || misspelt("resolver") {
            continue;
        }
        let message = format!("`name` of the {of} is missing: a reference has it, or `resolver` and `params`");
        sink.push(sink.finding(message).at(reference.at.head()));
    }
}
