use std::collections::HashSet;

use luban_api_core::k8s_openapi::api::core::v1::Volume;
use luban_yaml::Path;

use crate::argo::Target;
use crate::rules::broken::argo_workflows::mounts;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unused-volume",
    kinds: WORKFLOWS,
    profile: Profile::Strict,
    title: "a volume that nobody mounts",
    why: "It is made for each pod, or claimed for each run, and nobody sees it.",
    fix: "Mount it, or remove it.",
    source: "argo-workflows v4.1 workflow/controller/workflowpod.go, `addVolumeReferences`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  volumes: [{name: work, emptyDir: {}}, {name: ⟦cache⟧, emptyDir: {}}]
  templates:
  - name: main
    container:
      image: alpine:3.23
      volumeMounts: [{name: work, mountPath: /work}]
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  volumes: [{name: work, emptyDir: {}}]
  templates:
  - name: main
    container:
      image: alpine:3.23
      volumeMounts: [{name: work, mountPath: /work}]
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    let is_patched = own.text().contains("podSpecPatch");
    // Templates of other objects mount them too.
    let has_others = view.bases.len() > 1 || view.calls.iter().any(|call| !matches!(call.target, Target::Visit(_)));
    let mut mounted: HashSet<&str> = HashSet::new();
    for written in view.written() {
        mounted.extend(mounts(written.template, &written.path).into_iter().map(|(name, _)| name));
    }
    if is_patched || mounted.iter().any(|name| name.contains("{{")) {
        return;
    }
    let mut of = |volumes: &[Volume], path: &Path| {
        for (at, volume) in volumes.iter().enumerate() {
            if !volume.name.is_empty() && !volume.name.contains("{{") && !mounted.contains(volume.name.as_str()) {
                let finding = sink.finding(format!("nobody mounts volume `{}`", volume.name));
                sink.push(finding.at(own.value(&path.key("volumes").index(at).key("name"))));
            }
        }
    };
    if !has_others && own.spec.workflow_template_ref.is_none() {
        of(&own.spec.volumes, &own.path);
    }
    for written in view.written() {
        of(&written.template.volumes, &written.path);
    }
}
