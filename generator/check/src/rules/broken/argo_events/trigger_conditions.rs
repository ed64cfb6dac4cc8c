use luban_expression::conditions;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "trigger-conditions",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "conditions that cannot be read, or that name no dependency",
    why: "Conditions join names of dependencies by `&&`, `||` and parentheses. They are read when the Sensor starts: a trigger whose \
          conditions cannot be read is logged and never starts.",
    fix: "Name dependencies of this Sensor, and join them by `&&` and `||`.",
    source: "argo-events v1.9.11 pkg/sensors/listener.go, `getDependencyExpression`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: new-tag, eventSourceName: git, eventName: tag}
  triggers:
  - template: {name: a, conditions: push && ⟦new-tags⟧, log: {}}
  - template: {name: b, conditions: push ⟦and⟧ new-tag, log: {}}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: new-tag, eventSourceName: git, eventName: tag}
  triggers:
  - template: {name: a, conditions: push || (new-tag), log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    let plain = |name: &str| name.replace('-', "_");
    let names: Vec<&str> = view.dependencies.iter().map(|at| at.dependency.name.as_str()).collect();
    for at in &view.triggers {
        let text = at.trigger.template.as_ref().and_then(|template| template.conditions.as_deref());
        let Some(text) = text.filter(|text| !text.is_empty() && !is_open(text) && !at.is_dead_letter) else {
            continue;
        };
        let path = at.path.key("template").key("conditions");
        let found = match conditions::parse(text) {
            Ok(found) => found,
            Err(problem) => {
                let place = view.place_in(&path, &problem);
                sink.push(sink.finding(problem.message).at(place));
                continue;
            }
        };
        for name in &found.names {
            let word = name.to_string();
            if names.iter().any(|known| plain(known) == plain(&word)) || view.has_open_names() {
                continue;
            }
            let near =
                did_you_mean(&word, names.iter().copied()).map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let place = view.document().scalar(&path).map(|scalar| scalar.place_of(name.span()));
            let finding = sink.finding(format!("there is no dependency `{word}`{near}")).at(place);
            sink.push(finding.related("the dependencies are here", view.key(&view.path.key("dependencies"))));
        }
    }
}
