use crate::argo_events::{Form, Missing, SensorView, is_open, say_missing};
use crate::rules::prelude::*;
use crate::time::{is_time_zone, time_zones};

pub(crate) static RULE: Rule = Rule {
    id: "time-filter",
    kinds: &["Sensor"],
    title: "a time filter whose times or time zone cannot be read, or that begins when it ends",
    why: "Events pass from `start` to `stop`, two different times of the day written `HH:MM:SS`, in UTC or the time zone of the IANA \
          database that `timezone` names.",
    fix: "Write times of that form, and a time zone such as `Europe/Berlin`.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateEventTimeFilter`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      time: {start: ⟦'9:00'⟧, stop: ⟦'24:00:00'⟧, timezone: ⟦Europe/Berln⟧}
  - name: tag
    eventSourceName: git
    eventName: tag
    filters:
      time: {start: '09:00:00', stop: ⟦'09:00:00'⟧}
  - name: other
    eventSourceName: git
    eventName: tag
    filters:
      ⟦time⟧: {start: '09:00:00'}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      time: {start: '22:00:00', stop: '06:30:00', timezone: Europe/Berlin}
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let Some(filter) = at.dependency.filters.as_ref().and_then(|filters| filters.time.as_ref()) else {
            continue;
        };
        let path = at.path.key("filters").key("time");
        let zone = filter.timezone.as_deref().unwrap_or_default();
        if !is_time_zone(zone) && !is_open(zone) {
            let near = did_you_mean(zone, time_zones()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("there is no time zone `{zone}`{near}"));
            sink.push(finding.at(view.value(&path.key("timezone"))));
        }
        let mut is_read = true;
        for (field, time) in [("start", &filter.start), ("stop", &filter.stop)] {
            if is_time(time) || is_open(time) {
                continue;
            }
            is_read = false;
            let path = path.key(field);
            if !view.document().has_value(&path) {
                let why = "a time filter needs `start` and `stop`";
                let parent = at.path.key("filters").key("time");
                say_missing(sink, view.entry, &Missing { parent: &parent, field, form: Form::Value, why });
            } else if view.document().text_at(&path).is_some_and(|text| text == time) {
                let finding = sink.finding(format!("`{time}` is no time of the day: `09:30:00` is"));
                sink.push(finding.at(view.value(&path)));
            }
        }
        if is_read && seconds(&filter.start) == seconds(&filter.stop) && !is_open(&filter.start) {
            let finding = sink.finding(format!("the filter ends at `{}`, when it begins", filter.stop));
            let start = view.value(&path.key("start"));
            sink.push(finding.at(view.value(&path.key("stop"))).related("it begins here", start));
        }
    }
}

/// Whether Go reads a text by the layout `15:04:05`: hours may have one digit, seconds a fraction.
fn is_time(text: &str) -> bool {
    seconds(text).is_some()
}

/// The time of the day in nanoseconds.
fn seconds(text: &str) -> Option<u64> {
    let (text, fraction) = match text.split_once(['.', ',']) {
        Some((text, fraction)) => (text, Some(fraction)),
        None => (text, None),
    };
    let parts: Vec<&str> = text.split(':').collect();
    let [hour, minute, second] = parts[..] else {
        return None;
    };
    let number = |part: &str, least: usize, below: u64| {
        let is_number = (least..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u64>().ok().filter(|number| is_number && *number < below)
    };
    let whole = number(hour, 1, 24)? * 3600 + number(minute, 2, 60)? * 60 + number(second, 2, 60)?;
    let nanoseconds = match fraction {
        None => 0,
        Some(digits) => {
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            let digits: String = digits.chars().chain("000000000".chars()).take(9).collect();
            digits.parse::<u64>().ok().filter(|_| is_number)?
        }
    };
    Some(whole * 1_000_000_000 + nanoseconds)
}
