//! Fields that exclude each other are found out, by name.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "../../named.rs"]
mod named;

use luban_api_argo_workflows::{
    Archive, ArchiveStrategy, Artifact, ArtifactLocation, ArtifactPaths, ArtifactPathsStore,
    ArtifactReference, ArtifactRepository, ArtifactStore, Authentication, DAGTask, HTTP, HTTPAuth,
    HTTPBody, HTTPHeader, HTTPHeaderValue, HookCall, LifecycleHook, Limit, LocationStore, Manifest,
    MetricKind, ParameterSource, Prometheus, RepositoryStore, ResourceTemplate, SemaphoreRef,
    Sequence, SequenceEnd, StepCall, StepLoop, TaskCall, TaskLoop, TaskOrder, Template,
    TemplateBody, UNIONS, ValueFrom, WorkflowStep,
};
use named::assert_names;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    from_value(value).unwrap()
}

#[test]
fn a_template_says_what_it_does() {
    let template: Template = read(json!({"name": "main", "dag": {"tasks": [{"name": "a"}]}}));
    match template.body() {
        Ok(TemplateBody::Dag(dag)) => assert_eq!(dag.tasks.len(), 1),
        other => panic!("{other:?}"),
    }
    for (field, value) in [
        ("container", json!({"image": "a:1"})),
        ("containerSet", json!({"containers": []})),
        ("script", json!({"image": "a:1"})),
        ("steps", json!([[{"name": "a"}]])),
        ("resource", json!({"action": "get"})),
        ("suspend", json!({})),
        ("data", json!({"source": {}})),
        ("http", json!({"url": "https://example.org"})),
        ("plugin", json!({"slack": {}})),
    ] {
        let template: Template = read(json!({ field: value }));
        assert!(template.body().is_ok(), "{field}");
    }
}

#[test]
fn a_template_that_does_two_things_or_none_is_refused_with_their_names() {
    let two: Template =
        read(json!({"container": {"image": "a:1"}, "dag": {"tasks": []}, "daemon": true}));
    let error = two.body().unwrap_err();
    assert_eq!(error.set(), ["container", "dag"]);
    assert!(
        error
            .to_string()
            .ends_with("must be set: `container` and `dag` are"),
        "{error}"
    );
    let none: Template = read(json!({"name": "main"}));
    assert!(none.body().unwrap_err().set().is_empty());
}

#[test]
fn a_step_calls_one_template_and_repeats_it_for_one_list() {
    let step: WorkflowStep = read(json!({"template": "a", "withItems": [1, 2]}));
    assert_eq!(step.call(), Ok(StepCall::Template("a")));
    assert!(matches!(step.repeats(), Ok(Some(StepLoop::Items(items))) if items.len() == 2));
    let step: WorkflowStep =
        read(json!({"inline": {"suspend": {}}, "withParam": "[]", "withSequence": {"count": 1}}));
    assert!(
        matches!(step.call(), Ok(StepCall::Inline(template)) if template.suspend.is_some()),
        "{step:?}"
    );
    assert_eq!(
        step.repeats().unwrap_err().set(),
        ["withParam", "withSequence"]
    );
    let step: WorkflowStep = read(json!({"template": "a", "templateRef": {"name": "b"}}));
    assert_eq!(step.call().unwrap_err().set(), ["template", "templateRef"]);
}

#[test]
fn a_task_waits_in_one_way() {
    let task: DAGTask = read(json!({"name": "a", "depends": "b || c"}));
    assert_eq!(task.order(), Ok(Some(TaskOrder::Depends("b || c"))));
    let task: DAGTask = read(json!({"name": "a", "depends": "b", "dependencies": ["b"]}));
    assert_eq!(task.order().unwrap_err().set(), ["depends", "dependencies"]);
    let task: DAGTask = read(json!({"name": "a"}));
    assert_eq!(task.order(), Ok(None));
    assert!(task.call().unwrap_err().set().is_empty());
    assert_eq!(task.repeats(), Ok(None));
}

#[test]
fn every_other_choice_is_one_field() {
    let hook: LifecycleHook = read(json!({"template": "a", "expression": "true"}));
    assert_eq!(hook.call(), Ok(HookCall::Template("a")));
    let sequence: Sequence = read(json!({"count": 3, "end": "5"}));
    assert_eq!(sequence.until().unwrap_err().set(), ["count", "end"]);
    let metric: Prometheus = read(json!({"name": "a", "help": "b", "counter": {"value": "1"}}));
    assert!(matches!(metric.kind(), Ok(MetricKind::Counter(counter)) if counter.value == "1"));
    let semaphore: SemaphoreRef = read(json!({"database": {"key": "a"}}));
    assert!(matches!(semaphore.limit(), Ok(Limit::Database(limit)) if limit.key == "a"));
    let value: ValueFrom = read(json!({"path": "/tmp/a", "default": 1}));
    assert_eq!(value.source(), Ok(Some(ParameterSource::Path("/tmp/a"))));
    let artifact: Artifact = read(json!({"name": "a", "from": "{{inputs.artifacts.b}}"}));
    assert_eq!(
        artifact.reference(),
        Ok(Some(ArtifactReference::From("{{inputs.artifacts.b}}")))
    );
    let artifact: Artifact = read(json!({"name": "a", "s3": {"key": "k"}}));
    assert!(
        matches!(artifact.store(), Ok(Some(ArtifactStore::S3(s3))) if s3.key.as_deref() == Some("k"))
    );
    let artifact: Artifact = read(json!({"name": "a", "raw": {"data": ""}, "http": {"url": "u"}}));
    assert_eq!(artifact.store().unwrap_err().set(), ["http", "raw"]);
}

#[test]
fn every_rule_is_in_the_list_once() {
    let mut owners: Vec<_> = UNIONS
        .iter()
        .map(|union| (union.owner, union.fields))
        .collect();
    let all = owners.len();
    owners.sort_unstable();
    owners.dedup();
    assert_eq!(owners.len(), all);
    assert!(UNIONS.contains(&TemplateBody::UNION));
}

#[test]
fn rules_name_fields_that_there_are() {
    assert_names::<Template>(TemplateBody::UNION);
    assert_names::<WorkflowStep>(StepCall::UNION);
    assert_names::<WorkflowStep>(StepLoop::UNION);
    assert_names::<DAGTask>(TaskCall::UNION);
    assert_names::<DAGTask>(TaskLoop::UNION);
    assert_names::<DAGTask>(TaskOrder::UNION);
    assert_names::<LifecycleHook>(HookCall::UNION);
    assert_names::<Sequence>(SequenceEnd::UNION);
    assert_names::<ResourceTemplate>(Manifest::UNION);
    assert_names::<HTTP>(HTTPBody::UNION);
    assert_names::<HTTPHeader>(HTTPHeaderValue::UNION);
    assert_names::<Prometheus>(MetricKind::UNION);
    assert_names::<SemaphoreRef>(Limit::UNION);
    assert_names::<ValueFrom>(ParameterSource::UNION);
    assert_names::<Artifact>(ArtifactReference::UNION);
    assert_names::<ArtifactRepository>(RepositoryStore::UNION);
    assert_names::<ArchiveStrategy>(Archive::UNION);
    assert_names::<HTTPAuth>(Authentication::UNION);
    assert_names::<Artifact>(ArtifactStore::UNION);
    assert_names::<ArtifactPaths>(ArtifactPathsStore::UNION);
    assert_names::<ArtifactLocation>(LocationStore::UNION);
}
