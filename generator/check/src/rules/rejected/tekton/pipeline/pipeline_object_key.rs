use crate::tekton::pipeline::{Kind, meant, uses};
use crate::tekton::{Variable, variables};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "pipeline-object-key",
    kinds: PIPELINES,
    title: "a key that an object parameter does not have",
    why: "`properties` has the keys of an object.",
    fix: "Write a key of `properties`, or add it there.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/param_types.go, `validateObjectVariable`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: repo, type: object, properties: {url: {}, revision: {}}}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: 'x $(params.repo.⟦revison⟧)'}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: repo, type: object, properties: {url: {}, revision: {}}}]
  tasks:
  - name: build
    taskRef: {resolver: git}
    params: [{name: a, value: 'x $(params.repo.revision)'}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    uses(pipelines, |_, scope, task, found| {
        let object = found.variable.name();
        let keys = match scope.get(&object) {
            // An object without keys is none to upstream.
            Some(Kind::Object(keys)) if !keys.is_empty() && !found.is_whole_value => keys,
            _ => return,
        };
        let here = |variable: &Variable<'_>| variable.span == found.variable.span;
        let of_object = variables(found.text, &format!("params.{object}"));
        for variable in of_object.into_iter().filter(here) {
            let (key, span) = (variable.name(), variable.name_span());
            // Too many dots have a rule of their own.
            if keys.contains(&*key) || variable.has_too_many_parts() {
                continue;
            }
            let near = meant(&key, keys.iter().copied());
            let message = format!("parameter `{object}` has no key `{key}`{near}");
            let place = pipelines.inside(&found.at.path(&task.path), span);
            sink.push(sink.finding(message).at(place));
        }
    });
}
