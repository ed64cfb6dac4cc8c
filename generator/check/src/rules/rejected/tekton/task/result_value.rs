use std::ops::Range;

use luban_diagnostic::Place;
use luban_yaml::{Cursor, Scalar};

use crate::tekton::{ParamType, Value};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-result-value",
    kinds: tekton::TASKS,
    title: "a result of a task that takes something else than the result of a step",
    why: "`value` of a task's result names the result of one of its steps; anything else a step writes itself.",
    fix: "Write `$(steps.<step>.results.<result>)`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/result_validation.go, `TaskResult.validateValue`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results:
  - {name: a, value: ⟦fixed⟧}
  - {name: b, value: ⟦[x]⟧}
  - {name: c, value: $(steps.⟦Build_It⟧.results.d)}
  - {name: d, value: $(steps.build.results.⟦_d⟧)}
  steps: [{image: 'alpine:3.23'}]
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  results: [{name: a, value: $(steps.build.results.digest)}]
  steps:
  - {name: build, image: 'alpine:3.23', results: [{name: digest}]}
",
    )],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let results = view.results().into_iter().filter(|result| result.is_of_task && tekton::is_result_name(result.name));
    for result in results {
        let Some(value) = result.at.get("value") else {
            continue;
        };
        let name = result.name;
        let kind = Value::of(value).kind();
        let scalar = value.scalar().filter(|_| kind == ParamType::String);
        let Some(scalar) = scalar else {
            let what = if kind == ParamType::String { "list or object" } else { kind.name() };
            let message = format!("`value` of result `{name}` is no {what}: it is `$(steps.<step>.results.<result>)`");
            sink.push(sink.finding(message).at(value.place()));
            continue;
        };
        let text = scalar.text();
        if text.is_empty() {
            continue;
        }
        let Some((step, step_result)) = parts(text) else {
            let message = format!("`value` of result `{name}` names no result of a step: it is `$(steps.<step>.results.<result>)`");
            sink.push(sink.finding(message).at(value.place()));
            continue;
        };
        let part = |span: &Range<usize>| text.get(span.clone()).unwrap_or_default();
        if !tekton::is_dns_label(part(&step)) {
            let message = format!("`{}` cannot be the name of a step: it has lower case letters, digits and `-`", part(&step));
            sink.push(sink.finding(message).at(place(value, &scalar, &step)));
        }
        if !tekton::is_result_name(part(&step_result)) {
            let message = format!("`{}` cannot be the name of a result: it has letters, digits, `-`, `_` and `.`", part(&step_result));
            sink.push(sink.finding(message).at(place(value, &scalar, &step_result)));
        }
    }
}

fn place(value: Cursor<'_>, scalar: &Scalar<'_>, span: &Range<usize>) -> Place {
    if span.is_empty() { value.place() } else { scalar.place_of(span.clone()) }
}

/// The names of step and result: `\$\(steps\.(.*?)\.results\.(.*?)\)`.
fn parts(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let span = tekton::results_of_steps(text).into_iter().next()?;
    let step = span.start + "$(steps.".len();
    let length = text.get(step..span.end)?.find(".results.")?;
    let result = step + length + ".results.".len();
    Some((step..step + length, result..span.end - 1))
}
