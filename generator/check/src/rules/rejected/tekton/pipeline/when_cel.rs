use std::ops::Range;

use luban_expression::cel;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "when-cel",
    kinds: PIPELINES,
    title: "a condition in CEL that is off, cannot be read or stands beside a comparison",
    why: "CEL in conditions needs the flag `enable-cel-in-whenexpression`. Tekton's variables are put in as text, so that they stand between quotes; there are no other variables.",
    fix: "Write an expression such as `'$(params.branch)' == 'main'`, alone, and set the flag.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/when_validation.go, `validateWhenExpressionFields`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: branch}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    when:
    - cel: "'$(params.branch)' ==⟦⟧"
    - cel: "⟦branch⟧ == 'main'"
    - cel: "⟦nosuch⟧('a')"
    - cel: ⟦'true'⟧
      input: a
"#,
    ).flags(&[("enable-cel-in-whenexpression", "true")]), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    when: [{⟦cel⟧: "'a' == 'a'"}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: branch}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    when: [{cel: "'$(params.branch)' == 'main' || '$(params.branch)'.startsWith('v')"}]
"#,
    ).flags(&[("enable-cel-in-whenexpression", "true")])],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let is_on = pipelines.options.tekton.enable_cel_in_when_expression;
    for (_, task) in pipelines.tasks() {
        for (at, when) in task.when.iter().enumerate() {
            let Some(cel) = when.cel.as_deref().filter(|cel| !cel.is_empty()) else {
                continue;
            };
            let path = task.path.key("when").index(at).key("cel");
            let is = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.is_empty());
            if !is_on {
                let message = "CEL in conditions needs `enable-cel-in-whenexpression: true`, and the cluster has it off";
                sink.push(sink.finding(message).at(pipelines.key(&path)));
            } else if is(&when.input) || is(&when.operator) || !when.values.is_empty() {
                let message = "`cel` cannot stand beside `input`, `operator` and `values`: make two conditions of them";
                sink.push(sink.finding(message).at(pipelines.value(&path)));
            } else {
                for (span, why) in faults(cel) {
                    let place = pipelines.inside(&path, span);
                    sink.push(sink.finding(format!("the condition cannot be read as CEL: {why}")).at(place));
                }
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
        let quote = "variables of Tekton stand between quotes, `'$(params.x)'`";
        Some((first.span.clone(), format!("there is no `{name}`: {quote}")))
    });
    let mut faults: Vec<_> = problems.chain(reads).collect();
    faults.sort_by_key(|(span, _)| span.start);
    faults.dedup_by_key(|(span, _)| span.start);
    faults
}
