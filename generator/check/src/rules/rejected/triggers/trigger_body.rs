use crate::fields::{Form, lacks};
use crate::rules::prelude::*;
use crate::triggers::triggers;

pub(crate) static RULE: Rule = Rule {
    id: "trigger-body",
    kinds: &["EventListener"],
    title: "a trigger without a template and without a reference, or with parts beside its reference",
    why: "A trigger of an EventListener is written in place, with its template, or it is a Trigger of its own that `triggerRef` names, \
          which has its bindings and interceptors itself.",
    fix: "Write `template` or `triggerRef`; move bindings and interceptors to the Trigger.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/event_listener_validation.go, `EventListenerTrigger.validate`",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: build}
spec:
  triggers:
  - ⟦name⟧: a
    bindings: [{name: ref, value: $(body.ref)}]
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
    for path in triggers(entry) {
        let has_template = !lacks(entry, &path.key("template"), Form::Value);
        let has_reference = !lacks(entry, &path.key("triggerRef"), Form::Text);
        if !has_template && !has_reference {
            let fields = ["template", "triggerRef"];
            if !fields.iter().any(|field| sink.is_misspelt(entry, &path, field)) {
                let finding =
                    sink.finding(format!("`{}` is missing: a trigger needs `template` or `triggerRef`", path.key("template")));
                sink.push(finding.at(entry.document.locate_head(&path)));
            }
        }
        // Template and reference together is a choice that the reader knows.
        if !has_reference || has_template {
            continue;
        }
        let beside = ["bindings", "interceptors"].into_iter().find(|field| !lacks(entry, &path.key(field), Form::Value));
        if let Some(field) = beside {
            let finding = sink.finding(format!("`{field}` cannot stand beside `triggerRef`: the Trigger has its own"));
            let finding = finding.at(entry.key_or_head(&path.key(field)));
            sink.push(finding.related("the reference is here", entry.key_or_head(&path.key("triggerRef"))));
        }
    }
}
