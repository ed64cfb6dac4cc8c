use std::sync::LazyLock;

use regex::Regex;

use crate::rules::prelude::*;
use crate::triggers::{items, templates, text};

pub(crate) static RULE: Rule = Rule {
    id: "undeclared-template-param",
    kinds: &["EventListener", "Trigger", "TriggerTemplate"],
    title: "a param in a TriggerTemplate that it does not declare",
    why: "What stands in `$(tt.params.…)` must be declared in `params` of the same template.",
    fix: "Declare the param, or correct the name.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/trigger_template_validation.go, `verifyParamDeclarations`",
    bad: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata: {name: build}
spec:
  params: [{name: revision}]
  resourcetemplates:
  - apiVersion: v1
    kind: ConfigMap
    metadata: {generateName: build-}
    data: {ref: 'ref $(tt.params.revision) $(tt.params.⟦revison⟧)'}
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
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

/// As upstream finds params, the dots that stand for any letter included.
#[allow(clippy::expect_used, reason = "a constant")]
static PARAM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\$\(tt.params.([_a-zA-Z][_a-zA-Z0-9.-]*)\)").expect("a valid expression"));

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    for path in templates(entry) {
        let params = path.key("params");
        let declared: Vec<&str> = items(&entry.document, &params).map(|path| text(entry, &path.key("name"))).collect();
        for scalar in entry.document.scalars(&path.key("resourcetemplates")) {
            if !scalar.text().contains("$(tt") {
                continue;
            }
            for name in PARAM.captures_iter(scalar.text()).filter_map(|captures| captures.get(1)) {
                if declared.contains(&name.as_str()) || sink.is_misspelt(entry, &path, "params") {
                    continue;
                }
                let near = did_you_mean(name.as_str(), declared.iter().copied())
                    .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let finding = sink.finding(format!("param `{}` is not declared by this template{near}", name.as_str()));
                let finding = finding.at(Some(scalar.place_of(name.range())));
                sink.push(finding.related("params are declared here", entry.key_or_head(&params)));
            }
        }
    }
}
