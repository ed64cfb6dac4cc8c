use luban_expression::{Step, gjson};

use crate::argo_events::SensorView;
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "first-element-only",
    kinds: &["Sensor"],
    profile: Profile::Strict,
    confidence: Confidence::Low,
    title: "a parameter that takes the first of several elements",
    why: "What an event lists may be several: refs of a push, commits, records. The others are lost without a word.",
    fix: "Take the whole list with `useRawData: true` and let the program that runs go through it.",
    source: "argo-events v1.9.11 pkg/sensors/triggers/params.go, `getValueByKey`; gjson v1.19",
    bad: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: body.resource.refUpdates.⟦0⟧.name}, dest: ref}
"
    ))],
    good: &[Example::new(crate::argo_events::with_events!(
        "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies: [{name: push, eventSourceName: git, eventName: push}]
  triggers:
  - template:
      name: request
      http:
        url: https://ci.example.com/builds
        payload:
        - {src: {dependencyName: push, dataKey: body.resource.refUpdates, useRawData: true}, dest: refs}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.parameters {
        let Some(key) = at.parameter.src.as_ref().and_then(|src| src.data_key.as_deref()) else {
            continue;
        };
        let Some(path) = gjson::parse(key).plain().filter(|path| path.root() == Some("body")) else {
            continue;
        };
        let Some(first) = path.segments.iter().find(|segment| segment.step == Step::Index(0)) else {
            continue;
        };
        let list = key.get(..first.span.start.saturating_sub(1)).unwrap_or_default();
        let place = view.document().scalar(&at.path.key("src").key("dataKey")).map(|scalar| scalar.place_of(first.span.clone()));
        sink.push(sink.finding(format!("only the first element of `{list}` is taken")).at(place));
    }
}
