use luban_yaml::read_at;

use crate::fields::{Form, Missing, lacks, say_missing};
use crate::rules::prelude::*;
use crate::triggers::{items, templates};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-template-resources",
    kinds: &["EventListener", "Trigger", "TriggerTemplate"],
    title: "a TriggerTemplate that makes nothing, or an object without version or kind",
    why: "A template is a list of objects to make.",
    fix: "Write `resourcetemplates`, each with `apiVersion` and `kind`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/trigger_template_validation.go, `TriggerTemplateSpec.validate`",
    bad: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
⟦spec⟧: {params: []}
",
        ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  resourcetemplates:
  - ⟦kind⟧: ConfigMap
    metadata: {generateName: a-}
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
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for path in templates(entry) {
        let why = "a template makes objects";
        say_missing(sink, entry, &Missing { parent: &path, field: "resourcetemplates", form: Form::Items, why });
        for path in items(&entry.document, &path.key("resourcetemplates")) {
            for field in ["apiVersion", "kind"] {
                let place = path.key(field);
                let is_text = !lacks(entry, &place, Form::Text) && read_at::<String>(&entry.document, &place).1.is_empty();
                if is_text || sink.is_misspelt(entry, &path, field) {
                    continue;
                }
                let finding = sink.finding(format!("`{}` is missing: every object needs it", path.key(field)));
                let place = if entry.document.has(&path.key(field)) {
                    entry.document.locate_key(&path.key(field))
                } else {
                    entry.document.locate_head(&path)
                };
                sink.push(finding.at(place));
            }
        }
    }
}
