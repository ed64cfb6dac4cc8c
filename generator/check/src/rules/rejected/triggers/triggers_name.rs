use luban_expression::selector;

use crate::fields::{Form, Missing, is_open, say_missing};
use crate::rules::prelude::*;
use crate::triggers::{is_of_triggers, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "triggers-name",
    kinds: &["ClusterTriggerBinding", "EventListener", "Trigger", "TriggerBinding", "TriggerTemplate"],
    title: "a name that Tekton Triggers cannot use",
    why: "Names are DNS names in lower case of at most 63 characters, those of EventListeners at most 60, because their Services are \
          called `el-…`. The name of a trigger in an EventListener becomes the value of a label.",
    fix: "Shorten the name, and use lower-case letters, digits and `-`.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/*_validation.go; tekton pipelines pkg/apis/validate/metadata.go",
    bad: &[
        Example::new(
            "apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata: {name: ⟦Push⟧}
spec: {params: [{name: ref, value: $(body.ref)}]}
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
kind: EventListener
metadata: {name: ⟦listener-of-the-repositories-of-all-teams-in-all-organizations⟧}
spec:
  triggers:
  - name: ⟦on push⟧
    bindings: [{name: ref, value: $(body.ref)}]
    template: {ref: build}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: triggers.tekton.dev/v1beta1
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
    if !is_of_triggers(entry) {
        return;
    }
    let metadata = entry.path.key("metadata");
    let (name, generated) = (text(entry, &metadata.key("name")), text(entry, &metadata.key("generateName")));
    let field = if name.is_empty() && !generated.is_empty() { "generateName" } else { "name" };
    let path = metadata.key(field);
    let whole = if field == "name" { name.to_owned() } else { format!("{generated}00000") };
    if entry.name.kind == "EventListener" {
        if whole.len() > 60 {
            let finding = sink.finding(format!("the name has {} characters: an EventListener's has at most 60", whole.len()));
            sink.push(finding.at(entry.document.locate(&path)));
        }
        for path in triggers(entry) {
            let path = path.key("name");
            if let Err(problem) = selector::check_value(text(entry, &path)) {
                sink.push(sink.finding(problem.message).at(entry.document.locate(&path)));
            }
        }
        return;
    }
    if is_open(&whole) {
        return;
    }
    if whole.is_empty() {
        let why = "the object needs a name";
        say_missing(sink, entry, &Missing { parent: &metadata, field: "name", form: Form::Text, why });
    } else if !is_subdomain(&whole) {
        let finding =
            sink.finding(format!("`{}` is no name: lower-case letters, digits, `-` and `.` are, up to 63", text(entry, &path)));
        sink.push(finding.at(entry.document.locate(&path)));
    }
}

fn is_subdomain(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_label = |label: &str| {
        let bytes = label.as_bytes();
        let is_edge = |byte: Option<&u8>| byte.is_some_and(|byte| is_letter(*byte));
        is_edge(bytes.first()) && is_edge(bytes.last()) && bytes.iter().all(|byte| is_letter(*byte) || *byte == b'-')
    };
    name.len() <= 63 && name.split('.').all(is_label)
}
