use crate::argo::Holder;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "hook-without-expression",
    kinds: WORKFLOWS,
    title: "a hook that does not say when it runs",
    why: "Only the hook `exit` runs at the end; every other needs an expression.",
    fix: "Write an `expression`, such as `steps.build.status == \\\"Failed\\\"`, or call the hook `exit`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateHooks`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  hooks:
    ⟦failed⟧: {template: notify}
  templates:
  - name: notify
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  hooks:
    exit: {template: notify}
    failed: {template: notify, expression: 'workflow.status == \"Failed\"'}
  templates:
  - name: notify
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let steps = view.calls.iter().filter_map(|call| match call.holder {
        Holder::Step(step) => Some((call.site.clone(), call.path.key("hooks"), &step.hooks)),
        _ => None,
    });
    let own = view.own().map(|own| (crate::argo::Site::own(), own.path.key("hooks"), &own.spec.hooks));
    for (site, path, hooks) in own.into_iter().chain(steps) {
        let Some(base) = view.base(&site) else { continue };
        for (name, hook) in hooks {
            let path = path.key(name);
            let has_none = name != "exit" && !value_is(hook.expression.as_deref());
            if has_none && !sink.is_misspelt(base.entry, &path, "expression") {
                let message = format!("`{}` is missing: hook `{name}` does not say when it runs", path.key("expression"));
                sink.push_in(view.foreign(&site), sink.finding(message).at(base.key(&path)));
            }
        }
    }
}
