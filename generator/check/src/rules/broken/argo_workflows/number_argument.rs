use luban_api_argo_workflows::Template;
use luban_api_core::IntOrString;

use crate::rules::broken::argo_workflows::target;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "number-argument",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a text for an input that the template uses as a number",
    why: "The input stands where a whole number must: the step fails when it is reached.",
    fix: "Give a whole number.",
    source: "argo-workflows v4.1 workflow/controller/operator.go `expandSequence`, `processNodeRetries`; util/expr/env/env.go `asInt`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: repeat, arguments: {parameters: [{name: count, value: ⟦three⟧}]}}
  - name: repeat
    inputs: {parameters: [{name: count}]}
    steps:
    - - {name: a, template: echo, withSequence: {count: '{{inputs.parameters.count}}'}}
  - name: echo
    container: {image: 'alpine:3.23'}
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
    - - {name: a, template: repeat, arguments: {parameters: [{name: count, value: 3}]}}
  - name: repeat
    inputs: {parameters: [{name: count}]}
    steps:
    - - {name: a, template: echo, withSequence: {count: '{{inputs.parameters.count}}'}}
  - name: echo
    container: {image: 'alpine:3.23'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for node in view.written().iter().flat_map(|written| &written.nodes) {
        let (Some(arguments), Some((template, place))) = (node.arguments, target(view, node)) else {
            continue;
        };
        for (at, argument) in arguments.parameters.iter().enumerate() {
            let Some(value) = argument.value.as_deref().filter(|value| !value.contains("{{")) else { continue };
            if value.trim().parse::<i64>().is_ok() {
                continue;
            }
            if let Some(field) = number_field(template, &argument.name) {
                let message = format!("`{value}` is no whole number, and template `{}` takes `{}` for `{field}`", template.name.as_deref().unwrap_or("inline"), argument.name);
                let path = node.path.key("arguments").key("parameters").index(at).key("value");
                sink.push(sink.finding(message).at(own.value(&path)).related("the template is here", place.clone()));
            }
        }
    }
}

/// The field of a template that is nothing but an input, and must be a whole number.
fn number_field(template: &Template, input: &str) -> Option<&'static str> {
    let is_input = |text: &IntOrString| {
        let IntOrString::String(text) = text else { return false };
        let name = text.trim().strip_prefix("{{").and_then(|text| text.strip_suffix("}}"));
        name.and_then(|name| name.trim().strip_prefix("inputs.parameters.")) == Some(input)
    };
    let retry = template.retry_strategy.as_ref();
    if retry.and_then(|retry| retry.limit.as_ref()).is_some_and(is_input) {
        return Some("retryStrategy.limit");
    }
    if template.active_deadline_seconds.as_ref().is_some_and(is_input) {
        return Some("activeDeadlineSeconds");
    }
    let steps = template.steps.iter().flat_map(|group| &group.0).filter_map(|step| step.with_sequence.as_ref());
    let tasks = template.dag.iter().flat_map(|dag| &dag.tasks).filter_map(|task| task.with_sequence.as_ref());
    steps.chain(tasks).find_map(|sequence| {
        let fields = [("withSequence.count", &sequence.count), ("withSequence.start", &sequence.start), ("withSequence.end", &sequence.end)];
        fields.into_iter().find(|(_, value)| value.as_ref().is_some_and(is_input)).map(|(field, _)| field)
    })
}
