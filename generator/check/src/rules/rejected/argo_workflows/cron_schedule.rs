use luban_api::Object;

use crate::rules::prelude::*;
use crate::time::schedule_fault;

pub(crate) static RULE: Rule = Rule {
    id: "cron-schedule",
    kinds: &["CronWorkflow"],
    title: "a CronWorkflow without a schedule, or with one that cannot be read",
    why: "A schedule has five fields (minute, hour, day of the month, month, day of the week from 0 to 6) or is one of `@hourly`, \
          `@daily`, `@weekly`, `@monthly`, `@yearly`, `@every 1h`.",
    fix: "Write a schedule of that form.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `CronWorkflow`; robfig/cron v3 `ParseStandard`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: ['0 3 * * *', ⟦'0 3 * * 7'⟧, ⟦'0 0 3 * * *'⟧]
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
  schedules: ['0 3 * * sun', '@every 1h']
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
    let spec = entry.path.key("spec");
    let path = spec.key("schedules");
    let is_empty = entry.document.length_at(&path) == Some(0) || !entry.document.has_value(&path);
    if is_empty && !sink.is_misspelt(entry, &spec, "schedules") && !sink.is_misspelt(entry, &entry.path, "spec") {
        let place = entry.key_or_head(&path);
        sink.push(sink.finding(format!("`{path}` is missing: there is no schedule")).at(place));
    }
    let Some(Object::CronWorkflow(cron)) = &entry.object else {
        return;
    };
    for (at, schedule) in cron.spec.schedules.iter().enumerate() {
        if let Some((why, _)) = schedule_fault(schedule) {
            let finding = sink.finding(format!("schedule `{schedule}` cannot be read: {why}"));
            sink.push(finding.at(entry.document.locate(&path.index(at))));
        }
    }
}
