//! Which Build of an Image is the one that is waited for.

use std::time::Duration;

use super::objects::*;
use crate::failure::Exit;
use crate::kpack::decision::{Decision, Seen};
use crate::kpack::image::ImageWait;
use crate::kpack::object::Wanted;
use serde_json::Value;

/// A wait for commit A, which the run has applied as the Image's generation 2.
fn wait() -> ImageWait {
    ImageWait::new(wanted(A), read(&image(A, 2, 1)))
}

fn images(wait: &mut ImageWait, image: &Value) {
    wait.see(Seen::Images(vec![read(image)]));
}

fn builds(wait: &mut ImageWait, builds: &[Value]) {
    wait.see(Seen::Builds(builds.iter().map(read).collect()));
}

fn at(wait: &mut ImageWait, seconds: u64) -> Decision {
    wait.decide(Duration::from_secs(seconds))
}

/// What is waited for, and whose log is shown.
fn waits(wait: &mut ImageWait) -> (String, Option<String>) {
    match at(wait, 0) {
        Decision::Wait(waiting) => (waiting.what, waiting.build),
        decision => panic!("{decision:?}"),
    }
}

fn built(wait: &mut ImageWait) -> (String, String, String) {
    match at(wait, 0) {
        Decision::Built(built) => (built.build, built.digest, built.reason),
        decision => panic!("{decision:?}"),
    }
}

fn ended(decision: Decision) -> (Exit, String) {
    match decision {
        Decision::End(failure) => (failure.exit, failure.message),
        decision => panic!("{decision:?}"),
    }
}

#[test]
fn a_new_commit_is_built_and_its_digest_is_the_answer() {
    let mut wait = wait();
    assert!(waits(&mut wait).0.contains("to say which Builds there are"));
    images(&mut wait, &image(A, 2, 1));
    builds(&mut wait, &[]);
    assert!(
        waits(&mut wait)
            .0
            .contains("has not done since it was applied")
    );
    wait.see(Seen::Image(read(&image(A, 2, 2))));
    assert_eq!(waits(&mut wait).0, "kpack to make a Build of Image `books`");
    wait.see(Seen::Build(read(&build(2, A))));
    assert_eq!(waits(&mut wait).1.as_deref(), Some("books-build-2"));
    wait.see(Seen::Build(read(&succeeded(&build(2, A)))));
    let expected = ("books-build-2".to_owned(), digest(2), "COMMIT".to_owned());
    assert_eq!(built(&mut wait), expected);
}

/// Defect R1 of luban-ci: after ten minutes its loop took whichever Build was the latest, and released what it had never built.
#[test]
fn a_stale_build_of_another_commit_is_never_the_answer_however_long_it_takes() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[of_another_run(&succeeded(&build(1, B)))]);
    for seconds in [0, 700, 3599] {
        assert!(matches!(at(&mut wait, seconds), Decision::Wait(_)));
    }
    // One that is still running holds up kpack, which builds an Image once at a time.
    builds(&mut wait, &[of_another_run(&build(1, B))]);
    let (what, followed) = waits(&mut wait);
    assert!(what.contains("`books-build-1` of commit `bbbb"), "{what}");
    assert_eq!(followed, None);
}

/// Defect R2 of luban-ci: the old Build of the same commit was taken at once, and the tag was never pushed.
#[test]
fn a_commit_that_was_built_without_this_tag_is_built_once_more_with_it() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    let old = with(
        &succeeded(&build(1, A)),
        "/spec",
        "tags",
        vec![tag("head"), tag("v1.0")],
    );
    builds(&mut wait, std::slice::from_ref(&old));
    // Not even if it was made for this run.
    assert_eq!(
        at(&mut wait, 0),
        Decision::Again("books-build-1".to_owned())
    );
    wait.told("books-build-1");
    assert!(
        waits(&mut wait)
            .0
            .contains("once more after `books-build-1`")
    );
    let new = with(
        &build(2, A),
        "/metadata/annotations",
        "image.kpack.io/reason",
        "TRIGGER",
    );
    builds(&mut wait, &[old.clone(), new.clone()]);
    assert_eq!(waits(&mut wait).1.as_deref(), Some("books-build-2"));
    builds(&mut wait, &[old, succeeded(&new)]);
    assert_eq!(built(&mut wait).2, "TRIGGER");
}

