use crate::rules::prelude::*;
use crate::surface::tasks_of;
use luban_yaml::Value;

pub(crate) static RULE: Rule = Rule {
    id: "endless-timeout",
    confidence: Confidence::High,
    kinds: &["TaskRun", "PipelineRun", "Pipeline"],
    title: "a timeout of zero, which is none",
    why: "`0` switches the limit off: a step that hangs holds its pod, its volumes and its place in queues until somebody \
          sees it.",
    fix: "Write a time in which it is done for sure.",
    source: "tektoncd/pipeline v1.15 docs/pipelineruns.md, Configuring a failure timeout",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {generateName: build-}
spec:
  taskRunTemplate: {serviceAccountName: build}
  timeouts: {pipeline: ⟦'0'⟧}
  pipelineSpec:
    tasks: [{name: a, taskSpec: {steps: [{name: a, image: 'alpine:3.23'}]}}]
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {generateName: build-}
spec:
  taskRunTemplate: {serviceAccountName: build}
  timeouts: {pipeline: 1h}
  pipelineSpec:
    tasks: [{name: a, taskSpec: {steps: [{name: a, image: 'alpine:3.23'}]}}]
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = surface.root.get("spec").filter(|_| surface.is_of("tekton.dev")) else {
        return;
    };
    let mut values: Vec<Value<'_>> = spec.get("timeout").into_iter().collect();
    if let Some(timeouts) = spec.get("timeouts") {
        values.extend(timeouts.entries().map(|(_, value)| value));
    }
    for pipeline in [Some(spec), spec.get("pipelineSpec")].into_iter().flatten() {
        values.extend(tasks_of(pipeline).filter_map(|task| task.get("timeout")));
    }
    for value in values {
        if matches!(value.text(), Some("0" | "0s" | "0m" | "0h" | "0h0m0s")) {
            sink.push(sink.finding("`0` means no timeout at all").at(value.place()));
        }
    }
}
