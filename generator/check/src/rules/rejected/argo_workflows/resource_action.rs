use crate::argo::is_placeholder;
use crate::rules::prelude::*;

const ACTIONS: [&str; 6] = ["get", "create", "apply", "delete", "replace", "patch"];

pub(crate) static RULE: Rule = Rule {
    id: "resource-action",
    kinds: WORKFLOWS,
    title: "an unknown action on a Kubernetes object",
    why: "The executor runs `kubectl` with the action, and knows six.",
    fix: "Use `get`, `create`, `apply`, `delete`, `replace` or `patch`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateLeaf`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    resource: {action: ⟦creat⟧, manifest: '{}'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: action}]
    resource: {action: '{{inputs.parameters.action}}', manifest: '{}'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.bodies() {
        let Some(resource) = &visit.template.resource else {
            continue;
        };
        let action = view.resolved(visit, &resource.action);
        let path = visit.path.key("resource").key("action");
        if ACTIONS.contains(&&*action) || is_placeholder(&action) || sink.is_misspelt(base.entry, &visit.path.key("resource"), "action") {
            continue;
        }
        let near = did_you_mean(&action, ACTIONS).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
        let finding = if base.document().has(&path) {
            sink.finding(format!("there is no action `{action}`{near}")).at(base.value(&path))
        } else {
            sink.finding(format!("`{path}` is missing")).at(base.key(&path))
        };
        let finding = finding.help(format!("known actions: `{}`", ACTIONS.join("`, `")));
        sink.push_in(view.foreign(&visit.site), finding);
    }
}
