use std::ops::Range;

use luban_expression::cel;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-step-when-cel",
    kinds: tekton::TASKS,
    title: "a condition of a step in CEL that cannot be read or stands beside a comparison",
    why: "Tekton's variables are put into CEL as text, so that they stand between quotes; there are no other variables.",
    fix: "Write an expression such as `'$(params.branch)' == 'main'`, alone.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/when_validation.go, `validateWhenExpressionFields`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    when:
    - {cel: \"'a' == ⟦b⟧\"}
    - {⟦cel⟧: 'true', input: a}
",
    ).flags(&[("enable-cel-in-whenexpression", "true")])],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a}]
  steps:
  - image: alpine:3.23
    when: [{cel: \"'$(params.a)' == 'b'\"}]
",
    ).flags(&[("enable-cel-in-whenexpression", "true")])],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if !view.flags.enable_cel_in_when_expression {
        return;
    }
    for when in view.whens.iter().flat_map(|list| list.items()) {
        let Some(cel) = when.get("cel").filter(|cel| cel.text() != Some("")) else {
            continue;
        };
        let is = |field| !tekton::text_of(when, field).is_empty();
        if is("input") || is("operator") || when.get("values").is_some_and(|values| !values.is_empty()) {
            let message = "`cel` cannot stand beside `input`, `operator` and `values`: make two conditions of them";
            sink.push(sink.finding(message).at(cel.head()));
        } else if let Some(scalar) = cel.scalar() {
            for (span, why) in faults(scalar.text()) {
                let message = format!("the condition cannot be read as CEL: {why}");
                sink.push(sink.finding(message).at(scalar.place_of(span)));
            }
        }
    }
}

/// What cel-go refuses in an expression without variables.
fn faults(text: &str) -> Vec<(Range<usize>, String)> {
    let expression = match cel::parse(text) {
        Ok(expression) => expression,
        Err(problem) => return vec![(problem.span, problem.message)],
    };
    let checked = expression.check(cel::Program::TektonWhen, &[]);
    let problems = checked.problems.into_iter().map(|problem| (problem.span, problem.message));
    let reads = checked.reads.iter().filter_map(|read| {
        let name = read.root()?;
        let first = read.segments.first()?;
        let message = format!("there is no `{name}`: variables of Tekton stand between quotes, `'$(params.x)'`");
        Some((first.span.clone(), message))
    });
    let mut faults: Vec<_> = problems.chain(reads).collect();
    faults.sort_by_key(|(span, _)| span.start);
    faults.dedup_by_key(|(span, _)| span.start);
    faults
}
