use crate::argo::TemplateKind;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "idle-control",
    kinds: WORKFLOWS,
    profile: Profile::Strict,
    title: "a field of failure handling that has no effect",
    why: "`continueOn` without `failed` or `error` goes on after nothing, and `failFast` of a template is for steps and tasks only.",
    fix: "Say after which outcome it goes on, or remove the field.",
    source: "argo-workflows v4.1 pkg/apis/workflow/v1alpha1/workflow_types.go, `ContinueOn`; workflow/controller/operator.go, `checkParallelism`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: echo, ⟦continueOn⟧: {failed: false}}
  - name: echo
    ⟦failFast⟧: true
    container: {image: 'alpine:3.23'}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    failFast: true
    parallelism: 2
    steps:
    - - {name: a, template: echo, continueOn: {failed: true}}
  - name: echo
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        for node in &written.nodes {
            let idle = node.continue_on.filter(|on| on.error != Some(true) && on.failed != Some(true));
            if idle.is_some() {
                let finding = sink.finding("`continueOn` goes on after nothing: neither `failed` nor `error` is true");
                sink.push(finding.at(own.key(&node.path.key("continueOn"))));
            }
        }
        if let Some(kind) = written.kind.filter(|kind| kind.is_leaf() || *kind == TemplateKind::Suspend)
            && written.template.fail_fast.is_some()
        {
            let finding = sink.finding(format!("`failFast` does nothing for a template of kind `{}`", kind.field()));
            sink.push(finding.at(own.key(&written.path.key("failFast"))));
        }
    }
}
