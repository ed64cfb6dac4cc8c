use std::collections::HashSet;

use luban_api_argo_workflows::WorkflowSpec;

use crate::argo::is_template_alone;
use crate::rules::broken::argo_workflows::mounts;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-volume",
    kinds: WORKFLOWS,
    title: "a mount of a volume that nobody declares",
    why: "The pod is refused when it is made. A template that another object refers to gets the volumes of the workflow that runs, not those of its own object.",
    fix: "Declare the volume in `spec.volumes`, `spec.volumeClaimTemplates` or the template's own `volumes`.",
    source: "argo-workflows v4.1 workflow/controller/workflowpod.go, `addVolumeReferences`",
    bad: &[Example::new(
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
      volumeMounts: [{name: work, mountPath: /work}, {name: ⟦wrok⟧, mountPath: /out}]
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  volumes: [{name: work, emptyDir: {}}]
  volumeClaimTemplates:
  - metadata: {name: claim}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
  templates:
  - name: main
    volumes: [{name: own, emptyDir: {}}]
    script:
      image: alpine:3.23
      command: [sh]
      source: 'true'
      volumeMounts: [{name: work, mountPath: /work}, {name: own, mountPath: /own}, {name: claim, mountPath: /claim}]
",
        ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: for-others
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
    let theirs = view.made_of.and_then(|at| view.bases.get(at));
    let specs: Vec<&WorkflowSpec> = [Some(own), theirs].into_iter().flatten().map(|base| base.spec).collect();
    // The controller's defaults and patches of pods may add volumes.
    if specs.iter().any(|spec| spec.pod_spec_patch.as_deref().is_some_and(|patch| patch.contains("volumes"))) {
        return;
    }
    let mut declared: HashSet<&str> = HashSet::new();
    let defaults = view.options.workflow_defaults.as_deref().map(|workflow| &workflow.spec);
    for spec in specs.iter().copied().chain(defaults) {
        declared.extend(spec.volumes.iter().map(|volume| volume.name.as_str()));
        declared.extend(spec.volume_claim_templates.iter().filter_map(|claim| claim.metadata.name.as_deref()));
        let template = spec.template_defaults.iter().flat_map(|template| &template.volumes);
        declared.extend(template.map(|volume| volume.name.as_str()));
    }
    if declared.iter().any(|name| name.contains("{{")) {
        return;
    }
    let is_alone = is_template_alone(view.entry);
    let can_run = own.spec.entrypoint.as_deref().is_some_and(|name| !name.is_empty());
    for (visit, base) in view.templates() {
        // What only others call gets their volumes.
        if is_alone && !(can_run && visit.is_reached) {
            continue;
        }
        let template = visit.template;
        let is_patched = template.pod_spec_patch.as_deref().is_some_and(|patch| patch.contains("volumes"));
        let is_dynamic = template.volumes.iter().any(|volume| volume.name.contains("{{"));
        if is_patched || is_dynamic {
            continue;
        }
        for (name, path) in mounts(template, &visit.path) {
            let is_own = template.volumes.iter().any(|volume| volume.name == name);
            if name.is_empty() || name.contains("{{") || is_own || declared.contains(name) {
                continue;
            }
            let known = declared.iter().copied().chain(template.volumes.iter().map(|volume| volume.name.as_str()));
            let mut known: Vec<&str> = known.collect();
            known.sort_unstable();
            let near = did_you_mean(name, known);
            let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
            let message = format!("volume `{name}` of template `{}` is not declared{near}", visit.name());
            let finding = sink.finding(message).at(base.value(&path.key("name")));
            sink.push_in(view.foreign(&visit.site), finding);
        }
    }
}
