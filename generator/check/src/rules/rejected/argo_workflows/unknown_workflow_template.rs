use crate::argo::{Fault, Target};
use crate::rules::prelude::*;
use luban_diagnostic::Finding;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-workflow-template",
    kinds: WORKFLOWS,
    title: "a reference to a WorkflowTemplate or ClusterWorkflowTemplate that is not given",
    why: "The workflow is refused if no such object exists in its namespace, or for `clusterScope` in the cluster. It may exist \
          elsewhere, so that this is a warning unless all objects are given.",
    fix: "Correct the name, give the file that has the object, or say what the cluster has by `--cluster-objects`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `Workflow`, `validateTemplateHolder`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - name: a
        templateRef: {name: ⟦lib⟧, template: hello}
---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  workflowTemplateRef: {name: ⟦build⟧, clusterScope: true}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: ClusterWorkflowTemplate
metadata: {name: build}
spec:
  entrypoint: main
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
---
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-, namespace: ci}
spec:
  workflowTemplateRef: {name: build, clusterScope: true}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    if let (Some(own), Some(Fault::UnknownObject { kind, name })) = (view.own(), &view.reference_fault) {
        let path = own.path.key("workflowTemplateRef").key("name");
        let finding = finding(view, sink, kind, name);
        sink.push(finding.at(own.value(&path)));
    }
    for call in &view.calls {
        let Target::Fault(Fault::UnknownObject { kind, name }) = &call.target else {
            continue;
        };
        let Some(base) = view.base(&call.site) else {
            continue;
        };
        let path = call.path.key("templateRef").key("name");
        let finding = finding(view, sink, kind, name).at(base.value(&path));
        sink.push_in(view.foreign(&call.site), finding);
    }
}

fn finding(view: &View<'_>, sink: &Sink<'_>, kind: &str, name: &str) -> Finding {
    let is_of_cluster = kind == "ClusterWorkflowTemplate";
    let namespace = if is_of_cluster { "" } else { view.entry.namespace() };
    let near = view
        .objects
        .nearest(kind, namespace, name)
        .map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
    let place = if is_of_cluster { String::new() } else { format!(" in namespace `{namespace}`") };
    let mut finding = sink.missing(format!("{kind} `{name}` is not found{place}{near}"));
    let other = if is_of_cluster { "WorkflowTemplate" } else { "ClusterWorkflowTemplate" };
    let namespace = if is_of_cluster { view.entry.namespace() } else { "" };
    let is_there = view
        .objects
        .find("argoproj.io/v1alpha1", other, namespace, name)
        .is_some();
    if is_there {
        let set = if is_of_cluster { "without" } else { "with" };
        finding = finding.help(format!("there is a {other} `{name}`: refer to it {set} `clusterScope: true`"));
    }
    finding
}
