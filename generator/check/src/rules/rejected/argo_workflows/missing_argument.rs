use crate::argo::{Argument, Holder, Target, artifact_is_located};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-argument",
    kinds: WORKFLOWS,
    title: "a call that does not give what the template needs",
    why: "An input without a default has to be given by every call; an argument without a value takes the default away.",
    fix: "Give the argument, or give the input a `default` (an artifact: `optional: true`).",
    source: "argo-workflows v4.1 workflow/common/util.go, `ProcessArgs`",
    bad: &[
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: main
  templates:
  - name: main
    steps:
    - - {name: ⟦a⟧, template: echo}
  - name: echo
    inputs:
      parameters: [{name: text}]
    container: {image: 'alpine:3.23', args: ['{{inputs.parameters.text}}']}
",
        ),
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: ⟦echo⟧
  templates:
  - name: echo
    inputs:
      artifacts: [{name: text, path: /tmp/text}]
    container: {image: 'alpine:3.23'}
",
        ),
        // An argument without a value takes the default away.
        Example::new(
            "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: ⟦echo⟧
  arguments:
    parameters: [{name: text}]
  templates:
  - name: echo
    inputs:
      parameters: [{name: text, default: x}]
    container: {image: 'alpine:3.23'}
",
        ),
    ],
    good: &[Example::new(
        "apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {generateName: hello-}
spec:
  entrypoint: echo
  arguments:
    parameters: [{name: text, value: hello}]
  templates:
  - name: echo
    inputs:
      parameters: [{name: text}, {name: more, default: x}]
    container: {image: 'alpine:3.23'}
",
    )],
    check: Check::Workflow(check),
    ..REJECTED
};

fn check(view: &View<'_>, sink: &mut Sink<'_>) {
    for call in &view.calls {
        let Target::Visit(visit) = call.target else {
            continue;
        };
        let (Some(visit), Some(base)) = (view.visits.get(visit), view.base(&call.site)) else {
            continue;
        };
        let (Argument::These { .. }, Some(inputs)) = (&call.given, &visit.template.inputs) else {
            continue;
        };
        let place = match call.holder {
            Holder::Step(_) | Holder::Task(_) => base.value(&call.path.key("name")),
            _ => base.value(&call.path),
        };
        let declared = view.base(&visit.site);
        let mut say = |kind: &str, name: &str, at: usize| {
            let message = format!("{kind} `{name}` of template `{}` is not supplied", visit.name());
            let path = visit.path.key("inputs").key(format!("{kind}s")).index(at).key("name");
            let mut finding = sink
                .finding(message)
                .at(place.clone())
                .related("it is declared here", declared.and_then(|base| base.value(&path)));
            let given = match &call.given {
                Argument::These { parameters, .. } if kind == "parameter" => {
                    parameters.iter().map(|parameter| parameter.name.as_str()).collect()
                }
                Argument::These { artifacts, .. } => artifacts.iter().map(|artifact| artifact.name.as_str()).collect(),
                Argument::Anything => Vec::new(),
            };
            if let Some(near) = did_you_mean(name, given.into_iter().filter(|given| *given != name)) {
                finding = finding.help(format!("`{near}` is given: is `{name}` meant?"));
            }
            sink.push_in(view.foreign(&call.site), finding);
        };
        for (at, parameter) in inputs.parameters.iter().enumerate() {
            let argument = call.given.parameter(&parameter.name);
            // An argument that has no value at all is a finding by itself in a step or task.
            let is_said = matches!(call.holder, Holder::Step(_) | Holder::Task(_))
                && argument.is_some_and(|argument| argument.value.is_none() && argument.value_from.is_none());
            if !call.given.supplies(parameter) && !is_said && !parameter.name.is_empty() {
                say("parameter", &parameter.name, at);
            }
        }
        for (at, artifact) in inputs.artifacts.iter().enumerate() {
            let is_needed = artifact.optional != Some(true) && !artifact_is_located(artifact);
            if is_needed && call.given.artifact(&artifact.name).is_none() && !artifact.name.is_empty() {
                say("artifact", &artifact.name, at);
            }
        }
    }
}
