use crate::tekton::variables;

use crate::rules::prelude::*;
use crate::tekton::pipeline::meant;

pub(crate) static RULE: Rule = Rule {
    id: "unknown-pipeline-context",
    kinds: PIPELINES,
    title: "a variable of the context that does not exist",
    why: "There are `context.pipelineRun.name`, `.namespace` and `.uid`, `context.pipeline.name` and `context.pipelineTask.retries`; anything else stays as it is written. (Upstream looks at the last task only, by mistake.)",
    fix: "Write one of these.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipeline_validation.go, `validatePipelineContextVariables`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: run, value: 'x $(context.pipelineRun.⟦nam⟧)'}]
  - name: test
    taskRef: {resolver: git}
    matrix:
      params: [{name: run, value: [$(context.pipeline.⟦namespace⟧)]}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: run, value: '$(context.pipelineRun.name)-$(context.pipelineTask.retries)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

/// What there is, by prefix.
const CONTEXT: &[(&str, &[&str])] = &[
    ("context.pipelineRun", &["name", "namespace", "uid"]),
    ("context.pipeline", &["name"]),
    ("context.pipelineTask", &["retries"]),
];

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (_, task) in pipelines.tasks() {
        for (at, text) in task.param_texts().filter(|(_, text)| text.contains("$(context.")) {
            for (prefix, known) in CONTEXT {
                for variable in variables(text, prefix) {
                    let (name, span) = (variable.name(), variable.name_span());
                    let is_known = known.contains(&&*name) && !variable.has_too_many_parts();
                    if is_known {
                        continue;
                    }
                    let near = meant(&name, known.iter().copied());
                    let there = known.iter().map(|name| format!("`{prefix}.{name}`")).collect::<Vec<_>>().join(", ");
                    let message = format!("`{prefix}.{}` does not exist: there is {there}{near}", variable.rest);
                    let place = pipelines.inside(&at.path(&task.path), span);
                    sink.push(sink.finding(message).at(place));
                }
            }
        }
    }
}
