use luban_expression::conditions;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "parameter-dependency",
    kinds: &["Sensor"],
    title: "a parameter of a dependency that the trigger never has",
    why: "A parameter whose dependency is not among the events of the trigger is left out without a word, or gets its `value`: the trigger \
          starts with what the object had before.",
    fix: "Name a dependency of the Sensor that the conditions of the trigger name too.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go, `ResolveParamValue`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: tag, eventSourceName: git, eventName: tag}
  triggers:
  - template:
      name: request
      conditions: push
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: ⟦pusj⟧, dataKey: body.ref}, dest: ref}
        - {src: {dependencyName: ⟦tag⟧, dataKey: body.tag}, dest: tag}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: tag, eventSourceName: git, eventName: tag}
  triggers:
  - template:
      name: request
      conditions: push || tag
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: body.ref}, dest: ref}
        - {src: {dependencyName: tag, dataKey: body.tag}, dest: tag}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    if view.has_open_names() {
        return;
    }
    let names: Vec<&str> = view.dependencies.iter().map(|at| at.dependency.name.as_str()).collect();
    for at in &view.parameters {
        let Some(src) = at.parameter.src.as_ref().filter(|src| !src.dependency_name.is_empty()) else {
            continue;
        };
        let name = &src.dependency_name;
        if is_open(name) || at.is_replaced {
            continue;
        }
        let place = view.value(&at.path.key("src").key("dependencyName"));
        let Some(dependency) = view.dependency(name) else {
            let near =
                did_you_mean(name, names.iter().copied()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let finding = sink.finding(format!("there is no dependency `{name}`{near}: the parameter is left out")).at(place);
            sink.push(finding.related("the dependencies are here", view.key(&view.path.key("dependencies"))));
            continue;
        };
        // A failed trigger hands on the events that it had.
        let mut triggers = view.triggers.iter().take(at.trigger + 1).rev();
        let Some(trigger) = triggers.find(|trigger| !trigger.is_dead_letter) else {
            continue;
        };
        let text = trigger.trigger.template.as_ref().and_then(|template| template.conditions.as_deref());
        let Some(Ok(conditions)) = text.filter(|text| !text.is_empty()).map(conditions::parse) else {
            continue;
        };
        let plain = |name: &str| name.replace('-', "_");
        if src.value.is_some() || conditions.names.iter().any(|path| plain(&path.to_string()) == plain(name)) {
            continue;
        }
        let conditions = view.value(&trigger.path.key("template").key("conditions"));
        let finding = sink
            .finding(format!("this trigger never has an event of `{name}`: the parameter is left out"))
            .at(place)
            .related("its conditions are here", conditions);
        sink.push(finding.related("the dependency is here", view.value(&dependency.path.key("name"))));
    }
}
