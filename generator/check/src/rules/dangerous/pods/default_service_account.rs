use crate::rules::prelude::*;
use crate::surface::spec_of;

pub(crate) static RULE: Rule = Rule {
    id: "default-service-account",
    profile: Profile::Strict,
    kinds: &["Workflow", "CronWorkflow", "WorkflowTemplate", "TaskRun", "PipelineRun", "Sensor", "EventListener", "Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"],
    title: "a pod that runs as the ServiceAccount `default`",
    why: "All pods of a namespace that name no other run as `default`: rights that one of them needs are given to all, and \
          to whatever is put there later.",
    fix: "Make a ServiceAccount for it and name it in `serviceAccountName`.",
    source: "argo-workflows v4.1 docs/service-accounts.md; Checkov CKV_ARGO_1",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  ⟦entrypoint⟧: hello
  templates:
  - name: hello
    container: {image: 'alpine:3.23'}
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {generateName: hello-}
spec:
  serviceAccountName: ⟦default⟧
  taskSpec:
    steps: [{name: hello, image: 'alpine:3.23'}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: hello
  serviceAccountName: hello
  templates:
  - name: hello
    container: {image: 'alpine:3.23'}
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let kind = surface.kind();
    let (holder, account, is_made_elsewhere) = match kind {
        "Workflow" | "CronWorkflow" | "WorkflowTemplate" => {
            let spec = spec_of(surface.entry, surface.root).unwrap_or(spec);
            let is_library = kind == "WorkflowTemplate" && spec.get("entrypoint").is_none();
            (spec, spec.get("serviceAccountName"), is_library || spec.get("workflowTemplateRef").is_some())
        }
        "TaskRun" => (spec, spec.get("serviceAccountName"), false),
        "PipelineRun" => {
            let account = spec.at(&["taskRunTemplate", "serviceAccountName"]);
            (spec, account.or_else(|| spec.get("serviceAccountName")), false)
        }
        "Sensor" => (spec, spec.at(&["template", "serviceAccountName"]), false),
        "EventListener" => {
            let pod = spec.at(&["resources", "kubernetesResource", "spec", "template", "spec", "serviceAccountName"]);
            (spec, spec.get("serviceAccountName").or(pod), false)
        }
        "Deployment" | "StatefulSet" | "DaemonSet" | "Job" | "CronJob" | "Pod" => {
            let Some(pod) = surface.pods.first() else { return };
            let has_none = pod.field("automountServiceAccountToken").and_then(|value| value.boolean()) == Some(false);
            let Some(level) = pod.levels.first() else { return };
            (*level, pod.field("serviceAccountName"), has_none || pod.containers.is_empty())
        }
        _ => return,
    };
    let finding = match account {
        Some(account) if account.text() == Some("default") => sink.finding("this runs as the ServiceAccount `default`").at(account.place()),
        Some(_) => return,
        None if is_made_elsewhere => return,
        None => sink.finding("`serviceAccountName` is missing: this runs as the ServiceAccount `default`").at(holder.head()),
    };
    sink.push(finding);
}
