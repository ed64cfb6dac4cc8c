use crate::tekton::pipeline::{meant, uses};
use crate::tekton::variables;

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
        if !found.is_first || found.is_whole_value {
            return;
        }
        let path = || found.at.path(&task.path);
        for (object, keys) in scope.objects().filter(|(object, _)| found.text.contains(object)) {
            for variable in variables(found.text, &format!("params.{object}")) {
                let (key, span) = (variable.name(), variable.name_span());
                // Too many dots have a rule of their own.
                if keys.contains(&*key) || variable.has_too_many_parts() {
                    continue;
                }
                let near = meant(&key, keys.iter().copied());
                let message = format!("parameter `{object}` has no key `{key}`{near}");
                sink.push(sink.finding(message).at(pipelines.inside(&path(), span)));
            }
        }
    });
}
