use crate::argo_events::{Form, lacks};
use crate::rules::prelude::*;

const KINDS: [&str; 4] = ["jetstream", "nats", "kafka", "jetstreamExotic"];

pub(crate) static RULE: Rule = Rule {
    id: "event-bus-kind",
    kinds: &["EventBus"],
    title: "an EventBus that does not say what it is, or a NATS Streaming one that is both run and used",
    why: "An EventBus is JetStream, NATS Streaming or Kafka; NATS Streaming is run by Argo Events (`native`) or by somebody else (`exotic`).",
    fix: "Write one of `jetstream`, `jetstreamExotic`, `kafka`, `nats.native` and `nats.exotic`.",
    source: "argo-events v1.9.11 pkg/reconciler/eventbus/validate.go, `ValidateEventBus`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
⟦spec⟧: {}
---
apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: other}
spec: {⟦nats⟧: {}}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {nats: {native: {auth: token}, ⟦exotic⟧: {clusterID: a, url: 'nats://nats.example.com:4222'}}}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10}}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let spec = entry.path.key("spec");
    if KINDS.iter().all(|kind| lacks(entry, &spec.key(kind), Form::Value)) {
        let is_misspelt =
            KINDS.iter().any(|kind| sink.is_misspelt(entry, &spec, kind)) || sink.is_misspelt(entry, &entry.path, "spec");
        if !is_misspelt {
            let finding = sink.finding(format!("the EventBus is nothing yet: `{spec}` needs one of `{}`", KINDS.join("`, `")));
            sink.push(finding.at(entry.key_or_head(&spec)));
        }
    }
    let nats = spec.key("nats");
    if lacks(entry, &nats, Form::Value) {
        return;
    }
    let has = |field: &str| !lacks(entry, &nats.key(field), Form::Value);
    match (has("native"), has("exotic")) {
        (true, true) => {
            let finding = sink.finding("`exotic` cannot stand beside `native`").at(entry.key_or_head(&nats.key("exotic")));
            sink.push(finding.related("the other is here", entry.key_or_head(&nats.key("native"))));
        }
        (false, false) if !["native", "exotic"].iter().any(|field| sink.is_misspelt(entry, &nats, field)) => {
            let finding = sink.finding(format!("`{nats}` is nothing yet: it needs `native` or `exotic`"));
            sink.push(finding.at(entry.key_or_head(&nats)));
        }
        _ => {}
    }
}
