//! Why a Build failed, from its pod.

use serde_json::json;

use super::objects::*;
use crate::failure::Exit;
use crate::kpack::failed::failure;
use crate::kpack::seen::{Build, Pod};

fn failed_build() -> Build {
    read(&failed(&build(2, A)))
}

fn pod(status: serde_json::Value) -> Pod {
    read(&json!({
        "metadata": {"name": "pod"},
        "spec": {"initContainers": [{"name": "detect"}, {"name": "build"}], "containers": [{"name": "completion"}]},
        "status": status,
    }))
}

#[test]
fn a_pod_that_its_node_lost_may_be_tried_again() {
    for status in [
        json!({"phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory."}),
        json!({"phase": "Failed", "reason": "OutOfcpu", "message": "Node didn't have enough resource: cpu"}),
        json!({"phase": "Failed", "conditions": [{"type": "DisruptionTarget", "status": "True", "reason": "DeletionByTaintManager", "message": "node is drained"}]}),
    ] {
        let failure = failure(&failed_build(), Some(&pod(status)));
        assert_eq!(failure.exit, Exit::Transient);
        assert!(
            failure
                .message
                .starts_with("Build `books-build-2` lost its pod: "),
            "{}",
            failure.message
        );
    }
}

#[test]
fn a_step_that_needed_more_memory_is_told_where_to_give_it() {
    let failure = failure(
        &failed_build(),
        Some(&pod(json!({
            "phase": "Failed",
            "initContainerStatuses": [
                {"name": "build", "state": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}},
                {"name": "detect", "state": {"terminated": {"exitCode": 0, "reason": "Completed", "message": "fine"}}},
            ],
        }))),
    );
    assert_eq!(failure.exit, Exit::Failed);
    assert_eq!(
        failure.message,
        "Build `books-build-2` failed: step `build` ended with exit code 137 (OOMKilled): Error: no module named books"
    );
    assert!(failure.help.unwrap().contains("resources.memory"));
}

#[test]
fn a_build_that_took_too_long_says_so() {
    let failure = failure(
        &failed_build(),
        Some(&pod(
            json!({"phase": "Failed", "reason": "DeadlineExceeded"}),
        )),
    );
    assert!(
        failure.message.contains("took longer than the Build may"),
        "{}",
        failure.message
    );
}

#[test]
fn a_build_whose_pod_is_gone_says_what_kpack_knows() {
    let failure = failure(&failed_build(), None);
    assert_eq!(
        failure.message,
        "Build `books-build-2` failed after step `analyze`: Error: no module named books"
    );
}

#[test]
fn what_a_step_said_last_is_one_line_without_control_characters() {
    let long = format!("one\n\u{1b}[31m{}\u{7}\n \n", "é".repeat(900));
    let failure = failure(
        &failed_build(),
        Some(&pod(json!({
            "phase": "Failed",
            "initContainerStatuses": [{"name": "detect", "state": {"terminated": {"exitCode": 20, "reason": "Error", "message": long}}}],
        }))),
    );
    assert!(
        !failure.message.contains(['\n', '\u{1b}', '\u{7}']),
        "{}",
        failure.message
    );
    assert!(failure.message.ends_with("é…") && failure.message.chars().count() < 600);
    assert!(
        failure
            .help
            .unwrap()
            .contains("no buildpack takes these sources")
    );
}
