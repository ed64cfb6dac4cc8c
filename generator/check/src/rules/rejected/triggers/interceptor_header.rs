use crate::fields::{Form, Missing, say_missing};
use crate::rules::prelude::*;
use crate::triggers::{items, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "interceptor-header",
    kinds: &["EventListener", "Trigger"],
    title: "a header for a webhook without a value, or whose name is written in another case",
    why: "Headers are compared in their canonical form, `X-Git-Event`, and need a value.",
    fix: "Write the name with capitals at the beginning and behind each `-`, and give it a value.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/trigger_validation.go, `TriggerInterceptor.validate`",
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
  interceptors:
  - webhook:
      objectRef: {apiVersion: v1, kind: Service, name: check}
      header:
      - {name: ⟦x-event⟧, value: push}
      - {name: X-Kind, ⟦value⟧: ''}
  bindings: [{name: ref, value: $(body.ref)}]
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
  interceptors:
  - webhook:
      objectRef: {apiVersion: v1, kind: Service, name: check}
      header: [{name: X-Event, value: push}, {name: X-Kinds, value: [a, b]}]
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let lists = triggers(entry).into_iter().map(|path| path.key("interceptors"));
    for interceptor in lists.flat_map(|list| items(document, &list)) {
        for path in items(document, &interceptor.key("webhook").key("header")) {
            let name = text(entry, &path.key("name"));
            let right = canonical(name);
            let why = "a header needs a name and a value";
            say_missing(sink, entry, &Missing { parent: &path, field: "name", form: Form::Text, why });
            if !name.is_empty() && right != name {
                let finding = sink.finding(format!("header `{name}` is not in its canonical form (did you mean `{right}`?)"));
                sink.push(finding.at(document.locate(&path.key("name"))));
            }
            let form = if document.length_at(&path.key("value")).is_some() { Form::Items } else { Form::Text };
            say_missing(sink, entry, &Missing { parent: &path, field: "value", form, why });
        }
    }
}

/// Go's `http.CanonicalHeaderKey`.
fn canonical(name: &str) -> String {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if !name.bytes().all(is_token) {
        return name.to_owned();
    }
    let mut is_first = true;
    let letters = name.chars().map(|letter| {
        let right = if is_first { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() };
        is_first = letter == '-';
        right
    });
    letters.collect()
}
