use crate::tekton::pipeline::{Holder, Scope};

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "run-object-param",
    kinds: PIPELINES,
    title: "an object on which Tekton's webhook breaks down",
    why: "A task of a run's own Pipeline that is given an object, or declares one with a default, adds its keys to the parameter of that name: to one that has no value, or is no object, it cannot, and the webhook crashes.",
    fix: "Give the parameter another name in the task, or give the run an object of that name.",
    source: "tektoncd/pipeline v1.15 pkg/apis/pipeline/v1/pipelinerun_validation.go, `appendPipelineTaskParams`; taskrun_validation.go, `combineParamSpec`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineSpec:
    params: [{name: repo, default: 'https://example.com'}]
    tasks:
    - name: build
      taskRef: {resolver: git}
      params: [{name: ⟦repo⟧, value: {url: 'https://example.com'}}]
"#,
    ), Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  params: [{name: repo, value: 'https://example.com'}]
  pipelineSpec:
    tasks:
    - name: build
      taskRef: {resolver: git}
      params: [{name: ⟦repo⟧, value: {url: $(params.repo)}}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  params: [{name: repo, value: {url: 'https://example.com'}}]
  pipelineSpec:
    params: [{name: repo, type: object, properties: {url: {}}}]
    tasks:
    - name: build
      taskRef: {resolver: git}
      params: [{name: repo, value: {url: $(params.repo.url)}}]
"#,
    )],
    check: Check::Pipeline(check),
    ..REJECTED
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for pipeline in pipelines.all.iter().filter(|pipeline| pipeline.holder == Holder::Run) {
        let crashes = Scope::of(pipelines, pipeline).map(|scope| scope.crashes);
        for crash in crashes.into_iter().flatten() {
            let Some(task) = pipeline.tasks.get(crash.task) else {
                continue;
            };
            let (list, name) = if crash.is_declared {
                let declared = task.task_spec.as_ref().and_then(|spec| spec.params.get(crash.param));
                (task.path.key("taskSpec").key("params"), declared.map(|spec| spec.name.as_str()))
            } else {
                (task.path.key("params"), task.params.get(crash.param).map(|param| param.name.as_str()))
            };
            let path = list.index(crash.param).key("name");
            let message = format!("parameter `{}` has no object yet to which {} could add keys: the webhook crashes on that", name.unwrap_or_default(), task.title());
            sink.push(sink.finding(message).at(pipelines.value(&path)));
        }
    }
}
