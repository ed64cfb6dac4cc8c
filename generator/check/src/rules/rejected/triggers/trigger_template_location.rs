use crate::fields::{Form, Missing, lacks, say_missing};
use crate::rules::prelude::*;
use crate::triggers::{is_alpha, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-template-location",
    kinds: &["EventListener", "Trigger"],
    title: "a trigger whose template is nowhere, or of another version",
    why: "A template is written in place (`spec`) or named (`ref`); its `apiversion`, if it is written, is `v1beta1` or `v1alpha1`.",
    fix: "Write `ref` or `spec`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/trigger_validation.go, `TriggerSpecTemplate.validate`",
    bad: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: Trigger
metadata: {name: build}
spec:
  bindings: [{name: ref, value: $(body.ref)}]
  ⟦template⟧: {}
",
        ),
        Example::new(
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
kind: Trigger
metadata: {name: build}
spec:
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build, apiversion: ⟦v1⟧}
",
        ),
    ],
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
kind: Trigger
metadata: {name: build}
spec:
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for path in triggers(entry) {
        let path = path.key("template");
        if entry.name.kind == "EventListener" && lacks(entry, &path, Form::Value) {
            continue;
        }
        let version = path.key("apiversion");
        let known: &[&str] = if is_alpha(entry) { &["v1alpha1"] } else { &["v1beta1", "v1alpha1"] };
        let written = text(entry, &version);
        if !written.is_empty() && !known.contains(&written) {
            let finding = sink.finding(format!("a template is of `{}`, not of `{written}`", known.join("` or `")));
            sink.push(finding.at(entry.document.locate(&version)));
        }
        if !lacks(entry, &path.key("spec"), Form::Value) {
            continue;
        }
        if !sink.is_misspelt(entry, &path, "spec") {
            let why = "a trigger needs a template, `ref` or `spec`";
            say_missing(sink, entry, &Missing { parent: &path, field: "ref", form: Form::Text, why });
        }
    }
}
