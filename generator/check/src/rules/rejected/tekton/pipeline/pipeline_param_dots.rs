use crate::tekton::pipeline::uses;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-param-dots",
    kinds: PIPELINES,
    title: "a reference to a parameter with too many dots",
    why: "Behind a dot stands a key of an object: a name with dots of its own stands in brackets.",
    fix: "Write `$(params[\"a.b.c\"])`.",
    source: "tektoncd/pipeline v1.15 pkg/substitution/substitution.go, `ExtractVariablesFromString`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: a.b.c}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: 'x ⟦$(params.a.b.c)⟧'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: a.b.c}, {name: o, type: object, properties: {key: {}}}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: '$(params["a.b.c"]) $(params.o.key)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    uses(pipelines, |_, _, task, found| {
        if !found.variable.has_too_many_parts() {
            return;
        }
        let name = found.variable.rest;
        let message = format!("`$(params.{name})` has too many dots: a name with dots is `$(params[\"{name}\"])`");
        let place = pipelines.inside(&found.at.path(&task.path), found.variable.span.clone());
        sink.push(sink.finding(message).at(place));
    });
}
