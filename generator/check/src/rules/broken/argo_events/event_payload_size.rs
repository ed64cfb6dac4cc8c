use luban_api::Object;

use crate::argo_events::{Named, event_bus, sources, webhook_path};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-payload-size",
    kinds: &["EventSource"],
    title: "an event source that takes larger events than its EventBus",
    why: "A request up to `maxPayloadSize` is accepted, 1 MiB if nothing is written, and then the bus refuses what is larger than its \
          `maxPayload`: the event is lost.",
    fix: "Set `maxPayload` of the EventBus above `maxPayloadSize` of its sources, with room for the envelope.",
    source: "argo-events v1.9.11 pkg/apis/events/v1alpha1/webhook_context.go; pkg/reconciler/eventbus/installer/jetstream.go",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10, maxPayload: 2MB}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, maxPayloadSize: ⟦4194304⟧, authSecret: {name: hook, key: token}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10, maxPayload: 8MB}}
---
apiVersion: argoproj.io/v1alpha1
kind: EventSource
metadata: {name: hooks}
spec:
  webhook:
    push: {endpoint: /push, port: '12000', method: POST, maxPayloadSize: 4194304, authSecret: {name: hook, key: token}}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

/// What the controller sets where an EventBus says nothing.
const DEFAULT: &str = "1MB";

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(Object::EventSource(object)) = &entry.object else {
        return;
    };
    let Named::Found(bus) = event_bus(subject.objects, entry, object.spec.event_bus_name.as_deref()) else {
        return;
    };
    let Some(Object::EventBus(object)) = &bus.object else {
        return;
    };
    let native = object.spec.nats.as_ref().and_then(|nats| nats.native.as_ref());
    let (written, field) = match (&object.spec.jetstream, native) {
        (Some(bus), _) => (bus.max_payload.as_deref(), ["jetstream", "maxPayload"].as_slice()),
        (None, Some(bus)) => (bus.max_payload.as_deref(), ["nats", "native", "maxPayload"].as_slice()),
        (None, None) => return,
    };
    let Some(most) = bytes(written.unwrap_or(DEFAULT)) else {
        return;
    };
    for source in sources(entry) {
        let Some(path) = webhook_path(entry, &source).map(|path| path.key("maxPayloadSize")) else {
            continue;
        };
        // The two defaults differ by a few bytes, and nobody wrote them.
        let Some(size) = entry.document.text_at(&path).and_then(|size| size.parse::<u64>().ok()) else {
            continue;
        };
        if size <= most {
            continue;
        }
        let shown = written.map_or_else(|| format!("`{DEFAULT}` where nothing is written"), |written| format!("`{written}`"));
        let finding = sink.finding(format!(
            "requests of {size} bytes are taken, and EventBus `{}` takes events up to {shown}",
            bus.object_name()
        ));
        let there = field.iter().fold(bus.path.key("spec"), |path, field| path.key(field));
        let there = bus.document.locate_key(&there);
        sink.push(finding.at(entry.document.locate(&path)).related("the EventBus is here", there));
    }
}

/// A size as NATS reads it.
fn bytes(text: &str) -> Option<u64> {
    let digits = text.len() - text.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "ki" | "kib" => 1 << 10,
        "m" | "mb" | "mi" | "mib" => 1 << 20,
        "g" | "gb" | "gi" | "gib" => 1 << 30,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}
