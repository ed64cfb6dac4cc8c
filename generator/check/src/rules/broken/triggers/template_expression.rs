use crate::rules::prelude::*;
use crate::triggers::templates;

pub(crate) static RULE: Rule = Rule {
    id: "template-expression",
    kinds: &["EventListener", "Trigger", "TriggerTemplate"],
    title: "an expression in a template that is not filled in",
    why: "Templates fill in `$(tt.params.NAME)` and `$(uid)`; what else begins with `$(tt` stays as it is.",
    fix: "Write `$(tt.params.NAME)`.",
    source: "tekton triggers v0.37.0 pkg/template/resource.go",
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
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: other-}
    data: {a: '⟦$(tt.param.ref)⟧', b: '⟦$(tt.ref)⟧'}
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
  - apiVersion: v1
    kind: ConfigMap
    metadata: {name: other-$(uid)}
    data: {a: $(params.ref)}
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for template in templates(entry) {
        for scalar in entry.document.scalars(&template.key("resourcetemplates")) {
            for (start, _) in scalar.text().match_indices("$(tt.") {
                let rest = scalar.text().get(start + 2..).unwrap_or_default();
                let inside = rest.split(')').next().unwrap_or_default();
                let name = inside.strip_prefix("tt.params.");
                let is_name = |name: &str| {
                    name.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '_')
                        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.-".contains(letter))
                };
                if name.is_some_and(is_name) && inside.len() < rest.len() {
                    continue;
                }
                let end = start + 2 + inside.len() + usize::from(inside.len() < rest.len());
                let finding = sink.finding(format!("`$({inside})` is not filled in: params are `$(tt.params.NAME)`"));
                sink.push(finding.at(Some(scalar.place_of(start..end))));
            }
        }
    }
}
