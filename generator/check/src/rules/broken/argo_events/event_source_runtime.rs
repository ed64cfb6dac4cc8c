use luban_yaml::Path;

use crate::argo_events::{is_open, sources};
use crate::rules::prelude::*;
use crate::time::{is_time_zone, time_zones};

pub(crate) static RULE: Rule = Rule {
    id: "event-source-runtime-value",
    kinds: &["EventSource"],
    severity: Severity::Error,
    title: "a value of an event source that is accepted and that it cannot start with, or never sees",
    why: "Time zones are names of the IANA database; versions of Kafka are numbers such as `2.5.0`; events of objects are `ADD`, `UPDATE` \
          and `DELETE`; changes of files are one of `CREATE`, `WRITE`, `REMOVE`, `RENAME` and `CHMOD`.",
    fix: "Write one of these.",
    source: "argo-events v1.9.11 pkg/eventsources/sources/{calendar,kafka,resource,file,sftp}/start.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  calendar:
    nightly: {schedule: 0 3 * * *, timezone: ⟦Europe/Berln⟧}
  kafka:
    builds: {url: 'kafka.example.com:9092', topic: builds, partition: '0', version: ⟦'2.5'⟧}
  file:
    reports: {eventType: ⟦create⟧, watchPathConfig: {directory: /data, path: a.txt}}
  resource:
    pods: {version: v1, resource: pods, eventTypes: [ADD, ⟦MODIFIED⟧]}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  calendar:
    nightly: {schedule: 0 3 * * *, timezone: Europe/Berlin}
  kafka:
    builds: {url: 'kafka.example.com:9092', topic: builds, partition: '0', version: 2.5.0}
  file:
    reports: {eventType: CREATE, watchPathConfig: {directory: /data, path: a.txt}}
  resource:
    pods: {version: v1, resource: pods, eventTypes: [ADD, DELETE]}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let document = &subject.entry.document;
    for source in sources(subject.entry) {
        let mut say = |path: &Path, message: &dyn Fn(&str) -> Option<String>| {
            let text = document.text_at(path).filter(|text| !text.is_empty() && !is_open(text) && document.has_value(path));
            if let Some(message) = text.and_then(message) {
                sink.push(sink.finding(message).at(document.locate(path)));
            }
        };
        match source.kind.field {
            "calendar" => say(&source.path.key("timezone"), &|zone| {
                let near = did_you_mean(zone, time_zones()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                (!is_time_zone(zone)).then(|| format!("there is no time zone `{zone}`{near}"))
            }),
            "kafka" => say(&source.path.key("version"), &|version| {
                (!is_kafka_version(version)).then(|| format!("`{version}` is no version of Kafka: `2.5.0`, `0.10.2.0` are"))
            }),
            "file" | "sftp" => {
                say(&source.path.key("eventType"), &|change| one_of(change, &["CREATE", "WRITE", "REMOVE", "RENAME", "CHMOD"]))
            }
            "resource" => {
                let list = source.path.key("eventTypes");
                for at in 0..document.length_at(&list).unwrap_or(0) {
                    say(&list.index(at), &|event| one_of(event, &["ADD", "UPDATE", "DELETE"]));
                }
            }
            _ => {}
        }
    }
}

fn one_of(text: &str, known: &[&'static str]) -> Option<String> {
    if known.contains(&text) || text.contains('|') {
        return None;
    }
    let near = did_you_mean(&text.to_ascii_uppercase(), known.iter().copied())
        .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
    Some(format!("there is no `{text}`: `{}` are{near}", known.join("`, `")))
}

/// What sarama's `ParseKafkaVersion` takes.
fn is_kafka_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let are_numbers = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let wanted = if text.starts_with('0') { 4 } else { 3 };
    are_numbers && parts.len() == wanted
}
