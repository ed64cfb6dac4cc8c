use luban_yaml::Path;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

const OBJECT: &[&str] = &["create", "update", "patch", "delete"];
const WORKFLOW: &[&str] = &["submit", "submit-from", "suspend", "retry", "resume", "resubmit", "terminate", "stop"];

pub(crate) static RULE: Rule = Rule {
    id: "trigger-operation",
    kinds: &["Sensor"],
    title: "an unknown operation on an object or a workflow, or none on a workflow",
    why: "`k8s` can create, update, patch and delete, and creates if nothing is written; `argoWorkflow` calls the command of that name and \
          needs one.",
    fix: "Write one of the operations.",
    source: "argo-events v1.9.11 pkg/reconciler/sensor/validate.go, `validateK8STrigger`, `validateArgoWorkflowTrigger`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        operation: ⟦apply⟧
        source:
          resource: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}
  - template:
      name: workflow
      argoWorkflow:
        operation: ⟦create⟧
        source: {file: {path: /manifests/workflow.yaml}}
  - template:
      name: none
      ⟦argoWorkflow⟧:
        source: {file: {path: /manifests/workflow.yaml}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: object
      k8s:
        source:
          resource: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}
  - template:
      name: workflow
      argoWorkflow:
        operation: submit
        source: {file: {path: /manifests/workflow.yaml}}
"
    ))],
    check: Check::Sensor(check),
    ..REJECTED
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.triggers {
        let Some(template) = &at.trigger.template else {
            continue;
        };
        let path = at.path.key("template");
        if let Some(action) = &template.k8s {
            check_one(view, sink, action.operation.as_deref(), &path.key("k8s"), OBJECT);
        }
        if let Some(action) = &template.argo_workflow {
            check_one(view, sink, action.operation.as_deref(), &path.key("argoWorkflow"), WORKFLOW);
        }
    }
}

fn check_one(view: &SensorView<'_>, sink: &mut Sink<'_>, operation: Option<&str>, action: &Path, known: &'static [&str]) {
    let path = action.key("operation");
    let operation = operation.unwrap_or_default();
    let all = known.join("`, `");
    if operation.is_empty() {
        let is_other = view.document().has_value(&path) && view.document().text_at(&path) != Some("");
        if known == WORKFLOW && !is_other && !sink.is_misspelt(view.entry, action, "operation") {
            let finding = sink.finding(format!("`{path}` is missing: it is one of `{all}`"));
            sink.push(finding.at(view.key(&path)));
        }
    } else if !known.contains(&operation) && !is_open(operation) {
        let near =
            did_you_mean(operation, known.iter().copied()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
        let finding = sink.finding(format!("there is no operation `{operation}` here: `{all}` are{near}"));
        sink.push(finding.at(view.value(&path)));
    }
}
