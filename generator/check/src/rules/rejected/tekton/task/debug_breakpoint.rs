use std::collections::HashMap;

use luban_yaml::Cursor;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-debug-breakpoint",
    kinds: &["TaskRun"],
    title: "a breakpoint of a TaskRun that Tekton does not know",
    why: "`onFailure` is `enabled`, and a step is named once in `beforeSteps`.",
    fix: "Write `onFailure: enabled`; name each step once.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/taskrun_validation.go, `validateDebug`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  debug:
    breakpoints: {onFailure: ⟦always⟧, beforeSteps: [a, ⟦a⟧]}
",
    ).flags(&[("enable-api-fields", "alpha")])],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {name: build}
  debug:
    breakpoints: {onFailure: enabled, beforeSteps: [a]}
",
    ).flags(&[("enable-api-fields", "alpha")])],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let spec = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun);
    let breakpoints = spec.and_then(|spec| spec.get("debug")?.get("breakpoints"));
    let Some(breakpoints) = breakpoints else {
        return;
    };
    match tekton::text_of(breakpoints, "onFailure") {
        "enabled" => {}
        "" => {
            if !sink.is_misspelt_in(view.entry, breakpoints, "onFailure") {
                let place = breakpoints.key_place("onFailure").unwrap_or_else(|| breakpoints.head());
                sink.push(sink.finding("`onFailure` is missing beside other breakpoints: it is `enabled`").at(place));
            }
        }
        other => {
            let message = format!("`onFailure` cannot be `{other}`: it is `enabled`");
            let place = breakpoints.get("onFailure").map(Cursor::place);
            sink.push(sink.finding(message).at(place));
        }
    }
    let mut seen: HashMap<&str, Cursor<'_>> = HashMap::new();
    for step in tekton::items_of(breakpoints, "beforeSteps") {
        let name = step.text().unwrap_or_default();
        match seen.get(name) {
            None => {
                seen.insert(name, step);
            }
            Some(first) => {
                let message = format!("step `{name}` has two breakpoints before it");
                sink.push(sink.finding(message).at(step.place()).related("the first is here", first.place()));
            }
        }
    }
}
