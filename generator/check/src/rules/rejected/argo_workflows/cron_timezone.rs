use luban_api::Object;

use crate::rules::prelude::*;
use crate::time::{is_time_zone, time_zones};

pub(crate) static RULE: Rule = Rule {
    id: "cron-timezone",
    kinds: &["CronWorkflow"],
    title: "a time zone that does not exist",
    why: "The schedule cannot be computed. Time zones are names of the IANA database, such as `Europe/Berlin`.",
    fix: "Write the name of a time zone.",
    source: "argo-workflows v4.1 workflow/validate/validate.go, `CronWorkflow`; Go `time.LoadLocation`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: ['0 3 * * *']
  timezone: ⟦Europe/Berln⟧
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
  timezone: Europe/Berlin
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
    let zone = cron.spec.timezone.as_deref().unwrap_or_default();
    if !is_time_zone(zone) {
        let near = did_you_mean(zone, time_zones()).map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
        let path = entry.path.key("spec").key("timezone");
        sink.push(sink.finding(format!("there is no time zone `{zone}`{near}")).at(entry.document.locate(&path)));
    }
}
