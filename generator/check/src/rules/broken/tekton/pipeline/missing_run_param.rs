use luban_api_tekton::ParamValue;

use crate::tekton::pipeline::type_of;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "missing-run-param",
    kinds: PIPELINES,
    title: "a PipelineRun without a parameter that its Pipeline needs, or with one of another type",
    why: "A parameter without `default` needs a value of its type, or the run fails.",
    fix: "Give the parameter in `params`, or a `default` in the Pipeline.",
    source: "tektoncd/pipeline v1.15 pkg/reconciler/pipelinerun/resources/validate_params.go, `ValidateRequiredParametersProvided`, `ValidateParamTypesMatching`",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: ⟦build⟧}
  params: [{name: list, value: ⟦a⟧}]
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: revision}, {name: list, type: array}, {name: c, default: d}]
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: build-1}
spec:
  pipelineRef: {name: build}
  params: [{name: revision, value: main}, {name: extra, value: a}]
---
apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  params: [{name: revision}]
  tasks:
  - name: build
    taskRef: {resolver: git}
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    let (Some(run), Some(signature)) = (&pipelines.run, pipelines.run_signature()) else {
        return;
    };
    let mut push = |message: String, place, at: usize| {
        let finding = sink.finding(message).at(place);
        let declared = match signature.entry {
            Some(entry) => entry.document.locate(&entry.path.key("spec").key("params").index(at).key("name")),
            None => pipelines.value(&run.path.key("pipelineSpec").key("params").index(at).key("name")),
        };
        sink.push(finding.related("it is declared here", declared));
    };
    for (at, spec) in signature.params.iter().enumerate() {
        let Some(given) = run.params.iter().position(|param| param.name == spec.name) else {
            if spec.default.is_none() && !spec.name.is_empty() {
                let message = format!("the run does not give parameter `{}`, which its Pipeline needs", spec.name);
                push(message, pipelines.run_body_place(), at);
            }
            continue;
        };
        let path = run.path.key("params").index(given).key("value");
        let value = run.params.get(given).map(|param| &param.value);
        // Nothing at all is refused, and null comes from templates.
        if !pipelines.entry.document.has_value(&path) {
            continue;
        }
        let has = match value {
            Some(ParamValue::Array(_)) => "array",
            Some(ParamValue::Object(_)) => "object",
            _ => "string",
        };
        let needs = type_of(spec);
        if has != needs {
            let message = format!("parameter `{}` is of type `{needs}` to the Pipeline, and this is of type `{has}`", spec.name);
            push(message, pipelines.value(&path), at);
        }
    }
}
