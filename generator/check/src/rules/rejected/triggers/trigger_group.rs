use crate::fields::{Form, Missing, lacks, say_missing};
use crate::rules::prelude::*;
use crate::triggers::{is_alpha, is_of_triggers, items};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-group",
    kinds: &["EventListener"],
    title: "a group of triggers without interceptors, or that selects no Triggers",
    why: "A group runs its interceptors once for all Triggers that its selector finds.",
    fix: "Write `interceptors`, and a `labelSelector` or `namespaceSelector` in `triggerSelector`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/event_listener_validation.go, `EventListenerTriggerGroup.validate`",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: build}
spec:
  triggerGroups:
  - ⟦name⟧: a
    triggerSelector: {labelSelector: {matchLabels: {group: a}}}
  - name: b
    ⟦triggerSelector⟧: {}
    interceptors: [{ref: {name: cel}}]
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: build}
spec:
  triggerGroups:
  - name: a
    triggerSelector: {labelSelector: {matchLabels: {group: a}}}
    interceptors: [{ref: {name: cel}}]
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if !is_of_triggers(entry) || is_alpha(entry) {
        return;
    }
    for path in items(&entry.document, &entry.path.key("spec").key("triggerGroups")) {
        let why = "a group runs interceptors";
        say_missing(sink, entry, &Missing { parent: &path, field: "interceptors", form: Form::Items, why });
        let selector = path.key("triggerSelector");
        let selects = !lacks(entry, &selector.key("labelSelector"), Form::Value)
            || !lacks(entry, &selector.key("namespaceSelector").key("matchNames"), Form::Items);
        if selects {
            continue;
        }
        let why = "a group selects Triggers by `labelSelector` or `namespaceSelector`";
        if lacks(entry, &selector, Form::Value) {
            say_missing(sink, entry, &Missing { parent: &path, field: "triggerSelector", form: Form::Value, why });
        } else if !["labelSelector", "namespaceSelector"].iter().any(|field| sink.is_misspelt(entry, &selector, field)) {
            sink.push(sink.finding(why).at(entry.key_or_head(&selector)));
        }
    }
}
