use crate::rules::prelude::*;

const POLICIES: [&str; 4] = ["Always", "OnFailure", "OnError", "OnTransientError"];

pub(crate) static RULE: Rule = Rule {
    id: "retry-policy",
    kinds: WORKFLOWS,
    title: "an unknown `retryPolicy`",
    why: "It decides after which ends a template is tried again; variables cannot stand there.",
    fix: "Use `Always`, `OnFailure`, `OnError` or `OnTransientError`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `validateTemplateHolder`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    retryStrategy: {limit: 2, retryPolicy: ⟦OnFail⟧}
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
    retryStrategy: {limit: 2, retryPolicy: OnFailure}
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for (visit, base) in view.templates() {
        let strategy = visit.template.retry_strategy.as_ref();
        let policy = strategy.and_then(|strategy| strategy.retry_policy.as_deref()).unwrap_or_default();
        if !policy.is_empty() && !POLICIES.contains(&policy) {
            let near = did_you_mean(policy, POLICIES).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
            let path = visit.path.key("retryStrategy").key("retryPolicy");
            let finding = sink.finding(format!("there is no retry policy `{policy}`{near}")).at(base.value(&path));
            let finding = finding.help(format!("known policies: `{}`", POLICIES.join("`, `")));
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
