use crate::rules::prelude::*;
use crate::surface::spec_of;

pub(crate) static RULE: Rule = Rule {
    id: "missing-deadline",
    confidence: Confidence::High,
    profile: Profile::Strict,
    kinds: &["Workflow", "CronWorkflow", "WorkflowTemplate", "ClusterWorkflowTemplate"],
    title: "a workflow that may run for ever",
    why: "A step that hangs holds its pod, its locks and its place in queues until somebody sees it.",
    fix: "Set `activeDeadlineSeconds` for the workflow, or for each template.",
    source: "argo-workflows v4.1 docs/walk-through/timeouts.md",
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
  activeDeadlineSeconds: 3600
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
    if spec.get("activeDeadlineSeconds").is_some() || spec.at(&["templateDefaults", "activeDeadlineSeconds"]).is_some() || spec.get("workflowTemplateRef").is_some() {
        return;
    }
    let is_library = surface.kind().ends_with("WorkflowTemplate");
    if is_library && spec.get("entrypoint").is_none() {
        return;
    }
    let mut pods = surface.pods.iter().filter_map(|pod| pod.levels.first());
    let has_open = pods.any(|template| template.get("activeDeadlineSeconds").is_none() && template.get("timeout").is_none());
    if has_open {
        sink.push(sink.finding("`activeDeadlineSeconds` is missing: this workflow may run for ever").at(spec.head()));
    }
}
