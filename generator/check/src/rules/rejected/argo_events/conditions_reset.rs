use crate::argo_events::{Form, Missing, SensorView, Valid, fault, is_open, say_missing};
use crate::rules::prelude::*;
use crate::time::{is_time_zone, time_zones};

pub(crate) static RULE: Rule = Rule {
    id: "conditions-reset",
    kinds: &["Sensor"],
    title: "a reset of conditions without a schedule, or with one that cannot be read",
    why: "Events that wait for others are forgotten at the times of `byTime.cron`: five fields, without names such as `@daily`; \
          `timezone` is a name of the IANA database.",
    fix: "Write `byTime` with a schedule of five fields.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateTriggerTemplate`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: tag, eventSourceName: git, eventName: tag}
  triggers:
  - template:
      name: log
      log: {}
      conditionsReset:
      - byTime: {cron: ⟦'@daily'⟧}
      - byTime: {cron: 0 3 * * *, timezone: ⟦Berlin⟧}
      - ⟦byTime⟧: {timezone: Europe/Berlin}
      - ⟦{}⟧
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: tag, eventSourceName: git, eventName: tag}
  triggers:
  - template:
      name: log
      log: {}
      conditionsReset: [{byTime: {cron: 0 3 * * *, timezone: Europe/Berlin}}]
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let list = at.path.key("template").key("conditionsReset");
        let resets = at.trigger.template.iter().flat_map(|template| &template.conditions_reset);
        for (index, reset) in resets.enumerate() {
            let path = list.index(index);
            let Some(by_time) = &reset.by_time else {
                let why = "a reset needs a schedule";
                say_missing(sink, view.entry, &Missing { parent: &path, field: "byTime", form: Form::Value, why });
                continue;
            };
            let path = path.key("byTime");
            let cron = by_time.cron.as_deref().unwrap_or_default();
            if cron.is_empty() {
                let why = "a reset needs a schedule";
                say_missing(sink, view.entry, &Missing { parent: &path, field: "cron", form: Form::Text, why });
            } else if let Some(why) = fault(cron, Valid::Schedule).filter(|_| !is_open(cron)) {
                let finding = sink.finding(format!("schedule `{cron}` cannot be read: {why}"));
                sink.push(finding.at(view.value(&path.key("cron"))));
            }
            let zone = by_time.timezone.as_deref().unwrap_or_default();
            if !is_time_zone(zone) && !is_open(zone) {
                let near = did_you_mean(zone, time_zones()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let finding = sink.finding(format!("there is no time zone `{zone}`{near}"));
                sink.push(finding.at(view.value(&path.key("timezone"))));
            }
        }
    }
}
