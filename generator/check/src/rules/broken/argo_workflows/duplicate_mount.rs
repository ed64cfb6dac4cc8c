use std::collections::HashMap;

use luban_yaml::Path;

use crate::rules::broken::argo_workflows::containers;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-mount",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "two volumes or artifacts at the same path of a container",
    why: "Upstream looks at the main container only. The pod is refused when it is made: a path can be mounted once.",
    fix: "Choose another path for one of them.",
    source: "kubernetes v1.36 pkg/apis/core/validation/validation.go, `ValidateVolumeMounts`; argo-workflows v4.1 `validateLeaf`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
    inputs: {artifacts: [{name: source, path: ⟦/src⟧}]}
    sidecars:
    - {name: cache, image: 'redis:8.4', volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: ⟦/data⟧}]}
    script:
      image: alpine:3.23
      command: [sh]
      source: 'true'
      volumeMounts: [{name: a, mountPath: /src}]
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
    sidecars:
    - {name: cache, image: 'redis:8.4', volumeMounts: [{name: a, mountPath: /data}]}
    script:
      image: alpine:3.23
      command: [sh]
      source: 'true'
      volumeMounts: [{name: a, mountPath: /data}, {name: b, mountPath: /data/b}]
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        let mut taken: HashMap<(Path, &str), Path> = HashMap::new();
        let script = written.template.script.as_ref().map(|_| written.path.key("script"));
        let paths = containers(written.template, &written.path).into_iter().flat_map(|(path, mounts)| {
            let of = mounts.iter().enumerate().map(|(at, mount)| (mount.mount_path.as_str(), path.key("volumeMounts").index(at).key("mountPath"))).collect::<Vec<_>>();
            of.into_iter().map(move |(mounted, at)| (path.clone(), mounted, at))
        });
        let artifacts = written.template.inputs.iter().flat_map(|inputs| inputs.artifacts.iter().enumerate());
        let artifacts = artifacts.filter_map(|(at, artifact)| {
            let path = written.path.key("inputs").key("artifacts").index(at).key("path");
            Some((script.clone()?, artifact.path.as_deref()?, path))
        });
        for (container, mounted, path) in paths.chain(artifacts) {
            // The main container is looked at by upstream already.
            let is_main = written.template.container.is_some() && container == written.path.key("container");
            let is_set = container == written.path.key("containerSet");
            if mounted.is_empty() || mounted.contains("{{") || is_main || is_set {
                continue;
            }
            match taken.get(&(container.clone(), mounted)) {
                Some(before) => {
                    let finding = sink.finding(format!("`{mounted}` is taken already")).at(own.value(&path));
                    sink.push(finding.related("by this one", own.value(before)));
                }
                None => {
                    taken.insert((container, mounted), path);
                }
            }
        }
    }
}
