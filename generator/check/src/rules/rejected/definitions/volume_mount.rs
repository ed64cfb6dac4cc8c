use std::collections::HashMap;

use luban_yaml::Path;

use crate::definitions::{is_filled_in_later, pods};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "volume-mount",
    title: "a mount of a volume that the pod does not have, or at a path that is taken",
    why: "A container mounts volumes of its pod, each at a path of its own.",
    fix: "Declare the volume, or correct its name.",
    source: "k8s.io/kubernetes v1.36 pkg/apis/core/validation, `ValidateVolumeMounts`",
    bad: &[Example::new(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: \"nginx:1.29\", volumeMounts: [{name: ⟦caches⟧, mountPath: /a}, {name: cache, mountPath: /b}, {name: cache, mountPath: ⟦/b⟧}]}]
      volumes: [{name: cache, emptyDir: {}}]
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
      containers: [{name: web, image: \"nginx:1.29\", volumeMounts: [{name: cache, mountPath: /a}]}]
      volumes: [{name: cache, emptyDir: {}}]
",
    )],
    check: Check::Object(check),
    ..REJECTED
};

fn check(subject: &Subject<'_>, sink: &mut Sink<'_>) {
    let entry = subject.entry;
    let Some(pod) = pods::spec(entry) else { return };
    let document = &entry.document;
    let list = pod.key("volumes");
    let mut volumes: Vec<&str> = (0..document.length_at(&list).unwrap_or(0))
        .filter_map(|index| document.text_at(&list.index(index).key("name")))
        .collect();
    if entry.name.kind == "StatefulSet" {
        let claims = entry.path.key("spec").key("volumeClaimTemplates");
        let names = (0..document.length_at(&claims).unwrap_or(0)).filter_map(|index| document.text_at(&claims.index(index).key("metadata").key("name")));
        volumes.extend(names);
    }
    // A patch may bring volumes.
    let is_patched = subject.objects.kustomize().is_patched(subject.position);
    for container in pods::containers(entry, &pod) {
        let mut paths: HashMap<&str, Path> = HashMap::new();
        for field in ["volumeMounts", "volumeDevices"] {
            let mounts = container.key(field);
            for index in 0..document.length_at(&mounts).unwrap_or(0) {
                let at = mounts.index(index);
                let name = document.text_at(&at.key("name")).unwrap_or_default();
                if !name.is_empty() && !volumes.contains(&name) && !is_patched && !is_filled_in_later(name) {
                    let near = did_you_mean(name, volumes.iter().copied());
                    let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                    let finding = sink.finding(format!("the pod has no volume `{name}`{near}"));
                    sink.push(finding.at(document.locate(&at.key("name"))));
                }
                let field = if field == "volumeMounts" { "mountPath" } else { "devicePath" };
                let Some(path) = document.text_at(&at.key(field)).filter(|path| !is_filled_in_later(path)) else { continue };
                if let Some(first) = paths.get(path) {
                    let finding = sink.finding(format!("`{path}` is taken by another volume")).at(document.locate(&at.key(field)));
                    sink.push(finding.related("here", document.locate(first)));
                } else {
                    paths.insert(path, at.key(field));
                }
            }
        }
    }
}
