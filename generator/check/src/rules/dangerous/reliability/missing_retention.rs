use crate::rules::prelude::*;
use crate::surface::spec_of;

pub(crate) static RULE: Rule = Rule {
    id: "missing-retention",
    profile: Profile::Strict,
    kinds: &["Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate"],
    title: "a workflow that stays when it is done",
    why: "Finished workflows and their pods fill etcd and slow the controller down until neither can be listed.",
    fix: "Set `ttlStrategy` and `podGC`, here or in the controller's `workflowDefaults`.",
    source: "argo-workflows v4.1 docs/cost-optimisation.md",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  ⟦entrypoint⟧: main
  serviceAccountName: build
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  ttlStrategy: {secondsAfterCompletion: 86400}
  podGC: {strategy: OnPodSuccess}
  entrypoint: main
  serviceAccountName: build
  templates:
  - name: main
    container: {image: 'alpine:3.23'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = spec_of(surface.entry, surface.root) else {
        return;
    };
    let is_library = surface.kind().ends_with("WorkflowTemplate") && spec.get("entrypoint").is_none();
    if is_library || spec.get("workflowTemplateRef").is_some() {
        return;
    }
    let missing: Vec<&str> = ["ttlStrategy", "podGC"].into_iter().filter(|key| spec.get(key).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("`{}` is missing: finished runs stay", missing.join("`, `"));
        sink.push(sink.finding(message).at(spec.head()));
    }
}
