use std::collections::HashMap;

use crate::fields::{Form, Missing, lacks, say_missing};
use crate::rules::prelude::*;
use crate::triggers::{is_closed, is_of_triggers, items, text};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-binding-params",
    kinds: &["ClusterTriggerBinding", "TriggerBinding"],
    title: "a TriggerBinding without params, or with a param that is given twice or never closed",
    why: "A binding gives values by name, each once; an expression in a value ends with `)` before the next one begins.",
    fix: "Write `params`, name each once, and close each `$(`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/trigger_binding_validation.go",
    bad: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: build}
⟦spec⟧: {}
",
        ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: build}
spec:
  params:
  - {name: ref, value: $(body.ref)}
  - {name: ⟦ref⟧, value: $(body.after)}
  - {name: url, value: ⟦'$(body.a$(body.b)'⟧}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: build}
spec:
  params:
  - {name: ref, value: $(body.ref)}
  - {name: url, value: '$(body.commits[?(@.id)].url)'}
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
    let params = entry.path.key("spec").key("params");
    if lacks(entry, &params, Form::Items) {
        let why = "a binding gives values";
        say_missing(sink, entry, &Missing { parent: &entry.path.key("spec"), field: "params", form: Form::Items, why });
        return;
    }
    let mut first = HashMap::new();
    for path in items(&entry.document, &params) {
        let place = path.key("name");
        let name = text(entry, &place);
        match first.get(name) {
            None => {
                first.insert(name, place);
            }
            Some(before) => {
                let finding = sink.finding(format!("param `{name}` is given twice"));
                let before = entry.document.locate(before);
                sink.push(finding.at(entry.document.locate(&place)).related("the first is here", before));
            }
        }
        let value = text(entry, &path.key("value"));
        if !is_closed(value) {
            let finding = sink.finding("an expression in this value is not closed before the next one begins");
            sink.push(finding.at(entry.document.locate(&path.key("value"))));
        }
    }
}
