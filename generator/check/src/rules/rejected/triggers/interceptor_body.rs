use luban_yaml::Path;

use crate::fields::{Form, Missing, lacks, say_missing};
use crate::objects::Entry;
use crate::rules::prelude::*;
use crate::triggers::{is_alpha, items, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "interceptor-body",
    kinds: &["EventListener", "Trigger"],
    title: "an interceptor that is nothing, or a webhook without its Service",
    why: "An interceptor names a ClusterInterceptor or Interceptor by `ref.name`. A webhook, the older form, names a Service of version \
          v1.",
    fix: "Write `ref.name`, or `webhook.objectRef` with `kind: Service` and `apiVersion: v1`.",
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
  - ⟦params⟧: []
  - webhook: {⟦objectRef⟧: {kind: Service, name: check}}
  - webhook: {objectRef: {apiVersion: v1, kind: ⟦Deployment⟧, name: check}}
  - ⟦webhook⟧: {}
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
  - ref: {name: cel}
    params: [{name: filter, value: body.ref == 'main'}]
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
    for path in lists.flat_map(|list| items(document, &list)) {
        let webhook = path.key("webhook");
        if !lacks(entry, &webhook, Form::Value) {
            check_webhook(entry, sink, &webhook);
            continue;
        }
        let older = ["github", "gitlab", "cel", "bitbucket"];
        let is_older = is_alpha(entry) && older.iter().any(|field| !lacks(entry, &path.key(field), Form::Value));
        let is_misspelt = ["ref", "webhook"].iter().any(|field| sink.is_misspelt(entry, &path, field))
            || sink.is_misspelt(entry, &path.key("ref"), "name");
        if is_older || is_misspelt || !lacks(entry, &path.key("ref").key("name"), Form::Text) {
            continue;
        }
        let finding = sink.finding(format!("`{}` is missing: an interceptor needs a name", path.key("ref").key("name")));
        sink.push(finding.at(document.locate_head(&path)));
    }
}

fn check_webhook(entry: &Entry, sink: &mut Sink<'_>, webhook: &Path) {
    let service = webhook.key("objectRef");
    let mut say = |parent: &Path, field, form| {
        let why = "a webhook is a Service of version `v1`";
        say_missing(sink, entry, &Missing { parent, field, form, why });
    };
    if lacks(entry, &service, Form::Value) {
        say(webhook, "objectRef", Form::Value);
        return;
    }
    say(&service, "kind", Form::Text);
    say(&service, "apiVersion", Form::Text);
    if is_alpha(entry) {
        say(&service, "name", Form::Text);
    }
    for (field, known) in [("kind", "Service"), ("apiVersion", "v1")] {
        let written = text(entry, &service.key(field));
        if !written.is_empty() && written != known {
            let finding = sink.finding(format!("a webhook's `{field}` is `{known}`, not `{written}`"));
            sink.push(finding.at(entry.document.locate(&service.key(field))));
        }
    }
}
