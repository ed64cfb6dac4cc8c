use luban_expression::lua;
use luban_yaml::Path;

use crate::argo_events::{SensorView, is_open};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "event-script",
    kinds: &["Sensor"],
    severity: Severity::Error,
    title: "a Lua script over an event that cannot be loaded, or that never passes one",
    why: "A script is Lua 5.1 and gets the data of the event as `event`. A filter passes the event if the script returns `true`; a \
          transformation returns the new data as a table. A script that cannot be loaded drops every event.",
    fix: "Correct the script, and end it with `return`.",
    source: "argo-events v1.9.11 pkg/sensors/dependencies/filter.go, `filterScript`; transform.go, `applyScriptTransform`; gopher-lua v1.1",
    bad: &[
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    filters:
      script: return event.body.ref ⟦=⟧ 'main'
  triggers:
  - template: {name: log, log: {}}
"
        )),
        Example::new(crate::argo_events::with_events!(
            "apiVersion: argoproj.io/v1alpha1
kind: Sensor
metadata: {name: build}
spec:
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    transform:
      script: |
        local body = ⟦evnt⟧.body
        return {ref = body.ref}
    filters:
      script: ⟦event.ok = true⟧
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
  dependencies:
  - name: push
    eventSourceName: git
    eventName: push
    transform:
      script: |
        event.body.ref = string.lower(event.body.ref)
        return event
    filters:
      script: return event.body.ref == 'main'
  triggers:
  - template: {name: log, log: {}}
"
    ))],
    check: Check::Sensor(check),
    ..BROKEN
};

fn check(view: &SensorView<'_>, sink: &mut Sink<'_>) {
    for at in &view.dependencies {
        let filter = at.dependency.filters.as_ref().and_then(|filters| filters.script.as_deref());
        let transform = at.dependency.transform.as_ref().and_then(|transform| transform.script.as_deref());
        for (script, path, what) in [
            (filter, at.path.key("filters").key("script"), "the filter passes no event: it returns nothing"),
            (transform, at.path.key("transform").key("script"), "the transformation fails: it returns no table"),
        ] {
            if let Some(script) = script.filter(|script| !script.is_empty() && !is_open(script)) {
                check_one(view, sink, script, &path, what);
            }
        }
    }
}

fn check_one(view: &SensorView<'_>, sink: &mut Sink<'_>, script: &str, path: &Path, without: &str) {
    let found = match lua::parse(script) {
        Ok(found) => found,
        Err(problem) => {
            let place = view.place_in(path, &problem);
            sink.push(sink.finding(problem.message).at(place));
            return;
        }
    };
    if !script.contains("return") {
        sink.push(sink.finding(without).at(view.value(path)));
    }
    for problem in found.unknown(&["event"]) {
        let mut finding = sink.finding(problem.message.clone()).at(view.place_in(path, &problem));
        finding.severity = Severity::Warning;
        sink.push(finding);
    }
}
