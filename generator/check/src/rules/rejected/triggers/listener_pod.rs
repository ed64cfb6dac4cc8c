use luban_api_triggers::WithPodSpec;
use luban_expression::quantity;
use luban_yaml::{Path, read_at};

use crate::fields::is_open;
use crate::objects::Entry;
use crate::rules::prelude::*;
use crate::triggers::{is_alpha, is_of_triggers, items, text};

pub(crate) static RULE: Rule = Rule {
    id: "listener-pod",
    kinds: &["EventListener"],
    title: "a field of an EventListener's pod that Tekton Triggers sets itself",
    why: "Tekton Triggers makes the pod with one container and lets a few of its fields be set: resources, environment from Secrets, \
          probes, placement. TLS needs both `TLS_CERT` and `TLS_KEY`.",
    fix: "Remove the field; take values of the environment from Secrets.",
    source: "tekton triggers v0.37.0 pkg/apis/triggers/v1beta1/event_listener_validation.go, `validateKubernetesObject`, `validateCustomObject`",
    bad: &[
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
metadata: {name: build}
spec:
  triggers:
  - bindings: [{name: ref, value: $(body.ref)}]
    template: {ref: build}
  resources:
    kubernetesResource:
      serviceType: NodePort
      serviceLoadBalancerClass: ⟦internal⟧
      replicas: ⟦-1⟧
      spec:
        template:
          spec:
            ⟦hostNetwork⟧: true
            containers:
            - ⟦image⟧: listener:1.0.0
              env:
              - {name: LEVEL, ⟦value⟧: debug}
              - {name: TLS_CERT, valueFrom: {⟦configMapKeyRef⟧: {name: tls, key: crt}}}
              - {name: TLS_KEY, valueFrom: {secretKeyRef: {name: tls, key: key}}}
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
metadata: {name: build}
spec:
  triggers:
  - bindings: [{name: ref, value: $(body.ref)}]
    template: {ref: build}
  resources:
    kubernetesResource:
      spec:
        template:
          spec:
            containers:
            - resources: {limits: {memory: ⟦256MB⟧}}
              env: [{name: ⟦TLS_CERT⟧, valueFrom: {secretKeyRef: {name: tls, key: crt}}}]
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
---
apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata: {name: build}
spec:
  triggers:
  - bindings: [{name: ref, value: $(body.ref)}]
    template: {ref: build}
  resources:
    kubernetesResource:
      serviceType: LoadBalancer
      serviceLoadBalancerClass: internal
      spec:
        template:
          spec:
            nodeSelector: {disk: fast}
            containers:
            - resources: {limits: {memory: 256Mi}}
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

const POD: &[&str] = &["serviceAccountName", "containers", "tolerations", "nodeSelector"];
const NEWER_POD: &[&str] = &["affinity", "topologySpreadConstraints", "imagePullSecrets", "securityContext"];
const CONTAINER: &[&str] = &["resources", "env"];
const PROBES: &[&str] = &["livenessProbe", "readinessProbe", "startupProbe"];

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    if !is_of_triggers(entry) {
        return;
    }
    let resources = entry.path.key("spec").key("resources");
    let resource = resources.key("kubernetesResource");
    let replicas = resource.key("replicas");
    if text(entry, &replicas).parse::<i64>().is_ok_and(|replicas| replicas < 0) {
        let finding = sink.finding("there cannot be fewer replicas than 0");
        sink.push(finding.at(entry.document.locate(&replicas)));
    }
    let class = resource.key("serviceLoadBalancerClass");
    if !is_alpha(entry) && entry.document.has_value(&class) && text(entry, &resource.key("serviceType")) != "LoadBalancer" {
        let finding = sink.finding("only a Service of type `LoadBalancer` has a class of load balancers");
        sink.push(finding.at(entry.document.locate(&class)));
    }
    // The reader does not look into it, and admission does.
    let custom = resources.key("customResource").key("spec");
    if entry.document.has_value(&custom) {
        let (_, read) = read_at::<WithPodSpec>(&entry.document, &custom);
        for read in read.into_iter().filter(|read| {
            read.rule == "wrong-type" && !read.message.contains("found nothing") && !read.message.contains("found the null")
        }) {
            sink.push(sink.finding(read.message).at(read.place));
        }
    }
    for resource in ["kubernetesResource", "customResource"] {
        let pod = resources.key(resource).key("spec").key("template").key("spec");
        check_pod(entry, sink, &pod, resource == "kubernetesResource");
    }
}

fn check_pod(entry: &Entry, sink: &mut Sink<'_>, pod: &Path, has_probes: bool) {
    let document = &entry.document;
    let is_newer = !is_alpha(entry);
    allow(entry, sink, pod, |field| POD.contains(&field) || is_newer && NEWER_POD.contains(&field), "an EventListener's pod");
    let containers = pod.key("containers");
    match document.length_at(&containers) {
        None | Some(0) => return,
        Some(1) => {}
        Some(_) => {
            let finding = sink.finding("an EventListener's pod has one container");
            sink.push(finding.at(document.locate_head(&containers.index(1))));
            return;
        }
    }
    let container = containers.index(0);
    let is_allowed =
        |field: &str| CONTAINER.contains(&field) || is_newer && field == "securityContext" || has_probes && PROBES.contains(&field);
    allow(entry, sink, &container, is_allowed, "an EventListener's container");
    for list in ["limits", "requests"] {
        let path = container.key("resources").key(list);
        for name in document.keys(&path) {
            let path = path.key(name);
            let amount = document.text_at(&path).filter(|_| document.has_value(&path));
            if let Some(problem) = amount.filter(|amount| !is_open(amount)).and_then(|amount| quantity::check(amount).err()) {
                sink.push(sink.finding(problem.message).at(document.locate(&path)));
            }
        }
    }
    let mut tls = Vec::new();
    for path in items(document, &container.key("env")) {
        allow(entry, sink, &path, |field| matches!(field, "name" | "valueFrom"), "the environment of an EventListener");
        allow(entry, sink, &path.key("valueFrom"), |field| field == "secretKeyRef", "a value of an EventListener's environment");
        let name = text(entry, &path.key("name"));
        if matches!(name, "TLS_CERT" | "TLS_KEY") {
            tls.push((name, path.key("name")));
        }
    }
    if let [(name, path)] = &tls[..] {
        let other = if *name == "TLS_CERT" { "TLS_KEY" } else { "TLS_CERT" };
        let finding = sink.finding(format!("`{name}` needs `{other}` beside it"));
        sink.push(finding.at(document.locate(path)));
    }
}

/// Finds fields that are set and not allowed.
fn allow(entry: &Entry, sink: &mut Sink<'_>, path: &Path, is_allowed: impl Fn(&str) -> bool, whose: &str) {
    let document = &entry.document;
    for field in document.keys(path) {
        let place = path.key(field);
        let is_off = ["hostNetwork", "hostPID", "hostIPC", "stdin", "stdinOnce", "tty"].contains(&field)
            && document.text_at(&place) == Some("false");
        let is_zero = !document.has_value(&place) || is_off || document.text_at(&place) == Some("");
        if is_allowed(field) || is_zero || is_unknown(entry, &place) {
            continue;
        }
        let finding = sink.finding(format!("`{field}` cannot be set in {whose}"));
        sink.push(finding.at(document.locate_key(&place)));
    }
}

/// Whether the reader does not know the field at all.
fn is_unknown(entry: &Entry, path: &Path) -> bool {
    let message = format!("unknown field `{path}`");
    entry.reading.iter().any(|finding| finding.message.starts_with(&message))
}
