use crate::definitions::is_filled_in_later;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "selector-mismatch",
    kinds: &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"],
    title: "a workload whose pods its selector does not select",
    why: "The labels of the pod template must be among those that the selector asks for. The API server refuses \
          the workload.",
    fix: "Give the template the labels of the selector.",
    source: "k8s.io/kubernetes v1.36 pkg/apis/apps/validation, `ValidateDeploymentSpec`",
    bad: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {⟦app⟧: wep}}
    spec:
      containers: [{name: web, image: \"nginx:1.29\"}]
",
    )],
    good: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: \"nginx:1.29\"}]
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if !matches!(entry.name.api_version.as_str(), "apps/v1" | "batch/v1") || subject.objects.kustomize().is_patched(subject.position) {
        return;
    }
    let document = &entry.document;
    let spec = entry.path.key("spec");
    let wanted = spec.key("selector").key("matchLabels");
    let labels = spec.key("template").key("metadata").key("labels");
    for key in document.keys(&wanted) {
        let (Some(value), at) = (document.text_at(&wanted.key(key)), labels.key(key)) else { continue };
        if is_filled_in_later(value) || is_filled_in_later(key) {
            continue;
        }
        let own = document.text_at(&at);
        if own == Some(value) || own.is_some_and(is_filled_in_later) {
            continue;
        }
        let message = match own {
            Some(own) => format!("the pods have label `{key}: {own}`, and the selector asks for `{value}`"),
            None => format!("the pods have no label `{key}`, which the selector asks for"),
        };
        let place = if own.is_some() { document.locate_key(&at) } else { entry.key_or_head(&labels) };
        sink.push(sink.finding(message).at(place).related("the selector asks here", document.locate_key(&wanted.key(key))));
    }
}
