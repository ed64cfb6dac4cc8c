use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "resource-call",
    kinds: WORKFLOWS,
    title: "a resource template that kubectl cannot run, or with a field that it does not use",
    why: "`get` and `delete` need to know of what: by a manifest or by `flags`. `mergeStrategy` is for `patch` only.",
    fix: "Give `flags: [kind, name]` or a manifest; remove `mergeStrategy`.",
    source: "argo-workflows v4.1 workflow/executor/resource.go, `getKubectlArguments`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦resource⟧: {action: delete}
  - name: other
    resource: {action: create, ⟦mergeStrategy⟧: merge, manifest: '{apiVersion: v1, kind: Pod, metadata: {generateName: a-}}'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resource: {action: delete, flags: [pod, a]}
  - name: other
    resource: {action: patch, mergeStrategy: merge, manifest: '{apiVersion: v1, kind: Pod, metadata: {name: a}}'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        let Some(resource) = &written.template.resource else { continue };
        let path = written.path.key("resource");
        let has_manifest = resource.manifest.as_deref().is_some_and(|manifest| !manifest.is_empty()) || resource.manifest_from.is_some();
        if matches!(resource.action.as_str(), "get" | "delete") && !has_manifest && resource.flags.is_empty() {
            let message = format!("`{}` of nothing: there is neither a manifest nor `flags`", resource.action);
            let mut finding = sink.finding(message);
            finding.severity = Severity::Error;
            sink.push(finding.at(own.key(&path)));
        }
        if resource.merge_strategy.is_some() && resource.action != "patch" && !resource.action.contains("{{") {
            let message = format!("`mergeStrategy` does nothing for `{}`", resource.action);
            sink.push(sink.finding(message).at(own.key(&path.key("mergeStrategy"))));
        }
    }
}
