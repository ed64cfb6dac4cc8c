use luban_api_argo_workflows::{Arguments, LifecycleHook};
use luban_yaml::Path;

use crate::rules::broken::argo_workflows::hook_target;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "hook-template",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a hook that runs a template that does not exist, or does not give what it needs",
    why: "Upstream does not look at hooks before they run: the workflow fails then.",
    fix: "Name a template that exists, and give the arguments of its inputs that have no default.",
    source: "argo-workflows v4.1 workflow/validate/validate.go `validateHooks`, workflow/controller/hooks.go",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  hooks:
    running: {template: ⟦echoo⟧, expression: workflow.status == \"Running\"}
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments: {parameters: [{name: text, value: x}]}
        hooks:
          exit: {template: ⟦echo⟧}
  - name: echo
    inputs:
      parameters: [{name: text}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  hooks:
    running:
      template: echo
      expression: workflow.status == \"Running\"
      arguments: {parameters: [{name: text, value: x}]}
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments: {parameters: [{name: text, value: x}]}
        hooks:
          exit: {template: echo, arguments: {parameters: [{name: text, value: y}]}}
  - name: echo
    inputs:
      parameters: [{name: text}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for (name, hook) in &own.spec.hooks {
        // The end of a workflow gets the arguments of the workflow.
        let more = own.spec.arguments.as_ref().filter(|_| name == "exit");
        of_hook(view, sink, hook, &own.path.key("hooks").key(name), more);
    }
    for node in view.written().iter().flat_map(|written| &written.nodes) {
        for (name, hook) in node.hooks {
            of_hook(view, sink, hook, &node.path.key("hooks").key(name), None);
        }
        if let Some(name) = node.on_exit.filter(|name| !name.is_empty()) {
            of_name(view, sink, name, &node.path.key("onExit"));
        }
    }
}

fn of_name(view: &View<'_>, sink: &mut Sink<'_>, name: &str, path: &Path) {
    let Some(own) = view.own() else { return };
    let is_elsewhere = view.made_of.is_some() || own.spec.workflow_template_ref.is_some();
    if name.contains("{{") || own.template(name).is_some() || is_elsewhere {
        return;
    }
    let near = did_you_mean(name, own.names());
    let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
    let message = format!("template `{name}` does not exist{near}");
    sink.push(sink.finding(message).at(own.value(path)));
}

fn of_hook(view: &View<'_>, sink: &mut Sink<'_>, hook: &LifecycleHook, path: &Path, more: Option<&Arguments>) {
    let Some(own) = view.own() else { return };
    let name = hook.template.as_deref().filter(|name| !name.is_empty());
    let at = match (name, &hook.template_ref) {
        (_, Some(_)) => path.key("templateRef").key("template"),
        (Some(name), None) => {
            of_name(view, sink, name, &path.key("template"));
            path.key("template")
        }
        (None, None) => return,
    };
    let Some((template, declared)) = hook_target(view, hook) else { return };
    let given = hook.arguments.iter().chain(more).flat_map(|arguments| &arguments.parameters);
    let given: Vec<&str> = given.map(|parameter| parameter.name.as_str()).collect();
    for input in template.inputs.iter().flat_map(|inputs| &inputs.parameters) {
        let has_value = input.default.is_some() || input.value.is_some() || input.value_from.is_some();
        if has_value || given.contains(&input.name.as_str()) {
            continue;
        }
        let called = template.name.as_deref().unwrap_or("inline");
        let message = format!("parameter `{}` of template `{called}` is not supplied", input.name);
        let finding = sink.finding(message).at(own.value(&at));
        sink.push(finding.related("the template is here", declared.clone()));
    }
}
