use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-ref-without-resolver",
    kinds: tekton::TASKS,
    title: "a reference that only a resolver could follow, without one",
    why: "`params` and a URL are for a resolver; without one a reference has a name of the namespace.",
    fix: "Write `resolver`, such as `git`, `hub`, `bundles`, `cluster` or `http`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `validateRef`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef:
    ⟦params⟧: [{name: url, value: 'https://example.com'}]
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: ⟦'https://example.com/task.yaml'⟧}
",
    ).flags(&[("enable-concise-resolver-syntax", "true")])],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {resolver: git, params: [{name: url, value: 'https://example.com'}]}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for reference in view.references.iter().filter(|reference| reference.resolver().is_empty()) {
        if let Some(params) = reference.params() {
            if !sink.is_misspelt_in(view.entry, reference.at, "resolver") {
                let message = format!("`params` of a {} are for its `resolver`, which is missing", reference.of.name());
                sink.push(sink.finding(message).at(params.head()));
            }
        } else if let Some(name) = reference.at.get("name").filter(|_| reference.has_url()) {
            // Where the flag is off, that is what is said.
            if view.flags.enable_concise_resolver_syntax {
                let message = format!("a URL in the name of a {} is for its `resolver`, which is missing", reference.of.name());
                sink.push(sink.finding(message).at(name.place()));
            }
        }
    }
}
