use std::collections::HashMap;

use luban_diagnostic::Place;

use crate::rules::prelude::*;
use crate::triggers::{bound, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-binding-param",
    kinds: &["EventListener", "Trigger"],
    severity: Severity::Error,
    title: "a value that two bindings of a trigger give",
    why: "Each value may be given once; if bindings give it twice, the trigger fails at every event.",
    fix: "Remove it from one of the bindings.",
    source: "tekton triggers v0.37.0 pkg/template/resource.go, `resolveBindingsToParams`",
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
  - {name: ref, value: main}
  - {name: ⟦ref⟧, value: $(body.ref)}
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
        let mut first: HashMap<&str, Option<Place>> = HashMap::new();
        for given in bound(subject.objects, entry, &path).names.into_iter().filter(|given| !given.name.is_empty()) {
            match first.get(given.name) {
                None => {
                    first.insert(given.name, given.place);
                }
                Some(before) => {
                    // Of an object that gives it twice itself, that object says so.
                    let place = entry.document.locate(&given.binding);
                    let is_here = given.is_inline;
                    let finding = sink.finding(format!("`{}` is given twice: the trigger fails", given.name));
                    let finding = finding.at(if is_here { given.place.clone() } else { place });
                    let finding = finding.related("it is given here first", before.clone());
                    sink.push(if is_here { finding } else { finding.related("and here", given.place) });
                }
            }
        }
    }
}
