//! Verdicts of upstream's own tests.

mod pipeline;
mod task;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use luban_check::{Family, Flags, Objects, Options, check, rule};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, parse};
use serde_json::{Map, Value, json};

/// A rejected case: its id, the rule, the source text at the span, and a part of the message that says what upstream says.
type Rejected = (&'static str, &'static str, &'static str, &'static str);

/// A case on which we differ: its id, and upstream's bug or the reason.
type Divergence = (&'static str, &'static str);

/// The flags of a case: a flag that is not there is off, and no `enable-api-fields` is less than `beta`.
fn flags(case: &Value) -> Flags {
    const NAMES: &[(&str, &str)] = &[
        ("enableCELInWhenExpression", "enable-cel-in-whenexpression"),
        ("enableParamEnum", "enable-param-enum"),
        ("enableArtifacts", "enable-artifacts"),
        (
            "enableConciseResolverSyntax",
            "enable-concise-resolver-syntax",
        ),
        ("disableInlineSpec", "disable-inline-spec"),
        ("enableAPIFields", "enable-api-fields"),
    ];
    let mut map = BTreeMap::from([("enable-api-fields".to_owned(), "stable".to_owned())]);
    for (field, flag) in NAMES {
        let value = &case["flags"][field];
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned);
        if !value.is_null() && !text.is_empty() {
            map.insert((*flag).to_owned(), text);
        }
    }
    Flags::from_map(&map).unwrap()
}

/// The smallest object that holds what a case is about.
fn object(case: &Value) -> Value {
    let part = case["object"].clone();
    let step = json!({"image": "my-image"});
    let of = |kind: &str, spec: Value| json!({"apiVersion": "tekton.dev/v1", "kind": kind, "metadata": {"name": "case"}, "spec": spec});
    match case["kind"].as_str().unwrap() {
        kind @ ("Task" | "TaskRun" | "Pipeline" | "PipelineRun") => {
            let mut object = Map::new();
            object.insert("apiVersion".to_owned(), "tekton.dev/v1".into());
            object.insert("kind".to_owned(), kind.into());
            object.extend(part.as_object().unwrap().clone());
            Value::Object(object)
        }
        "TaskSpec" => of("Task", part),
        "Step" => of("Task", json!({"steps": [part]})),
        "Ref" => of("Task", json!({"steps": [{"ref": part}]})),
        "Sidecar" => of("Task", json!({"steps": [step], "sidecars": [part]})),
        "TaskResult" => of("Task", json!({"results": [part], "steps": [step]})),
        "TaskRef" => of("TaskRun", json!({"taskRef": part})),
        "WorkspaceBinding" => of(
            "TaskRun",
            json!({"taskRef": {"name": "task"}, "workspaces": [part]}),
        ),
        "PipelineSpec" => of("Pipeline", part),
        "PipelineTask" => of("Pipeline", json!({"tasks": [part]})),
        "PipelineRef" => of("PipelineRun", json!({"pipelineRef": part})),
        "PipelineRunSpec" => of("PipelineRun", part),
        other => panic!("unknown kind {other}"),
    }
}

#[test]
fn verdicts_are_upstreams() {
    let Ok(folder) = std::env::var("LUBAN_CASES") else {
        return;
    };
    let text = std::fs::read_to_string(format!("{folder}/tekton-v1.jsonl")).unwrap();
    let rejected: Vec<Rejected> = [task::REJECTED, pipeline::REJECTED].concat();
    let divergences: Vec<Divergence> = [task::DIVERGENCES, pipeline::DIVERGENCES].concat();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut wrong = String::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let test = case["test"].as_str().unwrap();
        let test = test.trim_start_matches("v1_test.");
        let test = test.trim_start_matches("v1.");
        let count = counts.entry(test.to_owned()).or_default();
        *count += 1;
        let id = format!("{test}#{count}");
        let kind = case["kind"].as_str().unwrap();
        let error = case["error"].as_str().unwrap();
        if pipeline::LEFT_OUT.contains(&kind) {
            continue;
        }
        let yaml = luban_yaml::to_string(&object(&case)).unwrap();
        let documents = parse("case.yaml", yaml.as_bytes(), &Budget::default()).unwrap();
        let options = Options {
            tekton: flags(&case),
            ..Options::default()
        };
        let found = check(&Objects::new(documents), &options);
        let errors: Vec<&Finding> = found
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .filter(|finding| rule(finding.rule).is_none_or(|rule| rule.family == Family::Rejected))
            .collect();
        let text = |finding: &Finding| {
            let span = finding.place.as_ref().unwrap().span;
            yaml[span.start.offset as usize..span.end.offset as usize].to_owned()
        };
        let shown = || -> Vec<_> {
            errors
                .iter()
                .map(|finding| (&id, finding.rule, text(finding), &finding.message))
                .collect()
        };
        if divergences.iter().any(|(of, _)| *of == id) {
            let is_same = errors.is_empty() == error.is_empty();
            assert!(!is_same, "{id} is no divergence");
            continue;
        }
        if errors.is_empty() != error.is_empty() {
            let _ = writeln!(
                wrong,
                "{kind} {id}: upstream says {error:?}, we {:#?}\n{yaml}",
                shown()
            );
            continue;
        }
        if error.is_empty() {
            continue;
        }
        let expected = rejected.iter().find(|(of, ..)| *of == id);
        let is_right = expected.is_some_and(|(_, rule, at, part)| {
            errors.iter().any(|finding| {
                finding.rule == *rule && text(finding) == *at && finding.message.contains(part)
            })
        });
        if !is_right {
            let _ = writeln!(wrong, "{kind} {:?}, // {error:?}", shown());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
