use luban_yaml::Path;

use crate::argo::Written;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "with-param-list",
    kinds: WORKFLOWS,
    severity: Severity::Error,
    title: "a loop over what is no JSON list",
    why: "`withParam` takes a JSON list, `[\"a\", \"b\"]`; anything else fails when the step is reached.",
    fix: "Write a JSON list, or give the parameter one.",
    source: "argo-workflows v4.1 workflow/controller/steps.go, `expandStep`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    steps:
    - - {name: a, template: echo, withParam: '⟦a, b⟧', arguments: {parameters: [{name: text, value: '{{item}}'}]}}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        ), Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: names, value: 'a b'}]
  templates:
  - name: main
    steps:
    - - {name: a, template: echo, withParam: '⟦{{workflow.parameters.names}}⟧', arguments: {parameters: [{name: text, value: '{{item}}'}]}}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        )],
    good: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: build-}
spec:
  entrypoint: main
  arguments:
    parameters: [{name: names, value: '[\"a\", \"b\"]'}]
  templates:
  - name: main
    steps:
    - - {name: a, template: echo, withParam: '{{workflow.parameters.names}}', arguments: {parameters: [{name: text, value: '{{item}}'}]}}
    - - {name: b, template: echo, withParam: '{{steps.a.outputs.result}}', when: 'false'}
    - - {name: c, template: echo, withParam: '[1, {\"a\": 2}]', arguments: {parameters: [{name: text, value: '{{item}}'}]}}
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    script: {image: 'alpine:3.23', command: [sh], source: 'echo {{inputs.parameters.text}}'}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    for written in view.written() {
        for node in &written.nodes {
            let Some(text) = node.parameter.filter(|text| !text.is_empty()) else { continue };
            let path = node.path.key("withParam");
            let place = || own.document().scalar(&path).map(|scalar| scalar.place_of(0..text.len()));
            if !text.contains("{{") {
                if !is_list(text) {
                    let finding = sink.finding("`withParam` is no JSON list").at(place());
                    sink.push(finding.help("a JSON list is `[\"a\", \"b\"]`; for a YAML list there is `withItems`"));
                }
                continue;
            }
            let Some(name) = text.trim().strip_prefix("{{").and_then(|text| text.strip_suffix("}}")) else {
                continue;
            };
            let Some((value, path)) = literal(view, written, name.trim()) else { continue };
            if !value.trim().is_empty() && !value.contains("{{") && !is_list(value) {
                let mut finding = sink.finding(format!("`withParam` takes a JSON list, and `{}` is none", name.trim()));
                finding.severity = Severity::Warning;
                sink.push(finding.at(place()).related("its value is here", own.value(&path)));
            }
        }
    }
}

/// The value that a parameter has if nobody gives another, and where it stands.
fn literal<'v>(view: &'v View<'_>, written: &'v Written<'_>, name: &str) -> Option<(&'v str, Path)> {
    let own = view.own()?;
    if let Some(name) = name.strip_prefix("workflow.parameters.") {
        let arguments = own.spec.arguments.as_ref()?;
        let at = arguments.parameters.iter().position(|parameter| parameter.name == name)?;
        let path = own.path.key("arguments").key("parameters").index(at).key("value");
        return Some((arguments.parameters.get(at)?.value.as_deref()?, path));
    }
    let name = name.strip_prefix("inputs.parameters.")?;
    let inputs = written.template.inputs.as_ref()?;
    let at = inputs.parameters.iter().position(|parameter| parameter.name == name)?;
    let path = written.path.key("inputs").key("parameters").index(at);
    let parameter = inputs.parameters.get(at)?;
    match (&parameter.value, &parameter.default) {
        (Some(value), _) => Some((value, path.key("value"))),
        (None, Some(value)) => Some((value, path.key("default"))),
        (None, None) => None,
    }
}

fn is_list(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok_and(|value| value.is_array())
}
