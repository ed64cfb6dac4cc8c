use luban_expression::govaluate;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "dependency-name",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "a dependency whose name conditions cannot read",
    why: "The names of dependencies become an expression, whether `conditions` are written or not: with a name that is no name there, no \
          trigger that waits for it ever starts.",
    fix: "Begin the name with a letter, and use letters, digits, `-` and `_`.",
    source: "argo-events v1.9.11 pkg/sensors/listener.go, `getDependencyExpression`; govaluate of October 2017",
    bad: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: ⟦main.push⟧, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: ⟦1st⟧, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
"
        )),
    ],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: main-push_1, eventSourceName: git, eventName: push}]
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let name = &at.dependency.name;
        if name.is_empty() || is_open(name) || is_name(name) {
            continue;
        }
        let message = format!("`{name}` is no name in an expression: begin with a letter, go on with letters, digits, `-`, `_`");
        sink.push(sink.finding(message).at(view.value(&at.path.key("name"))));
    }
}

/// Whether the engine reads the name, with its hyphens escaped, as one name.
fn is_name(name: &str) -> bool {
    let escaped = name.replace('-', "\\-");
    let Ok(checked) = govaluate::parse(&escaped, &[]) else {
        return false;
    };
    let [path] = &checked.reads[..] else {
        return false;
    };
    checked.problems.is_empty() && path.segments.len() == 1
}
