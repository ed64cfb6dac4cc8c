use crate::tekton::pipeline::references;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-variable-prefix",
    kinds: PIPELINES,
    title: "a variable of a Pipeline that begins with nothing that Tekton knows",
    why: "In parameters, conditions and matrices, `$(…)` is Tekton's, and begins with `params`, `tasks`, `finally`, `context`, `workspaces` or `results`.",
    fix: "Correct the name; of a variable of the shell, write `${VAR}`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validateVarSubstitutionExpressions`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: 'x ⟦$(HOME)⟧ ⟦$(param.a)⟧'}]
    when: [{input: '⟦$(inputs.a)⟧', operator: in, values: [a]}]
    matrix:
      params: [{name: os, value: ['⟦$(os)⟧']}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: a}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: 'x $(params.a) ${HOME} $(date +%s)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

const KNOWN: &[&str] = &["params", "tasks", "finally", "context", "workspaces", "results"];

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        for (at, text) in task.texts() {
            for reference in references(text) {
                let prefix = reference.body.split('.').next().unwrap_or_default();
                if KNOWN.contains(&prefix) {
                    continue;
                }
                let near = did_you_mean(prefix, KNOWN.iter().copied());
                let instead = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if prefix == reference.body => format!("write `${{{prefix}}}` for a variable of the shell"),
                    None => format!("it begins with one of `{}`", KNOWN.join("`, `")),
                };
                let message = format!("`$({})` is no variable of a Pipeline ({instead})", reference.body);
                let place = pipelines.inside(&at.path(&task.path), reference.span);
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}