/// Defect R2 of luban-ci: a run after a failed build failed at once on the old Build.
#[test]
fn a_build_that_failed_before_is_tried_again_and_not_taken_for_this_ones_end() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[failed(&build(1, A))]);
    assert_eq!(
        at(&mut wait, 0),
        Decision::Again("books-build-1".to_owned())
    );
    wait.told("books-build-1");
    wait.see(Seen::Build(read(&build(2, A))));
    assert_eq!(waits(&mut wait).1.as_deref(), Some("books-build-2"));
    // That it fails again is this call's end.
    wait.see(Seen::Build(read(&failed(&build(2, A)))));
    assert_eq!(
        at(&mut wait, 0),
        Decision::BuildFailed("books-build-2".to_owned())
    );
}

#[test]
fn an_explicit_rebuild_builds_what_another_run_has_built() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    let old = of_another_run(&succeeded(&build(1, A)));
    builds(&mut wait, std::slice::from_ref(&old));
    assert_eq!(
        at(&mut wait, 0),
        Decision::Again("books-build-1".to_owned())
    );
    // A rebuild of kpack's own that runs at the moment is waited for first.
    builds(&mut wait, &[old, of_another_run(&build(2, A))]);
    let (what, _) = waits(&mut wait);
    assert!(what.contains("which another run began"), "{what}");
}

#[test]
fn an_attempt_after_a_lost_pod_comes_back_to_the_build_of_its_run() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[build(2, A)]);
    assert_eq!(waits(&mut wait).1.as_deref(), Some("books-build-2"));
    let mut wait = self::wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[succeeded(&build(2, A))]);
    assert_eq!(built(&mut wait).0, "books-build-2");
}

#[test]
fn an_attempt_after_a_lost_pod_does_not_ask_for_a_second_rebuild() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    let old = of_another_run(&succeeded(&build(1, A)));
    let marked = with(
        &old,
        "/metadata/annotations",
        "image.kpack.io/additionalBuildNeeded",
        RUN_UID,
    );
    builds(&mut wait, std::slice::from_ref(&marked));
    assert!(
        waits(&mut wait)
            .0
            .contains("once more after `books-build-1`")
    );
    // kpack had not seen the Image's new annotation when it made the Build.
    builds(
        &mut wait,
        &[marked, of_another_run(&succeeded(&build(2, A)))],
    );
    assert_eq!(built(&mut wait).0, "books-build-2");
}

#[test]
fn a_force_push_back_to_an_older_commit_waits_for_a_new_build_of_it() {
    let mut wait = ImageWait::new(wanted(A), read(&image(A, 3, 2)));
    images(&mut wait, &image(A, 3, 3));
    let (first, second) = (
        of_another_run(&succeeded(&build(1, A))),
        of_another_run(&succeeded(&build(2, B))),
    );
    builds(&mut wait, &[first.clone(), second.clone()]);
    assert!(matches!(at(&mut wait, 30), Decision::Wait(_)));
    builds(&mut wait, &[first, second, succeeded(&build(3, A))]);
    assert_eq!(built(&mut wait).0, "books-build-3");
}

#[test]
fn a_commit_that_is_superseded_before_kpack_built_it_is_refused() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[]);
    wait.see(Seen::Image(read(&image(B, 3, 2))));
    let (exit, message) = ended(at(&mut wait, 0));
    assert_eq!(exit, Exit::Refused);
    assert!(message.contains("at commit `bbbb"), "{message}");
}

#[test]
fn a_build_that_had_begun_when_its_commit_was_superseded_is_awaited_to_its_end() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[build(2, A)]);
    wait.see(Seen::Image(read(&image(B, 3, 2))));
    assert_eq!(waits(&mut wait).1.as_deref(), Some("books-build-2"));
    wait.see(Seen::Build(read(&succeeded(&build(2, A)))));
    assert_eq!(built(&mut wait).0, "books-build-2");
}

#[test]
fn other_tags_given_meanwhile_are_a_refusal_too() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[]);
    wait.see(Seen::Image(read(&with(
        &image(A, 3, 2),
        "/spec",
        "additionalTags",
        vec![tag("v2")],
    ))));
    assert_eq!(ended(at(&mut wait, 0)).0, Exit::Refused);
}

#[test]
fn a_rebuild_of_kpacks_own_takes_nothing_from_a_build_that_succeeded() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    let stack = with(
        &build(3, A),
        "/metadata/annotations",
        "image.kpack.io/reason",
        "STACK",
    );
    builds(&mut wait, &[succeeded(&build(2, A)), stack]);
    assert_eq!(built(&mut wait).0, "books-build-2");
}

