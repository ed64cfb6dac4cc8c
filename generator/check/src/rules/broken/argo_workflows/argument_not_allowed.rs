use luban_api_argo_workflows::Parameter;
use luban_diagnostic::Finding;

use crate::rules::broken::argo_workflows::target;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "argument-not-allowed",
    kinds: WORKFLOWS,
    title: "an argument that the input does not allow",
    why: "The `enum` of an input is shown by the UI and not checked in calls: the template gets a value that it does not expect.",
    fix: "Give one of the values that the input allows.",
    source: "argo-workflows v4.1 workflow/common/util.go, `ProcessArgs`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: deploy, arguments: {parameters: [{name: environment, value: ⟦prod⟧}]}}
  - name: deploy
    inputs:
      parameters: [{name: environment, enum: [snd, prd]}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.environment}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: deploy, arguments: {parameters: [{name: environment, value: prd}]}}
  - name: deploy
    inputs:
      parameters: [{name: environment, enum: [snd, prd], default: snd}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.environment}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        for (at, input) in written.template.inputs.iter().flat_map(|inputs| inputs.parameters.iter().enumerate()) {
            let path = written.path.key("inputs").key("parameters").index(at);
            for (field, value) in [("value", &input.value), ("default", &input.default)] {
                let finding = value.as_deref().and_then(|value| refused(sink, input, value));
                if let Some(finding) = finding {
                    sink.push(finding.at(own.value(&path.key(field))));
                }
            }
        }
        for node in &written.nodes {
            let (Some(arguments), Some((template, place))) = (node.arguments, target(view, node)) else {
                continue;
            };
            for (at, argument) in arguments.parameters.iter().enumerate() {
                let mut inputs = template.inputs.iter().flat_map(|inputs| &inputs.parameters);
                let Some(input) = inputs.find(|input| input.name == argument.name) else { continue };
                let finding = argument.value.as_deref().and_then(|value| refused(sink, input, value));
                if let Some(finding) = finding {
                    let path = node.path.key("arguments").key("parameters").index(at).key("value");
                    sink.push(finding.at(own.value(&path)).related("the template is here", place.clone()));
                }
            }
        }
    }
}

fn refused(sink: &Sink<'_>, input: &Parameter, value: &str) -> Option<Finding> {
    if input.enum_.is_empty() || value.contains("{{") || input.enum_.iter().any(|known| known == value) {
        return None;
    }
    let near = did_you_mean(value, input.enum_.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |value| format!(" (did you mean `{value}`?)"));
    let message = format!("`{value}` is not among the values allowed for `{}`{near}", input.name);
    Some(sink.finding(message).help(format!("allowed are `{}`", input.enum_.join("`, `"))))
}
