use crate::fields::is_open;
use crate::rules::prelude::*;
use crate::triggers::is_of_triggers;

pub(crate) static RULE: Rule = Rule {
    id: "payload-validation",
    kinds: &["EventListener"],
    title: "an annotation about payloads that is neither true nor false",
    why: "By `tekton.dev/payload-validation` an EventListener checks that payloads are JSON, or does not.",
    fix: "Write `'true'` or `'false'`, in quotes.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/validation.go, `ValidateAnnotations`",
    bad: &[Example::new(
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
metadata: {name: build, annotations: {tekton.dev/payload-validation: ⟦'no'⟧}}
spec:
  triggers:
  - bindings: [{name: ref, value: $(body.ref)}]
    template: {ref: build}
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
metadata: {name: build, annotations: {tekton.dev/payload-validation: 'false'}}
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
    let path = entry.path.key("metadata").key("annotations").key("tekton.dev/payload-validation");
    let Some(value) = entry.document.text_at(&path).filter(|_| is_of_triggers(entry)) else {
        return;
    };
    if !matches!(value, "true" | "false") && !is_open(value) {
        let finding = sink.finding(format!("the annotation is `true` or `false`, not `{value}`"));
        sink.push(finding.at(entry.document.locate(&path)));
    }
}
