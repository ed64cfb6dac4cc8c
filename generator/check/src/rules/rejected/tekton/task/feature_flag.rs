use luban_diagnostic::Place;
use luban_yaml::Cursor;

use crate::flags::ApiFields;
use crate::tekton::TextField;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "tekton-feature-flag",
    kinds: tekton::WITH_STEPS,
    title: "a field that a feature flag of the cluster has to turn on",
    why: "Fields in alpha or beta are refused unless the ConfigMap `feature-flags` has `enable-api-fields: alpha` or `beta` (the default); others have flags of their own.",
    fix: "Do without the field, or set the flag, in the cluster and for this check.",
    source: "tektoncd/pipeline v1.15 pkg/apis/config/featureflags_validation.go, `ValidateEnabledAPIFields`, and where it is called; pkg/apis/config/feature_flags.go",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: a, ⟦enum⟧: [x]}]
  steps:
  - image: alpine:3.23
    ⟦stdoutConfig⟧: {path: /out}
    script: '⟦#!win⟧ dir'
    args: ['⟦$(steps.a.outputs.b)⟧']
    when: [{⟦cel⟧: 'true'}]
  - ref: {name: ⟦'https://example.com/action.yaml'⟧, resolver: http}
",
    ), Example::new(
        "apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  taskRef: {⟦resolver⟧: hub, params: [{name: name, value: build}]}
  ⟦stepSpecs⟧: [{name: s}]
",
    ).flags(&[("enable-api-fields", "stable")])],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - image: alpine:3.23
    stdoutConfig: {path: /out}
",
    ).flags(&[("enable-api-fields", "alpha")])],
    check: Check::Tekton(check),
    ..REJECTED
};

fn check(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    of_tasks(view, sink);
    of_step_action(view, sink);
    of_references(view, sink);
    of_task_run(view, sink);
    if !view.flags.enable_param_enum && view.kind != tekton::Kind::StepAction {
        let specs = view.param_specs.iter().flat_map(|list| &list.specs);
        let enums = specs.filter_map(|spec| spec.at.get("enum").filter(|list| !list.is_empty()));
        for list in enums {
            off("`enum`", "enable-param-enum", list.head(), sink);
        }
    }
    if !view.flags.enable_cel_in_when_expression {
        let whens = view.whens.iter().flat_map(|list| list.items());
        for cel in whens.filter_map(|when| when.get("cel").filter(|cel| cel.text() != Some(""))) {
            off("`cel` in a condition", "enable-cel-in-whenexpression", cel.head(), sink);
        }
    }
}

fn of_tasks(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    for task in &view.tasks {
        let steps = task.steps.iter().map(|step| step.at);
        for of in steps.clone().chain(tekton::items_of(task.at, "sidecars")) {
            let workspaces = of.get("workspaces").filter(|list| !list.is_empty());
            needs(view, "`workspaces` of a step or sidecar", ApiFields::Beta, workspaces.map(Cursor::head), sink);
        }
        for step in steps {
            for field in ["stdoutConfig", "stderrConfig"] {
                let place = step.get(field).map(Cursor::head);
                needs(view, &format!("`{field}`"), ApiFields::Alpha, place, sink);
            }
            windows_script(view, step, sink);
        }
        if view.flags.enable_artifacts {
            continue;
        }
        for text in task.steps.iter().flat_map(|step| &step.texts) {
            if !matches!(text.field, TextField::Script | TextField::Command | TextField::Args | TextField::Env) {
                continue;
            }
            let whole = text.scalar.text();
            for span in tekton::artifacts_of_steps(whole).into_iter().chain(tekton::artifacts_of_tasks(whole)) {
                off("an artifact", "enable-artifacts", text.scalar.place_of(span), sink);
            }
        }
    }
}

fn of_step_action(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    if let (tekton::Kind::StepAction, Some(spec)) = (view.kind, view.spec()) {
        windows_script(view, spec, sink);
    }
}

fn windows_script(view: &tekton::View<'_>, of: Cursor<'_>, sink: &mut Sink<'_>) {
    let Some(script) = of.get("script").and_then(Cursor::scalar) else {
        return;
    };
    let text = script.text();
    let start = text.len() - text.trim_start().len();
    if text.trim_start().starts_with("#!win") {
        let place = script.place_of(start..start + "#!win".len());
        needs(view, "a script for Windows", ApiFields::Alpha, Some(place), sink);
    }
}

fn of_references(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let is_pipeline = matches!(view.kind, tekton::Kind::Pipeline | tekton::Kind::PipelineRun);
    for reference in &view.references {
        // What only pipelines have is said of them elsewhere.
        if !is_pipeline || reference.of == tekton::Of::StepAction {
            let resolver = reference.at.get("resolver").filter(|resolver| resolver.text() != Some(""));
            let (what, place) = match resolver {
                Some(resolver) => ("`resolver`", Some(resolver.head())),
                None => ("`params` of a resolver", reference.params().map(Cursor::head)),
            };
            needs(view, what, ApiFields::Beta, place, sink);
        }
        let name = reference.at.get("name").filter(|_| reference.has_url());
        let is_url = reference.params().is_none() || !reference.resolver().is_empty();
        if let Some(name) = name.filter(|_| is_url && !view.flags.enable_concise_resolver_syntax) {
            off("a URL as a name", "enable-concise-resolver-syntax", name.place(), sink);
        }
    }
}

fn of_task_run(view: &tekton::View<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = view.spec().filter(|_| view.kind == tekton::Kind::TaskRun) else {
        return;
    };
    let debug = spec.get("debug").map(Cursor::head);
    needs(view, "`debug`", ApiFields::Alpha, debug, sink);
    let lists = if view.is_beta { ["stepOverrides", "sidecarOverrides"] } else { ["stepSpecs", "sidecarSpecs"] };
    for field in lists.into_iter().chain(["computeResources"]) {
        needs(view, &format!("`{field}`"), ApiFields::Beta, spec.get(field).map(Cursor::head), sink);
    }
}

fn needs(view: &tekton::View<'_>, what: &str, fields: ApiFields, place: Option<Place>, sink: &mut Sink<'_>) {
    let has = view.flags.enable_api_fields;
    if let Some(place) = place.filter(|_| has < fields) {
        let (fields, has) = (fields.name(), has.name());
        let message = format!("{what} needs `enable-api-fields: {fields}`, and the cluster has `{has}`");
        sink.push(sink.finding(message).at(place));
    }
}

fn off(what: &str, flag: &str, place: Place, sink: &mut Sink<'_>) {
    let message = format!("{what} needs `{flag}: true`, and the cluster has it off");
    sink.push(sink.finding(message).at(place));
}
