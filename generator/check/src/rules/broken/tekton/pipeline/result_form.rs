use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "result-form",
    kinds: PIPELINES,
    title: "a result that is taken as something else than its Task declares",
    why: "An item, `[0]`, `[*]`, is of an array, and a key of an object. Another form is never replaced, and the run fails.",
    fix: "Take the result as its type allows.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/resultrefresolution.go, apply.go",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      results: [{name: image}, {name: images, type: array}]
      steps: [{name: a, image: 'alpine:3.23'}]
  - name: test
    taskRef: {resolver: git}
    params:
    - {name: a, value: 'x-$(tasks.build.results.⟦image[0]⟧)'}
    - {name: b, value: '$(tasks.build.results.⟦images.url⟧)'}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  tasks:
  - name: build
    taskSpec:
      results: [{name: image}, {name: images, type: array}]
      steps: [{name: a, image: 'alpine:3.23'}]
  - name: test
    taskRef: {resolver: git}
    params:
    - {name: a, value: 'x-$(tasks.build.results.image)'}
    - {name: b, value: '$(tasks.build.results.images[0])'}
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in &pipelines.all {
        for task in &pipeline.tasks {
            for used in &task.results {
                let result = &used.result;
                // Of a task with a matrix, each result becomes an array.
                let other = pipeline.task(result.task).filter(|other| !other.is_matrixed());
                let Some(signature) = other.and_then(|other| other.target.signature()) else {
                    continue;
                };
                let Some(declared) = signature.results.iter().find(|it| it.name == result.result) else {
                    continue;
                };
                let type_ = match declared.type_.as_deref() {
                    None | Some("") if !declared.properties.is_empty() => "object",
                    None | Some("") => "string",
                    Some(type_) => type_,
                };
                let (form, length) = match (result.key, result.index) {
                    (Some(key), _) if type_ != "object" => ("a key of an object", key.len() + 1),
                    (None, Some(index)) if type_ == "string" => ("an item of an array", index.len() + 2),
                    (None, Some(index)) if type_ == "object" && index != "*" => ("an item of an array", index.len() + 2),
                    _ => continue,
                };
                let message = format!("result `{}` of task `{}` is of type `{type_}`, and this is {form}", result.result, result.task);
                let span = result.result_span.start..result.result_span.end + length;
                sink.push(sink.finding(message).at(pipelines.inside(&used.at.path(&task.path), span)));
            }
        }
    }
}
