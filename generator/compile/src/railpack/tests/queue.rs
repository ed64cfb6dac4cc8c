//! Runs that wait in a queue.

use super::Compiled;
use crate::queue::{CPU_ANNOTATION, MEMORY_ANNOTATION};
use crate::run::Occasion;
use crate::testing::{edited, platform};
use luban_platform::Platform;

/// CPU and memory that a run asks its queue for.
fn asked(platform: &Platform, application: &str, occasion: Occasion) -> [Option<String>; 2] {
    let compiled = Compiled::of(platform);
    let run = compiled.run(application, occasion);
    let annotations = run.metadata.annotations.clone().unwrap_or_default();
    [CPU_ANNOTATION, MEMORY_ANNOTATION].map(|key| annotations.get(key).cloned())
}

fn amounts(cpu: &str, memory: &str) -> [Option<String>; 2] {
    [Some(cpu.to_owned()), Some(memory.to_owned())]
}

#[test]
fn a_queued_run_asks_for_what_its_builds_request_together() {
    let platform = platform();
    // One platform, and two that build side by side.
    assert_eq!(
        asked(&platform, "search", Occasion::Release),
        amounts("2", "6Gi")
    );
    for occasion in [Occasion::Release, Occasion::Branch] {
        assert_eq!(asked(&platform, "web", occasion), amounts("4", "12Gi"));
    }
    let small = edited(&[("cpu: \"2\", memory: 6Gi", "cpu: 750m, memory: 1.5Gi")]);
    assert_eq!(
        asked(&small, "search", Occasion::Release),
        amounts("750m", "1536Mi")
    );
    assert_eq!(
        asked(&small, "web", Occasion::Release),
        amounts("1500m", "3Gi")
    );
}

#[test]
fn a_run_that_starts_at_once_asks_no_queue() {
    let platform = edited(&[("queue: kueue", "queue: none")]);
    assert_eq!(asked(&platform, "web", Occasion::Release), [None, None]);
    let compiled = Compiled::of(&platform);
    let run = compiled.run("web", Occasion::Release);
    let labels = run.metadata.labels.as_ref().unwrap();
    assert!(!labels.contains_key("kueue.x-k8s.io/queue-name"));
}

#[test]
fn the_annotations_are_those_that_tekton_kueue_reads() {
    // Its `annotationResourcesRequests`, and a resource's name.
    assert_eq!(CPU_ANNOTATION, "kueue.konflux-ci.dev/requests-cpu");
    assert_eq!(MEMORY_ANNOTATION, "kueue.konflux-ci.dev/requests-memory");
}
