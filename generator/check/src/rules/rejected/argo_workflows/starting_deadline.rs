use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "starting-deadline",
    kinds: &["CronWorkflow"],
    title: "a negative `startingDeadlineSeconds`",
    why: "It says how late a missed workflow may still start.",
    fix: "Write 0 or more.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `CronWorkflow`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: ['0 3 * * *']
  startingDeadlineSeconds: ⟦-1⟧
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
  startingDeadlineSeconds: 0
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
    if cron.spec.starting_deadline_seconds.is_some_and(|seconds| seconds < 0) {
        let path = entry.path.key("spec").key("startingDeadlineSeconds");
        let finding = sink.finding("`startingDeadlineSeconds` cannot be negative");
        sink.push(finding.at(entry.document.locate(&path)));
    }
}
