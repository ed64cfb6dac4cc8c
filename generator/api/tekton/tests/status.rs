//! What controllers report, read and written again.

use luban_api_tekton::{ParamValue, PipelineRun, TaskRun, resolution, v1alpha1, v1beta1};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

/// Reads an object of a kind, which must be written as it was.
fn read<K: Serialize + DeserializeOwned>(api_version: &str, kind: &str, status: Value) -> K {
    let written = json!({
        "apiVersion": api_version,
        "kind": kind,
        "metadata": {"name": "build"},
        "spec": {},
        "status": status,
    });
    let object: K = from_value(written.clone()).expect("the object is read");
    assert_eq!(to_value(&object).expect("the object is written"), written);
    object
}

fn failed() -> Value {
    json!([{
        "type": "Succeeded",
        "status": "False",
        "reason": "Failed",
        "message": "step-build exited with 1",
        "lastTransitionTime": "2026-07-01T10:00:09Z",
    }])
}

#[test]
fn a_task_run_says_how_its_steps_ended_and_how_it_was_tried_before() {
    let attempt = json!({
        "conditions": failed(),
        "podName": "build-pod",
        "startTime": "2026-07-01T10:00:00Z",
        "completionTime": "2026-07-01T10:00:09Z",
        "steps": [{
            "name": "build",
            "container": "step-build",
            "imageID": "docker.io/library/busybox@sha256:9ae9",
            "terminated": {
                "exitCode": 1,
                "finishedAt": "2026-07-01T10:00:09Z",
                "reason": "Error",
                "startedAt": "2026-07-01T10:00:01Z",
            },
            "terminationReason": "Error",
        }],
        "results": [
            {"name": "digest", "type": "string", "value": "sha256:9ae9"},
            {"name": "tags", "type": "array", "value": ["a", "b"]},
        ],
        "artifacts": {"outputs": [{
            "name": "image",
            "values": [{"uri": "pkg:oci/app", "digest": {"sha256": "9ae9"}}],
            "buildOutput": true,
        }]},
        "taskSpec": {"steps": [{"name": "build", "image": "busybox"}]},
        "provenance": {
            "refSource": {"uri": "git+https://a.example/b", "digest": {"sha1": "f99d"}, "entryPoint": "task.yaml"},
            "featureFlags": {"enableAPIFields": "beta", "maxResultSize": 4096, "setSecurityContext": true},
        },
        "spanContext": {"traceparent": "00-0f57e147"},
    });
    let mut status = attempt.clone();
    status["retriesStatus"] = json!([attempt]);
    let run: TaskRun = read("tekton.dev/v1", "TaskRun", status);
    let status = run.status.unwrap();
    let ended = status.steps[0].terminated.as_ref().unwrap();
    assert_eq!(ended.exit_code, 1);
    assert_eq!(status.results[0].value, ParamValue::from("sha256:9ae9"));
    assert_eq!(status.retries_status[0].conditions[0].status, "False");
}

#[test]
fn a_pipeline_run_names_the_runs_of_its_tasks() {
    let when = json!([{"input": "main", "operator": "in", "values": ["main"]}]);
    let run: PipelineRun = read(
        "tekton.dev/v1",
        "PipelineRun",
        json!({
            "conditions": failed(),
            "finallyStartTime": "2026-07-01T10:00:07Z",
            "childReferences": [{
                "apiVersion": "tekton.dev/v1",
                "kind": "TaskRun",
                "name": "build-clone",
                "pipelineTaskName": "clone",
                "whenExpressions": when,
            }],
            "skippedTasks": [{
                "name": "deploy",
                "reason": "When Expressions evaluated to false",
                "whenExpressions": when,
            }],
            "results": [{"name": "digest", "value": {"sha256": "9ae9"}}],
        }),
    );
    let status = run.status.unwrap();
    let child = &status.child_references[0];
    assert_eq!(child.pipeline_task_name.as_deref(), Some("clone"));
    assert_eq!(status.skipped_tasks[0].name, "deploy");
}

#[test]
fn runs_before_v1_hold_the_status_of_each_task_whole() {
    let run: v1beta1::PipelineRun = read(
        "tekton.dev/v1beta1",
        "PipelineRun",
        json!({
            "taskRuns": {"build-clone": {
                "pipelineTaskName": "clone",
                "status": {
                    "podName": "p",
                    "taskResults": [{"name": "commit", "value": "f99d"}],
                    "resourcesResult": [{"key": "digest", "value": "9ae9", "type": 1}],
                    "cloudEvents": [{"status": {"condition": "Sent", "message": "", "retryCount": 0}}],
                },
            }},
            "runs": {"build-wait": {
                "pipelineTaskName": "wait",
                "status": {"results": [{"name": "a", "value": "b"}], "extraFields": {"waited": 5}},
            }},
            "pipelineResults": [{"name": "commit", "value": "f99d"}],
        }),
    );
    let status = run.status.unwrap();
    let clone = status.task_runs["build-clone"].status.as_ref().unwrap();
    assert_eq!(clone.task_results[0].name, "commit");
    let wait = status.runs["build-wait"].status.as_ref().unwrap();
    assert_eq!(wait.extra_fields, Some(json!({"waited": 5})));
}

#[test]
fn runs_of_custom_tasks_keep_what_their_controller_reports() {
    let attempt = json!({"conditions": failed(), "results": [{"name": "a", "value": "b"}]});
    let status = json!({"retriesStatus": [attempt], "extraFields": [1, {"a": null}]});
    read::<v1beta1::CustomRun>("tekton.dev/v1beta1", "CustomRun", status.clone());
    read::<v1alpha1::Run>("tekton.dev/v1alpha1", "Run", status);
}

#[test]
fn a_resolver_says_what_it_found_and_where() {
    let source = json!({"uri": "git+https://a.example/b", "digest": {"sha1": "f99d"}});
    let status = json!({
        "annotations": {"content-type": "application/x-yaml"},
        "data": "a2luZDogVGFzaw==",
        "refSource": source,
        "source": source,
    });
    let found: resolution::ResolutionRequest = read(
        "resolution.tekton.dev/v1beta1",
        "ResolutionRequest",
        status.clone(),
    );
    assert_eq!(
        found.status.unwrap().data.as_deref(),
        Some("a2luZDogVGFzaw==")
    );
    let mut before = status;
    before.as_object_mut().unwrap().shift_remove("source");
    read::<resolution::v1alpha1::ResolutionRequest>(
        "resolution.tekton.dev/v1alpha1",
        "ResolutionRequest",
        before,
    );
}
