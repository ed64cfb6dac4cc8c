use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "rate-limit",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "a rate limit that is none, or of another unit than is written",
    why: "A limit is a number of requests in each `Second`, `Minute` or `Hour`; another unit counts as `Second`. With no requests the \
          Sensor divides by zero when it starts.",
    fix: "Write a number above 0 and one of the units.",
    source: "argo-events v1.9.11 pkg/sensors/listener.go, `initRateLimiter`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: a, log: {}}
    rateLimit: {unit: ⟦minute⟧, requestsPerUnit: 10}
  - template: {name: b, log: {}}
    ⟦rateLimit⟧: {unit: Minute}
  - template: {name: c, log: {}}
    rateLimit: {unit: Minute, requestsPerUnit: ⟦0⟧}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: a, log: {}}
    rateLimit: {unit: Minute, requestsPerUnit: 10}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in view.triggers.iter().filter(|at| !at.is_dead_letter) {
        let Some(limit) = &at.trigger.rate_limit else {
            continue;
        };
        let path = at.path.key("rateLimit");
        let unit = limit.unit.as_deref().unwrap_or_default();
        let known = ["Second", "Minute", "Hour"];
        if !unit.is_empty() && !known.contains(&unit) && !is_open(unit) {
            let near = known.iter().find(|known| {
                let unit = unit.trim_end_matches('s');
                known.eq_ignore_ascii_case(unit)
            });
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let mut finding = sink.finding(format!("`{unit}` counts as `Second`: units are `{}`{near}", known.join("`, `")));
            finding.severity = Severity::Warning;
            sink.push(finding.at(view.value(&path.key("unit"))));
        }
        let count = path.key("requestsPerUnit");
        if sink.is_misspelt(view.entry, &path, "requestsPerUnit") || limit.requests_per_unit.is_some_and(|count| count > 0) {
            continue;
        }
        let (message, place) = match limit.requests_per_unit {
            None => (format!("`{count}` is missing: a limit is a number of requests"), view.key(&path)),
            Some(number) => {
                (format!("{number} requests are no limit: the Sensor stops with a division by zero"), view.value(&count))
            }
        };
        sink.push(sink.finding(message).at(place));
    }
}
