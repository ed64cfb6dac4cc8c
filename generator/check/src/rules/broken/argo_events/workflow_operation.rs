use crate::argo_events::{List, SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "workflow-operation",
    kinds: &["Sensor"],
    title: "an operation on a workflow that ignores what is written",
    why: "Only `submit` uses the object that is written. `submit-from` calls `argo submit --from` with the name of a WorkflowTemplate or \
          CronWorkflow, and the others call `argo` with the name of a workflow: arguments that parameters put into the object never \
          arrive.",
    fix: "Put values into `args` (`-p name=value`) by parameters of the trigger, or submit a Workflow with `workflowTemplateRef`.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/argo-workflow/argo-workflow.go, `Execute`",
    bad: &[Example::new(crate::argo_events::with_events!("apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: build
      argoWorkflow:
        operation: submit-from
        source:
          resource: {apiVersion: argoproj.io/v1alpha1, kind: WorkflowTemplate, metadata: {name: build}, spec: {arguments: {parameters: [{name: ref, value: main}]}}}
        parameters:
        - {src: {dependencyName: push, dataKey: body.ref}, dest: ⟦spec⟧.arguments.parameters.0.value}
  - template:
      name: other
      argoWorkflow:
        operation: submit-from
        source:
          resource: {apiVersion: argoproj.io/v1alpha1, kind: ⟦ClusterWorkflowTemplate⟧, metadata: {name: build}}
"))],
    good: &[Example::new(crate::argo_events::with_events!("apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: build
      argoWorkflow:
        operation: submit-from
        args: [-p, ref=main]
        source:
          resource: {apiVersion: argoproj.io/v1alpha1, kind: WorkflowTemplate, metadata: {name: build}}
    parameters:
    - {src: {dependencyName: push, dataTemplate: 'ref={{ .Input.body.ref }}'}, dest: argoWorkflow.args.1}
"))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for (index, at) in view.triggers.iter().enumerate() {
        let Some(action) = at.trigger.template.as_ref().and_then(|template| template.argo_workflow.as_ref()) else {
            continue;
        };
        let operation = action.operation.as_deref().unwrap_or_default();
        if matches!(operation, "" | "submit") || is_open(operation) {
            continue;
        }
        let path = at.path.key("template").key("argoWorkflow");
        let kind = path.key("source").key("resource").key("kind");
        let name = view.document().text_at(&kind).unwrap_or_default();
        let is_known = matches!(name.to_ascii_lowercase().as_str(), "" | "cronworkflow" | "workflowtemplate");
        if operation == "submit-from" && !is_known && !is_open(name) {
            let mut finding =
                sink.finding(format!("nothing can be submitted from a {name}: from a WorkflowTemplate or CronWorkflow it can"));
            finding.severity = Severity::Error;
            sink.push(finding.at(view.value(&kind)));
            continue;
        }
        for parameter in
            view.parameters.iter().filter(|parameter| parameter.trigger == index && parameter.list == List::Action("argoWorkflow"))
        {
            let first = parameter.parameter.dest.split('.').next().unwrap_or_default();
            if first != "spec" {
                continue;
            }
            let place = view.document().scalar(&parameter.path.key("dest")).map(|scalar| scalar.place_of(0..first.len()));
            let finding = sink.finding(format!("`{operation}` looks at the name of the object only: this value never arrives"));
            sink.push(finding.at(place).related("the operation is here", view.value(&path.key("operation"))));
        }
    }
}
