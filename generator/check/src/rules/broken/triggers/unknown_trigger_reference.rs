use luban_yaml::Path;

use crate::fields::is_open;
use crate::rules::prelude::*;
use crate::triggers::{find, interceptors, items, text, triggers};

pub(crate) static RULE: Rule = Rule {
    id: "unknown-trigger-reference",
    kinds: &["EventListener", "Trigger"],
    title: "a reference of a trigger to an object that is not given",
    why: "A trigger whose template, binding, interceptor or own Trigger does not exist fails at every event. It may exist elsewhere, so \
          that this is a warning unless all objects are given.",
    fix: "Correct the name, or give the file that has the object.",
    source: "tekton triggers v0.37.0 pkg/sink/sink.go; pkg/template/resource.go, `ResolveTrigger`",
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
  interceptors: [{ref: {name: ⟦celx⟧}}]
  bindings: [{ref: ⟦push⟧}]
  template: {ref: ⟦biuld⟧}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: listener}
spec:
  triggers: [{triggerRef: ⟦other⟧}]
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
  interceptors: [{ref: {name: cel}}]
  bindings: [{name: ref, value: $(body.ref)}]
  template: {ref: build}
---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: listener}
spec:
  triggers: [{triggerRef: build}]
",
    )],
    check: Check::Object(check),
    ..BROKEN
};

/// ClusterInterceptors that Tekton Triggers is installed with.
const CORE: [&str; 5] = ["bitbucket", "cel", "github", "gitlab", "slack"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let namespace = entry.namespace();
    let document = &entry.document;
    let mut references: Vec<(Path, &str, &str)> = Vec::new();
    for path in triggers(entry) {
        references.push((path.key("triggerRef"), "Trigger", namespace));
        references.push((path.key("template").key("ref"), "TriggerTemplate", namespace));
        for path in items(document, &path.key("bindings")) {
            let is_of_cluster = text(entry, &path.key("kind")) == "ClusterTriggerBinding";
            let (kind, namespace) = if is_of_cluster { ("ClusterTriggerBinding", "") } else { ("TriggerBinding", namespace) };
            references.push((path.key("ref"), kind, namespace));
        }
    }
    for path in interceptors(entry) {
        let path = path.key("ref");
        let is_namespaced = text(entry, &path.key("kind")) == "NamespacedInterceptor";
        let (kind, namespace) = if is_namespaced { ("Interceptor", namespace) } else { ("ClusterInterceptor", "") };
        references.push((path.key("name"), kind, namespace));
    }
    for (path, kind, namespace) in references {
        let name = text(entry, &path);
        let is_core = kind == "ClusterInterceptor" && CORE.contains(&name);
        if name.is_empty() || is_open(name) || is_core || find(subject.objects, kind, namespace, name).is_some() {
            continue;
        }
        let near = match kind {
            "ClusterInterceptor" => did_you_mean(name, CORE),
            _ => None,
        };
        let near = near.or_else(|| subject.objects.nearest(kind, namespace, name));
        let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let place = if namespace.is_empty() { String::new() } else { format!(" in namespace `{namespace}`") };
        let finding = sink.missing(format!("{kind} `{name}` is not found{place}{near}"));
        sink.push(finding.at(document.locate(&path)));
    }
}
