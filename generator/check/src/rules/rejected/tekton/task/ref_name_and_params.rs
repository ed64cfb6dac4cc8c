use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-ref-name-and-params",
    kinds: tekton::TASKS,
    title: "a reference with both a name and parameters of a resolver",
    why: "Either the name or the parameters say what is meant.",
    fix: "Remove one of them; the cluster resolver has the name among its `params`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/container_validation.go, `validateRef`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef:
    name: build
    resolver: cluster
    ⟦params⟧: [{name: namespace, value: tasks}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef:
    resolver: cluster
    params: [{name: name, value: build}, {name: namespace, value: tasks}]
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for reference in &view.references {
        let name = reference.at.get("name").filter(|name| name.text() != Some(""));
        if let (Some(name), Some(params)) = (name, reference.params()) {
            let message = format!("`params` of a {} cannot stand beside its `name`", reference.of.name());
            sink.push(sink.finding(message).at(params.head()).related("the name is here", name.head()));
        }
    }
}
