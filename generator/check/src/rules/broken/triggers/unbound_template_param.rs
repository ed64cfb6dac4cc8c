use crate::fields::is_open;
use crate::rules::prelude::*;
use crate::triggers::{bound, items, template, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "unbound-template-param",
    kinds: &["EventListener", "Trigger"],
    title: "a param of a template that no binding gives",
    why: "A param without a default that the bindings of the trigger do not give stays in the object as `$(tt.params.…)`.",
    fix: "Bind the param, or give it a default in the template.",
    source: "tekton triggers v0.37.0 pkg/template/event.go, `ResolveParams`; pkg/template/resource.go, `applyParamsToResourceTemplate`",
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
  bindings: []
  template: {ref: ⟦build⟧}
",
    )],
    good: &[
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
  template: {ref: build}
",
        ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: ref, default: main}]
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
  bindings: []
  template: {ref: build}
",
        ),
    ],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for path in triggers(entry) {
        let Some(template) = template(subject.objects, entry, &path) else {
            continue;
        };
        let bound = bound(subject.objects, entry, &path);
        if !bound.is_whole || bound.names.iter().any(|given| is_open(given.name)) {
            continue;
        }
        for param in items(&template.entry.document, &template.path.key("params")) {
            let name = text(template.entry, &param.key("name"));
            let has_default = template.entry.document.has_value(&param.key("default"));
            if name.is_empty() || has_default || bound.names.iter().any(|given| given.name == name) {
                continue;
            }
            // One that is used nowhere is missed nowhere.
            let used = format!("$(tt.params.{name})");
            let mut scalars = template.entry.document.scalars(&template.path.key("resourcetemplates"));
            if !scalars.any(|scalar| scalar.text().contains(&used)) {
                continue;
            }
            let near = did_you_mean(name, bound.names.iter().map(|given| given.name));
            let near = near.map_or_else(String::new, |near| format!(" (a binding gives `{near}`)"));
            let finding = sink.finding(format!("no binding gives the template's param `{name}`{near}"));
            let place = entry.document.locate(&path.key("template").key("ref"));
            let there = template.entry.document.locate(&param.key("name"));
            sink.push(finding.at(place).related("the param is declared here", there));
        }
    }
}
