use std::collections::HashMap;

use luban_yaml::Path;

use crate::rules::prelude::*;
use crate::triggers::{items, templates, text};

pub(crate) static RULE: Rule = Rule {
    id: "trigger-template-params",
    kinds: &["EventListener", "Trigger", "TriggerTemplate"],
    title: "a param of a template that is declared twice, or used nowhere",
    why: "A param that nothing reads does nothing, whatever binding gives it; of two with one name the second default counts.",
    fix: "Use the param, or remove it.",
    source: "tekton triggers v0.37.0 pkg/template/event.go, `applyEventValuesToParams`",
    bad: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: ref}, {name: ⟦revision⟧}]
  resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: build-}
    data: {ref: $(tt.params.ref)}
",
        ),
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: ref}, {name: ⟦ref⟧, default: main}]
  resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: build-}
    data: {ref: $(tt.params.ref)}
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
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    for template in templates(entry) {
        let resources = template.key("resourcetemplates");
        let texts: Vec<&str> =
            document.scalars(&resources).map(|scalar| scalar.text()).filter(|text| text.contains("$(tt")).collect();
        let mut first: HashMap<&str, Path> = HashMap::new();
        for path in items(document, &template.key("params")) {
            let place = path.key("name");
            let name = text(entry, &place);
            if name.is_empty() {
                continue;
            }
            if let Some(before) = first.get(name) {
                let finding = sink.finding(format!("param `{name}` is declared twice"));
                let before = document.locate(before);
                sink.push(finding.at(document.locate(&place)).related("the first is here", before));
                continue;
            }
            let used = format!("$(tt.params.{name})");
            if !texts.iter().any(|text| text.contains(&used)) {
                let finding = sink.finding(format!("param `{name}` is used nowhere in this template"));
                sink.push(finding.at(document.locate(&place)));
            }
            first.insert(name, place);
        }
    }
}
