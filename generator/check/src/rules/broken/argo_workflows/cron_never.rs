use luban_api::Object;
use luban_expression::cron;

use crate::expressions::place;
use crate::time::schedule_fault;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "cron-never",
    kinds: &["CronWorkflow"],
    severity: Severity::Error,
    title: "a schedule that is never due",
    why: "The schedule can be read, and names a day that no month has: no workflow ever starts.",
    fix: "Write a day that exists.",
    source: "robfig/cron v3.0.1 spec.go, `SpecSchedule.Next`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: CronWorkflow
metadata: {name: nightly}
spec:
  schedules: [0 3 ⟦30 2⟧ *]
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
  schedules: [0 3 29 2 *]
  workflowSpec:
    entrypoint: main
    templates:
    - name: main
      container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(Object::CronWorkflow(cron)) = &subject.entry.object else { return };
    let path = subject.entry.path.key("spec").key("schedules");
    for (at, schedule) in cron.spec.schedules.iter().enumerate() {
        let (None, Err(problem)) = (schedule_fault(schedule), cron::parse(schedule)) else { continue };
        let scalar = subject.entry.document.scalar(&path.index(at));
        if let Some(scalar) = scalar.filter(|_| problem.message.contains("never")) {
            let finding = sink.finding(problem.message.as_str());
            sink.push(finding.at(place(&scalar, 0, &problem.span)));
        }
    }
}
