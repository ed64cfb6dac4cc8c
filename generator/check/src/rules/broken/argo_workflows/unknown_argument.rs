use luban_api_argo_workflows::{Arguments, LifecycleHook, Template};
use luban_diagnostic::Place;
use luban_yaml::Path;

use crate::rules::broken::argo_workflows::{hook_target, target};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-argument",
    kinds: WORKFLOWS,
    title: "an argument that the called template does not declare",
    why: "Upstream drops arguments that no input asks for without a word: the template runs with its default, or with nothing.",
    fix: "Write the name of an input that the template declares, or leave the argument out.",
    source: "argo-workflows v4.1 workflow/common/util.go, `ProcessArgs`; issues 1574 and 10482",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - name: a
        template: echo
        arguments:
          parameters: [{name: ⟦txt⟧, value: hello}]
        hooks:
          exit: {template: echo, arguments: {parameters: [{name: ⟦message⟧, value: hello}]}}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    dag:
      tasks:
      - name: a
        template: echo
        arguments:
          parameters: [{name: text, value: hello}]
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for written in view.written() {
        for node in &written.nodes {
            if let (Some(arguments), Some((template, place))) = (node.arguments, target(view, node)) {
                of_call(view, sink, arguments, &node.path, template, place);
            }
            for (name, hook) in node.hooks {
                of_hook(view, sink, hook, &node.path.key("hooks").key(name));
            }
        }
    }
    let Some(own) = view.own() else { return };
    for (name, hook) in &own.spec.hooks {
        of_hook(view, sink, hook, &own.path.key("hooks").key(name));
    }
}

fn of_hook(view: &View<'_>, sink: &mut Sink<'_>, hook: &LifecycleHook, path: &Path) {
    if let (Some(arguments), Some((template, place))) = (&hook.arguments, hook_target(view, hook)) {
        of_call(view, sink, arguments, path, template, place);
    }
}

fn of_call(
    view: &View<'_>,
    sink: &mut Sink<'_>,
    arguments: &Arguments,
    path: &Path,
    template: &Template,
    declared: Option<Place>,
) {
    let Some(own) = view.own() else { return };
    let inputs = template.inputs.as_ref();
    let parameters: Vec<&str> = inputs.into_iter().flat_map(|inputs| &inputs.parameters).map(|it| it.name.as_str()).collect();
    let artifacts: Vec<&str> = inputs.into_iter().flat_map(|inputs| &inputs.artifacts).map(|it| it.name.as_str()).collect();
    let given = arguments.parameters.iter().enumerate().map(|(at, it)| ("parameter", at, it.name.as_str(), &parameters));
    let given = given.chain(arguments.artifacts.iter().enumerate().map(|(at, it)| ("artifact", at, it.name.as_str(), &artifacts)));
    for (kind, at, name, known) in given {
        if name.is_empty() || name.contains("{{") || known.contains(&name) {
            continue;
        }
        let called = template.name.as_deref().unwrap_or("inline");
        let near = did_you_mean(name, known.iter().copied());
        let near = near.map_or_else(String::new, |name| format!(" (did you mean `{name}`?)"));
        let message = format!("template `{called}` has no input {kind} `{name}`{near}");
        let path = path.key("arguments").key(format!("{kind}s")).index(at).key("name");
        let finding = sink.finding(message).at(own.value(&path));
        sink.push(finding.related("the template is here", declared.clone()));
    }
}
