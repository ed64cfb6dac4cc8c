use crate::rules::prelude::*;
use luban_api_tekton::{Param, ParamValue};

pub(crate) static RULE: Rule = Rule {
    id: "partly-passed-param",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    kinds: PIPELINES,
    title: "a parameter that one task gets and the next one does not",
    why: "Both work on the same files and declare the same parameter; what the first was told to prepare for, the second \
          knows nothing of: its default is empty.",
    fix: "Pass the parameter to both, or give it a default that is meant.",
    source: "tektoncd/pipeline v1.15 docs/pipelines.md, Specifying Parameters in PipelineTasks",
    bad: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: files}]
  tasks:
  - name: plan
    taskRef: {name: plan}
    params: [{name: secrets, value: [TOKEN]}]
    workspaces: [{name: source, workspace: files}]
  - name: ⟦build⟧
    runAfter: [plan]
    taskRef: {name: build}
    workspaces: [{name: source, workspace: files}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  params: [{name: secrets, type: array, default: []}]
  workspaces: [{name: source}]
  steps: [{image: 'alpine:3.23', command: [plan], args: ['$(params.secrets[*])']}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: secrets, type: array, default: []}]
  workspaces: [{name: source}]
  steps: [{image: 'alpine:3.23', command: [make], args: ['$(params.secrets[*])']}]
"#,
    )],
    good: &[Example::new(
        r#"apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: build}
spec:
  workspaces: [{name: files}]
  tasks:
  - name: plan
    taskRef: {name: plan}
    params: [{name: secrets, value: [TOKEN]}, {name: args, value: [-v]}]
    workspaces: [{name: source, workspace: files}]
  - name: build
    runAfter: [plan]
    taskRef: {name: plan}
    params: [{name: secrets, value: []}]
    workspaces: [{name: source, workspace: files}]
---
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: plan}
spec:
  params: [{name: secrets, type: array, default: []}, {name: args, type: array, default: []}]
  workspaces: [{name: source}]
  steps: [{image: 'alpine:3.23', command: [plan], args: ['$(params.secrets[*])', '$(params.args[*])']}]
"#,
    )],
    check: Check::Pipeline(check),
    ..BROKEN
};

/// Parts of names that mean another thing in each task.
const OWN: &[&str] = &["arg", "flag", "option", "extra", "command", "script", "image", "path", "dir", "file", "verbose", "goal", "target", "mode", "action"];

fn check(pipelines: &Pipelines<'_>, sink: &mut Sink<'_>) {
    for (pipeline, task) in pipelines.tasks() {
        let Some(signature) = task.target.signature().filter(|it| it.entry.is_some()) else {
            continue;
        };
        for spec in signature.params {
            let name = spec.name.to_ascii_lowercase();
            let is_given = task.given().any(|(_, param)| param.name == spec.name);
            if is_given || OWN.iter().any(|part| name.contains(part)) || !spec.default.as_ref().is_some_and(is_empty) {
                continue;
            }
            // A task before this one that has the same files and the same parameter.
            let told = task.run_after.iter().filter_map(|name| pipeline.task(name)).find_map(|before| {
                let shares = before.workspaces.iter().any(|its| task.workspaces.iter().any(|own| own.workspace.is_some() && own.workspace == its.workspace));
                let told = before.given().find(|(_, param)| param.name == spec.name && !is_nothing(param))?;
                shares.then_some((before, told.0.path(&before.path).key("name")))
            });
            if let Some((before, path)) = told {
                let message = format!("{} does not get `{}`, which {} gets: its default is empty", task.title(), spec.name, before.title());
                let finding = sink.finding(message).at(pipelines.value(&task.path.key("name")));
                sink.push(finding.related("it is given here", pipelines.value(&path)));
            }
        }
    }
}

fn is_empty(value: &ParamValue) -> bool {
    match value {
        ParamValue::String(text) => text.is_empty(),
        ParamValue::Array(items) => items.is_empty(),
        ParamValue::Object(_) => false,
    }
}

fn is_nothing(param: &Param) -> bool {
    is_empty(&param.value)
}
