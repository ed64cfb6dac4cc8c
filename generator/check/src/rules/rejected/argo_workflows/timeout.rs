use crate::argo::TemplateKind;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "timeout",
    kinds: WORKFLOWS,
    title: "a timeout where there can be none, or without a unit",
    why: "`timeout` and `pendingTimeout` are for templates that do something themselves, and a timeout is a duration such as `10m`; \
          a bare number says no unit.",
    fix: "Write a unit, and put the timeout on the templates that are called. A whole workflow has `activeDeadlineSeconds`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateTemplate`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    ⟦timeout⟧: 10m
    steps:
    - - {name: a, template: none}
  - name: none
    timeout: ⟦'600'⟧
    container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: none
    timeout: 10m
    pendingTimeout: 5m
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates().filter(|(visit, _)| visit.kinds.len() == 1) {
        let is_leaf = visit.kind().is_some_and(TemplateKind::is_leaf);
        let kind = visit.kind().map_or("", TemplateKind::field);
        for (field, value) in [("timeout", &visit.template.timeout), ("pendingTimeout", &visit.template.pending_timeout)] {
            let Some(value) = value.as_deref().filter(|value| !value.is_empty()) else {
                continue;
            };
            let path = visit.path.key(field);
            let finding = if !is_leaf {
                sink.finding(format!("a template of kind `{kind}` cannot have a `{field}`")).at(base.key(&path))
            } else if field == "timeout" && view.resolved(visit, value).parse::<i64>().is_ok() {
                let finding = sink.finding(format!("timeout `{value}` has no unit")).at(base.value(&path));
                finding.help(format!("write `{value}s` for seconds"))
            } else {
                continue;
            };
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