#[test]
fn an_image_that_is_deleted_ends_the_wait() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[build(2, A)]);
    wait.see(Seen::ImageGone);
    let (exit, message) = ended(at(&mut wait, 0));
    assert_eq!(
        (exit, message.contains("was deleted")),
        (Exit::Failed, true)
    );
    // And so does one that was made again meanwhile, while no watch ran.
    images(
        &mut wait,
        &with(&image(A, 1, 1), "/metadata", "uid", "another"),
    );
    assert!(ended(at(&mut wait, 0)).1.contains("made again"));
}

#[test]
fn a_build_that_is_deleted_ends_the_wait() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[build(2, A)]);
    waits(&mut wait);
    wait.see(Seen::BuildGone("books-build-2".to_owned()));
    assert_eq!(
        ended(at(&mut wait, 0)).1,
        "Build `books-build-2` was deleted before it ended"
    );
}

#[test]
fn a_build_that_is_missing_when_a_broken_watch_is_listed_again_was_deleted() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[build(2, A)]);
    waits(&mut wait);
    builds(&mut wait, &[]);
    assert_eq!(ended(at(&mut wait, 0)).0, Exit::Failed);
}

#[test]
fn what_a_broken_watch_missed_is_seen_when_it_is_listed_again() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 1));
    builds(&mut wait, &[]);
    waits(&mut wait);
    // It failed while nobody looked: it is this call's, not one from before.
    builds(&mut wait, &[failed(&build(2, A))]);
    assert_eq!(
        at(&mut wait, 0),
        Decision::BuildFailed("books-build-2".to_owned())
    );
}

#[test]
fn builds_of_an_image_that_is_gone_are_not_this_ones() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    let mut orphan = succeeded(&build(1, A));
    orphan["metadata"]["ownerReferences"][0]["uid"] = "an-older-image".into();
    builds(&mut wait, &[orphan]);
    assert!(matches!(at(&mut wait, 0), Decision::Wait(_)));
}

#[test]
fn a_builder_that_is_not_ready_is_what_is_waited_for() {
    let mut wait = wait();
    images(
        &mut wait,
        &ready(
            &image(A, 2, 2),
            "False",
            "BuilderNotReady",
            "Error: stack is missing",
        ),
    );
    builds(&mut wait, &[]);
    let (what, _) = waits(&mut wait);
    assert!(
        what.ends_with("(BuilderNotReady: Error: stack is missing)"),
        "{what}"
    );
}

#[test]
fn an_image_without_status_is_one_that_kpack_has_not_looked_at() {
    let mut wait = wait();
    let mut bare = image(A, 2, 0);
    bare.as_object_mut().unwrap().remove("status");
    images(&mut wait, &bare);
    builds(&mut wait, &[]);
    assert!(
        waits(&mut wait)
            .0
            .contains("kpack to look at Image `books`")
    );
}

#[test]
fn an_image_that_stays_up_to_date_at_an_older_commit_is_not_waited_for_to_the_end() {
    let mut wait = wait();
    images(&mut wait, &ready(&image(A, 2, 2), "True", "UpToDate", ""));
    builds(&mut wait, &[of_another_run(&succeeded(&build(1, B)))]);
    assert!(matches!(at(&mut wait, 10), Decision::Wait(_)));
    assert!(matches!(at(&mut wait, 60), Decision::Wait(_)));
    let (exit, message) = ended(at(&mut wait, 71));
    assert_eq!(exit, Exit::Failed);
    assert!(message.contains("up to date"), "{message}");
}

#[test]
fn a_build_without_a_digest_is_no_success() {
    let mut wait = wait();
    images(&mut wait, &image(A, 2, 2));
    for image in [
        "",
        "registry.example/acme/books:head",
        "registry.example/acme/books@sha256:12",
    ] {
        let build = with(&succeeded(&build(2, A)), "/status", "latestImage", image);
        builds(&mut wait, &[build]);
        let (exit, message) = ended(at(&mut wait, 0));
        assert_eq!(exit, Exit::Failed);
        assert!(message.contains("which digest"), "{message}");
    }
}

#[test]
fn a_persons_call_takes_what_has_been_built_for_what_is_applied_now_and_nothing_older() {
    let nobody = Wanted {
        run: String::new(),
        ..wanted(A)
    };
    let mut wait = ImageWait::new(nobody, read(&image(A, 2, 2)));
    images(&mut wait, &image(A, 2, 2));
    builds(&mut wait, &[of_another_run(&succeeded(&build(1, A)))]);
    assert_eq!(
        at(&mut wait, 0),
        Decision::Again("books-build-1".to_owned())
    );
    builds(&mut wait, &[of_another_run(&succeeded(&build(2, A)))]);
    assert_eq!(built(&mut wait).0, "books-build-2");
}
