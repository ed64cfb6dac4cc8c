use crate::tekton::pipeline::{Kind, uses};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-object-in-text",
    kinds: PIPELINES,
    title: "a whole object where a text belongs",
    why: "A whole object, `$(params.object[*])`, can only be the whole value of a parameter.",
    fix: "Take one key, `$(params.object.key)`.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/param_types.go, `validateObjectVariable`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: repo, type: object, properties: {url: {}}}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params:
    - {name: a, value: 'x ⟦$(params.repo[*])⟧'}
    - {name: b, value: '⟦$(params.repo)⟧'}
    - {name: c, value: ['⟦$(params.repo[*])⟧']}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: repo, type: object, properties: {url: {}}}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params:
    - {name: a, value: '$(params.repo[*])'}
    - {name: b, value: 'x $(params.repo.url)'}
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    uses(pipelines, |_, scope, task, found| {
        let variable = &found.variable;
        if found.is_whole_value {
            return;
        }
        let keys = match scope.get(variable.as_whole()) {
            // An object without keys is none to upstream.
            Some(Kind::Object(keys)) if !keys.is_empty() => keys,
            _ => return,
        };
        let written = found.text.get(variable.span.clone()).unwrap_or_default();
        let key = keys.iter().next().copied().unwrap_or("key");
        let instead = format!("take a key, `$(params.{}.{key})`", variable.as_whole());
        let message = format!("`{written}` is a whole object, and a text belongs here: {instead}");
        let place = pipelines.inside(&found.at.path(&task.path), variable.span.clone());
        sink.push(sink.finding(message).at(place));
    });
}
