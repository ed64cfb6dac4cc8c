use luban_expression::quantity;
use luban_yaml::Path;

use crate::definitions::{is_filled_in_later, pods};
use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pod-limits",
    title: "a port, a quantity or a request of a pod that Kubernetes refuses",
    why: "Ports are numbers from 1 to 65535; quantities are numbers with a suffix such as `m`, `Mi`, `G`; a \
          request is no more than its limit; the pods of a Deployment always start again.",
    fix: "Correct the value.",
    source: "k8s.io/kubernetes v1.36 pkg/apis/core/validation, `validateContainerPorts`, \
          `ValidateResourceRequirements`; apimachinery `resource.ParseQuantity`",
    bad: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: \"nginx:1.29\", ports: [{containerPort: ⟦80800⟧}], resources: {requests: {memory: ⟦64MB⟧}}}]
      restartPolicy: ⟦Never⟧
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
      containers: [{name: web, image: \"nginx:1.29\", ports: [{containerPort: 8080}], resources: {requests: {memory: 64Mi}, limits: {memory: 128Mi}}}]
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let document = &entry.document;
    let kind = entry.name.kind.as_str();
    let spec = entry.path.key("spec");
    match kind {
        "ResourceQuota" => quantities(entry, sink, &spec.key("hard")),
        "PersistentVolumeClaim" => quantities(entry, sink, &spec.key("resources").key("requests")),
        "LimitRange" => {
            let list = spec.key("limits");
            for index in 0..document.length_at(&list).unwrap_or(0) {
                for field in ["max", "min", "default", "defaultRequest"] {
                    quantities(entry, sink, &list.index(index).key(field));
                }
            }
        }
        _ => {}
    }
    let Some(pod) = pods::spec(entry) else { return };
    let restart = pod.key("restartPolicy");
    if let Some(policy) = document.text_at(&restart).filter(|policy| !is_filled_in_later(policy)) {
        let is_wrong = match kind {
            "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet" => policy != "Always",
            "Job" | "CronJob" => policy == "Always",
            _ => false,
        };
        if is_wrong && !policy.is_empty() {
            let wanted = if matches!(kind, "Job" | "CronJob") { "`OnFailure` or `Never`" } else { "`Always`" };
            let finding = sink.finding(format!("the pods of a {kind} have restart policy {wanted}, not `{policy}`"));
            sink.push(finding.at(document.locate(&restart)));
        }
    }
    for container in pods::containers(entry, &pod) {
        let ports = container.key("ports");
        for index in 0..document.length_at(&ports).unwrap_or(0) {
            for field in ["containerPort", "hostPort"] {
                let at = ports.index(index).key(field);
                let port = document.text_at(&at).and_then(|port| port.parse::<i64>().ok());
                let least = if field == "hostPort" { 0 } else { 1 };
                if let Some(port) = port.filter(|port| !(least..=65535).contains(port)) {
                    let finding = sink.finding(format!("{port} is no port: ports are from 1 to 65535"));
                    sink.push(finding.at(document.locate(&at)));
                }
            }
        }
        let resources = container.key("resources");
        for group in ["requests", "limits"] {
            quantities(entry, sink, &resources.key(group));
        }
    }
}

fn quantities(entry: &Entry, sink: &mut Sink<'_>, path: &Path) {
    let document = &entry.document;
    for resource in document.keys(path) {
        let at = path.key(resource);
        let Some(text) = document.text_at(&at).filter(|text| !is_filled_in_later(text) && document.has_value(&at)) else { continue };
        if let Err(problem) = quantity::check(text) {
            sink.push(sink.finding(format!("`{text}` is no quantity: {}", problem.message)).at(document.locate(&at)));
        }
    }
}
