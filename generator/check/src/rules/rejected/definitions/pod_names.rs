use std::collections::HashMap;

use luban_yaml::Path;

use crate::definitions::{is_filled_in_later, pods};
use crate::objects::Entry;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pod-names",
    title: "a container, a volume or a port of a pod whose name is taken or no name",
    why: "Names of containers and volumes are there once in a pod, and are one part of a name of the DNS; names of \
          ports have at most 15 characters, one of them a letter.",
    fix: "Rename one of the two.",
    source: "k8s.io/kubernetes v1.36 pkg/apis/core/validation, `validateContainers`, `ValidateVolumes`, \
          `IsValidPortName`",
    bad: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      volumes: [{name: a, emptyDir: {}}, {name: ⟦a⟧, emptyDir: {}}]
      initContainers: [{name: prepare, image: \"nginx:1.29\"}]
      containers:
      - {name: web, image: \"nginx:1.29\", ports: [{name: ⟦a-name-of-a-web-port⟧, containerPort: 80}]}
      - {name: ⟦prepare⟧, image: \"nginx:1.29\"}
      - {name: ⟦Web⟧, image: \"nginx:1.29\"}
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
    let Some(pod) = pods::spec(entry) else { return };
    let document = &entry.document;
    let mut containers: HashMap<&str, Path> = HashMap::new();
    for at in pods::containers(entry, &pod) {
        name(entry, sink, "container", &at.key("name"), &mut containers);
        let ports = at.key("ports");
        for index in 0..document.length_at(&ports).unwrap_or(0) {
            let at = ports.index(index).key("name");
            let Some(port) = document.text_at(&at).filter(|port| !port.is_empty() && !is_filled_in_later(port)) else { continue };
            let is_valid = port.len() <= 15
                && port.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-')
                && port.contains(|it: char| it.is_ascii_lowercase())
                && !port.contains("--")
                && !port.starts_with('-')
                && !port.ends_with('-');
            if !is_valid {
                let message = format!("`{port}` is no name of a port: at most 15 small letters, digits and `-`");
                sink.push(sink.finding(message).at(document.locate(&at)));
            }
        }
    }
    let mut volumes = HashMap::new();
    let list = pod.key("volumes");
    for index in 0..document.length_at(&list).unwrap_or(0) {
        name(entry, sink, "volume", &list.index(index).key("name"), &mut volumes);
    }
}

fn name<'a>(entry: &'a Entry, sink: &mut Sink<'_>, what: &str, at: &Path, seen: &mut HashMap<&'a str, Path>) {
    let Some(name) = entry.document.text_at(at).filter(|name| !name.is_empty() && !is_filled_in_later(name)) else { return };
    let is_outer = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    let is_valid = name.len() <= 63 && name.starts_with(is_outer) && name.ends_with(is_outer) && name.chars().all(|it| is_outer(it) || it == '-');
    if !is_valid {
        let message = format!("`{name}` is no name of a {what}: small letters, digits and `-`, at most 63");
        sink.push(sink.finding(message).at(entry.document.locate(at)));
    } else if let Some(first) = seen.get(name) {
        let finding = sink.finding(format!("there is another {what} `{name}` in the pod")).at(entry.document.locate(at));
        sink.push(finding.related("here", entry.document.locate(first)));
    } else {
        seen.insert(name, at.clone());
    }
}
