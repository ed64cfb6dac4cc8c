use std::collections::HashSet;

use crate::argo::TemplateKind;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "unused-input",
    kinds: WORKFLOWS,
    profile: Profile::Strict,
    title: "an input that the template does not use",
    why: "What is given for it goes nowhere, so that a caller believes in an effect that it has not.",
    fix: "Use it, or remove it here and from the calls.",
    source: "argo-workflows v4.1 workflow/common/util.go, `ProcessArgs`",
    bad: &[Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: {name: build}
spec:
  templates:
  - name: main
    inputs:
      parameters: [{name: text}, {name: ⟦unused⟧, default: x}]
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
    inputs:
      parameters: [{name: text}, {name: a-b}, {name: c}]
    container: {image: 'alpine:3.23', args: ['{{ inputs.parameters.text }}', \"{{=inputs.parameters['a-b']}}\", '{{=inputs.parameters.c}}']}
",
        )],
    check: Check::Workflow(check),
    ..BROKEN
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    let Some(own) = view.own() else { return };
    // Who looks at a paused workflow sees its inputs.
    let others = view.written().iter().filter(|written| written.kind != Some(TemplateKind::Suspend));
    for written in others {
        let Some(inputs) = written.template.inputs.as_ref().filter(|inputs| !inputs.parameters.is_empty()) else {
            continue;
        };
        let mut used: HashSet<&str> = HashSet::new();
        let around = ["podSpecPatch", "podMetadata", "templateDefaults", "volumes"];
        let paths = around.iter().map(|field| own.path.key(field)).chain([written.path.clone()]);
        let mut is_whole = false;
        for path in paths {
            for scalar in own.document().scalars(&path) {
                for (at, _) in scalar.text().match_indices("inputs.parameters") {
                    let rest = scalar.text().get(at + "inputs.parameters".len()..).unwrap_or_default();
                    match name(rest) {
                        Some(name) => {
                            used.insert(name);
                        }
                        None => is_whole = true,
                    }
                }
            }
        }
        for (at, input) in inputs.parameters.iter().enumerate() {
            if is_whole || input.name.is_empty() || used.contains(input.name.as_str()) {
                continue;
            }
            let path = written.path.key("inputs").key("parameters").index(at).key("name");
            let message = format!("template `{}` does not use its input `{}`", written.name(), input.name);
            sink.push(sink.finding(message).at(own.value(&path)));
        }
    }
}

/// The name behind `inputs.parameters`; none where all parameters are meant, or one that is not known.
fn name(rest: &str) -> Option<&str> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if let Some(rest) = rest.strip_prefix('.').or_else(|| rest.strip_prefix("?.")) {
        let name = rest.split(|letter| !is_name(letter)).next().unwrap_or_default();
        return (name != "json").then_some(name);
    }
    let rest = rest.strip_prefix("['").or_else(|| rest.strip_prefix("[\""))?;
    Some(rest.split(['\'', '"']).next().unwrap_or_default())
}
