use crate::tasks::{Site, Tasks, Use};
use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "task-param-variable",
    title: "a variable of a parameter that does not exist, where admission does not look",
    why: "Admission looks for parameters in some fields of steps only. In sidecars, volumes, \
          conditions of steps and sources of variables `$(params.image)` stays as it is written when there \
          is no such parameter.",
    fix: "Declare the parameter in `spec.params`, or correct the name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/task_validation.go, `validateStepVariables`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}]
  volumes:
  - name: config
    configMap: {name: $(params.⟦config⟧)}
  sidecars:
  - name: cache
    image: $(params.⟦cache⟧)
  steps:
  - name: build
    image: $(params.image)
    volumeMounts: [{name: config, mountPath: /config}]
    env:
    - name: TOKEN
      valueFrom: {secretKeyRef: {name: \"$(params['⟦secret⟧'])\", key: token, optional: true}}
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params:
  - {name: image}
  - {name: cache, type: object, properties: {url: {}}}
  volumes:
  - name: config
    configMap: {name: $(params.cache.url)}
  sidecars:
  - name: cache
    image: $(params.image)
  steps:
  - name: build
    image: $(params.image)
    volumeMounts: [{name: config, mountPath: /config}]
",
    )],
    check: Check::Tasks(check),
    ..BROKEN
};

fn check(tasks: &Tasks<'_>, sink: &mut Sink<'_>) {
    for body in &tasks.bodies {
        for used in body.uses_of("params") {
            let Some((name, segment)) = used.named() else {
                continue;
            };
            if is_admitted(used) || used.is_one_of(body.param_names()) {
                continue;
            }
            let near = did_you_mean(name, body.param_names());
            let near = near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
            let message = format!("parameter `{name}` is not declared by this task{near}, so the text stays as it is");
            sink.push(sink.finding(message).at(Some(used.place(segment.span.clone()))));
        }
    }
}

/// Whether admission looks there itself, or nothing is replaced there.
fn is_admitted(used: &Use<'_>) -> bool {
    match used.site {
        // What the template of steps says is looked at in each step.
        Site::Param | Site::Result | Site::StepTemplate => true,
        Site::Step(_) => match used.keys.as_slice() {
            ["name" | "image" | "workingDir" | "script" | "command" | "args" | "onError", ..] => true,
            ["env", "value" | "name"] => true,
            ["volumeMounts", "name" | "mountPath" | "subPath"] => true,
            // What a StepAction gets stands in the step; what it does with it does not.
            _ => false,
        },
        Site::Sidecar | Site::Volume | Site::Workspace => false,
    }
}
