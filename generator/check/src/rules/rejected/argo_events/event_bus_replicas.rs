use luban_api::Object;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-bus-replicas",
    kinds: &["EventBus"],
    title: "a JetStream EventBus of two replicas, or of none",
    why: "Two replicas have no majority when one is lost, and none hold nothing.",
    fix: "Use 1 for trying things out, 3 or more otherwise.",
    source: "argo-events v1.9.11 pkg/reconciler/eventbus/validate.go, `ValidateEventBus`",
    bad: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10, replicas: ⟦2⟧}}
",
    )],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: EventBus
metadata: {name: default}
spec: {jetstream: {version: 2.10.10, replicas: 3}}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let Some(Object::EventBus(bus)) = &subject.entry.object else {
        return;
    };
    let replicas = bus.spec.jetstream.as_ref().and_then(|jetstream| jetstream.replicas);
    let Some(replicas) = replicas.filter(|replicas| *replicas == 2 || *replicas <= 0) else {
        return;
    };
    let path = subject.entry.path.key("spec").key("jetstream").key("replicas");
    let document = &subject.entry.document;
    // A value of another type is read as zero.
    if document.text_at(&path).is_none_or(|text| text.parse() != Ok(replicas)) {
        return;
    }
    let finding = sink.finding(format!("a JetStream EventBus has 1 replica, or 3 and more, not {replicas}"));
    sink.push(finding.at(document.locate(&path)));
}
