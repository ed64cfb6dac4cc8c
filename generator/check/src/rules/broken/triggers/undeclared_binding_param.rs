use crate::fields::is_open;
use crate::rules::prelude::*;
use crate::triggers::{bound, items, template, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-binding-param",
    kinds: &["EventListener", "Trigger"],
    title: "a value in a trigger for which its template has no param",
    why: "The template does not use what it does not declare: the value is lost.",
    fix: "Correct the name, or declare the param in the template.",
    source: "tekton triggers v0.37.0 pkg/template/resource.go, `applyParamsToResourceTemplate`",
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
  - {name: ref, value: $(body.ref)}
  - {name: ⟦revison⟧, value: $(body.after)}
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
kind: Trigger
metadata: {name: build}
spec:
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for path in triggers(entry) {
        let Some(template) = template(subject.objects, entry, &path) else {
            continue;
        };
        let params = template.path.key("params");
        let declared: Vec<&str> =
            items(&template.entry.document, &params).map(|path| text(template.entry, &path.key("name"))).collect();
        for given in bound(subject.objects, entry, &path).names {
            if !given.is_inline || given.name.is_empty() || is_open(given.name) || declared.contains(&given.name) {
                continue;
            }
            let near = did_you_mean(given.name, declared.iter().copied())
                .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("the template has no param `{}`{near}", given.name));
            let there = template.entry.document.locate_key(&params);
            sink.push(finding.at(given.place).related("its params are here", there));
        }
    }
}
