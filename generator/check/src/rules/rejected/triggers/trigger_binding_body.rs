use crate::fields::{Form, lacks};
use crate::rules::prelude::*;
use crate::triggers::{items, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-binding-body",
    kinds: &["EventListener", "Trigger"],
    title: "a binding that is neither a value nor a reference",
    why: "A binding gives a value in place, with `name` and `value`, or is a TriggerBinding or ClusterTriggerBinding that `ref` names.",
    fix: "Write `name` and `value`, or `ref` and `kind`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/trigger_validation.go, `triggerSpecBindingArray.validate`",
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
kind: Trigger
metadata: {name: build}
spec:
  bindings:
  - ⟦name⟧: ref
  - {ref: push, kind: ⟦Binding⟧}
  - ⟦kind⟧: TriggerBinding
  template: {ref: build}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: push}
spec: {params: [{name: url, value: $(body.url)}]}
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
kind: Trigger
metadata: {name: build}
spec:
  bindings: [{ref: push}]
  template: {ref: build}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: push}
spec: {params: [{name: ref, value: $(body.ref)}]}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let bindings = triggers(entry).into_iter().flat_map(|path| items(&entry.document, &path.key("bindings")));
    for path in bindings {
        let (reference, name) = (text(entry, &path.key("ref")), text(entry, &path.key("name")));
        let head = entry.document.locate_head(&path);
        if !reference.is_empty() {
            let kind = text(entry, &path.key("kind"));
            let known = ["TriggerBinding", "ClusterTriggerBinding"];
            if name.is_empty() && !kind.is_empty() && !known.contains(&kind) {
                let near = did_you_mean(kind, known).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let finding = sink.finding(format!("a binding is no `{kind}`: it is a `{}`{near}", known.join("` or `")));
                sink.push(finding.at(entry.document.locate(&path.key("kind"))));
            }
        } else if !name.is_empty() {
            if lacks(entry, &path.key("value"), Form::Value) && !sink.is_misspelt(entry, &path, "value") {
                let finding = sink.finding(format!("`{}` is missing: a binding with a name gives a value", path.key("value")));
                sink.push(finding.at(head));
            }
        } else if !["ref", "name"].iter().any(|field| sink.is_misspelt(entry, &path, field)) {
            sink.push(sink.finding("a binding needs `ref`, or `name` and `value`").at(head));
        }
    }
}
