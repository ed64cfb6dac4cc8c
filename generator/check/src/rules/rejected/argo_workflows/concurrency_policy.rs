use luban_api::Object;

use crate::rules::prelude::*;

const POLICIES: [&str; 3] = ["Allow", "Forbid", "Replace"];

pub(crate) static RULE: Rule = Rule {
    id: "concurrency-policy",
    kinds: &["CronWorkflow"],
    title: "an unknown `concurrencyPolicy`",
    why: "It decides what happens when the last workflow still runs.",
    fix: "Use `Allow`, `Forbid` or `Replace`.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `CronWorkflow`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: ['0 3 * * *']
  concurrencyPolicy: ⟦Forbidden⟧
  workflowSpec:
    entrypoint: main
    templates:
    - name: main
      container: {image: 'alpine:3.23'}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: ['0 3 * * *']
  concurrencyPolicy: Forbid
  workflowSpec:
    entrypoint: main
    templates:
    - name: main
      container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::CronWorkflow(cron)) = &entry.object else {
        return;
    };
    let policy = cron.spec.concurrency_policy.as_deref().unwrap_or_default();
    if !policy.is_empty() && !POLICIES.contains(&policy) {
        let near = did_you_mean(policy, POLICIES).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
        let path = entry.path.key("spec").key("concurrencyPolicy");
        let finding = sink.finding(format!("there is no concurrency policy `{policy}`{near}"));
        let finding = finding.help(format!("known policies: `{}`", POLICIES.join("`, `")));
        sink.push(finding.at(entry.document.locate(&path)));
    }
}
