use std::collections::HashMap;

use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-dependency-name",
    kinds: &["Sensor"],
    title: "two dependencies of one name",
    why: "Dependencies are kept by name, so that the last one counts and the events of the others never come.",
    fix: "Rename one of them.",
    source: "argo-events v1.9.11 pkg/sensors/listener.go, `listenEvents`",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - {name: push, eventSourceName: git, eventName: push}
  - {name: ⟦push⟧, eventSourceName: git, eventName: tag}
  triggers:
  - template: {name: log, log: {}}
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
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    let mut first = HashMap::new();
    for at in view.dependencies.iter().filter(|at| !at.dependency.name.is_empty()) {
        let path = at.path.key("name");
        match first.get(&at.dependency.name) {
            None => {
                first.insert(&at.dependency.name, path);
            }
            Some(before) => {
                let before = view.value(before);
                let finding = sink.finding(format!("two dependencies are called `{}`: the last one counts", at.dependency.name));
                sink.push(finding.at(view.value(&path)).related("the first is here", before));
            }
        }
    }
}
