use crate::fields::{Form, lacks};
use crate::rules::prelude::*;
use crate::triggers::{is_alpha, is_of_triggers};

pub(crate) static RULE: Rule = Rule {
    id: "listener-without-triggers",
    kinds: &["EventListener"],
    title: "an EventListener that listens for no trigger",
    why: "An EventListener needs triggers of its own, or says by labels, namespaces or groups which Triggers are its.",
    fix: "Write `triggers`, `labelSelector`, `namespaceSelector` or `triggerGroups`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/event_listener_validation.go, `EventListenerSpec.validate`",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: build}
⟦spec⟧: {serviceAccountName: ci}
",
    )],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: ref}]
  resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: build-}
    data: {ref: $(tt.params.ref)}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: build}
spec:
  triggers:
  - bindings: [{name: ref, value: $(body.ref)}]
    template: {ref: build}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if !is_of_triggers(entry) {
        return;
    }
    let spec = entry.path.key("spec");
    let selects = !lacks(entry, &spec.key("labelSelector"), Form::Value)
        || !lacks(entry, &spec.key("namespaceSelector").key("matchNames"), Form::Items)
        || !lacks(entry, &spec.key("triggers"), Form::Items)
        || !is_alpha(entry) && !lacks(entry, &spec.key("triggerGroups"), Form::Items);
    let fields = ["triggers", "labelSelector", "namespaceSelector", "triggerGroups"];
    if selects || fields.iter().any(|field| sink.is_misspelt(entry, &spec, field)) || sink.is_misspelt(entry, &entry.path, "spec") {
        return;
    }
    let finding = sink.finding(format!("the EventListener listens for nothing: `{spec}` needs one of `{}`", fields.join("`, `")));
    sink.push(finding.at(entry.key_or_head(&spec)));
}
