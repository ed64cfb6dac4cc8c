//! Which Build of a branch's run is the one that is waited for.

use super::objects::*;
use crate::failure::Exit;
use crate::kpack::branch::BranchWait;
use crate::kpack::decision::{Decision, Seen};
use serde_json::{Value, json};

const RUN: &str = "books-0123456789";

/// A Build of the run, as kpack has it before it begins.
fn of_run(name: &str, revision: &str) -> Value {
    json!({
        "metadata": {
            "name": name, "namespace": "ledger-ci", "uid": format!("uid-{name}"),
            "labels": {"luban.dev/run": RUN},
            "ownerReferences": [{"kind": "Workflow", "name": RUN, "uid": RUN_UID}],
        },
        "spec": {
            "tags": [tag(revision)],
            "source": {"git": {"url": "https://git.example/acme/books", "revision": revision}},
        },
        "status": {},
    })
}

fn begun(build: &Value) -> Value {
    with(build, "/status", "podName", "pod")
}

fn wait() -> BranchWait {
    BranchWait::new(wanted(A), RUN.to_owned())
}

fn builds(wait: &mut BranchWait, builds: &[Value]) {
    wait.see(Seen::Builds(builds.iter().map(read).collect()));
}

#[test]
fn a_branchs_build_is_applied_once_and_awaited() {
    let mut wait = wait();
    assert!(matches!(wait.decide(), Decision::Wait(_)));
    builds(&mut wait, &[]);
    assert_eq!(wait.decide(), Decision::Apply(1));
    wait.applied(read(&of_run(RUN, A)));
    let Decision::Wait(waiting) = wait.decide() else {
        panic!();
    };
    assert_eq!(waiting.what, format!("kpack to begin Build `{RUN}`"));
    wait.see(Seen::Build(read(&begun(&of_run(RUN, A)))));
    let Decision::Wait(waiting) = wait.decide() else {
        panic!();
    };
    assert_eq!(waiting.build.as_deref(), Some(RUN));
    wait.see(Seen::Build(read(&succeeded(&of_run(RUN, A)))));
    let Decision::Built(built) = wait.decide() else {
        panic!();
    };
    assert_eq!(
        (built.reason.as_str(), built.tags),
        ("COMMIT", vec![tag(A)])
    );
}

#[test]
fn an_attempt_after_a_lost_pod_comes_back_to_the_build() {
    let mut wait = wait();
    builds(&mut wait, &[begun(&of_run(RUN, A))]);
    assert!(matches!(wait.decide(), Decision::Wait(_)));
    wait.see(Seen::Build(read(&failed(&of_run(RUN, A)))));
    assert_eq!(wait.decide(), Decision::BuildFailed(RUN.to_owned()));
}

/// Defect R2 of luban-ci, for branches: kpack never runs a Build twice.
#[test]
fn a_build_that_failed_before_is_tried_again_under_another_name() {
    let mut wait = wait();
    let first = failed(&of_run(RUN, A));
    builds(&mut wait, std::slice::from_ref(&first));
    assert_eq!(wait.decide(), Decision::Apply(2));
    let name = crate::kpack::object::attempt_name(RUN, 2);
    wait.applied(read(&of_run(&name, A)));
    builds(&mut wait, &[first, failed(&of_run(&name, A))]);
    assert_eq!(wait.decide(), Decision::BuildFailed(name));
}

#[test]
fn a_build_of_a_run_of_the_same_name_that_is_gone_is_not_this_ones() {
    let mut wait = wait();
    let mut old = succeeded(&of_run(RUN, A));
    old["metadata"]["ownerReferences"][0]["uid"] = "older".into();
    builds(&mut wait, &[old]);
    assert_eq!(wait.decide(), Decision::Apply(2));
}

#[test]
fn a_branchs_build_that_is_deleted_ends_the_wait() {
    let mut wait = wait();
    builds(&mut wait, &[begun(&of_run(RUN, A))]);
    wait.decide();
    wait.see(Seen::BuildGone(RUN.to_owned()));
    let Decision::End(failure) = wait.decide() else {
        panic!();
    };
    assert_eq!(failure.exit, Exit::Failed);
    assert!(failure.message.ends_with("was deleted before it ended"));
}

#[test]
fn names_of_attempts_fit_a_label_and_say_their_number() {
    use crate::kpack::object::{attempt_name, attempt_of};
    let long = "x".repeat(63);
    for (run, attempt) in [(RUN, 1), (RUN, 2), (&*long, 1), (&*long, 12)] {
        let name = attempt_name(run, attempt);
        assert!(name.len() <= 63, "{name}");
        assert_eq!(attempt_of(run, &name), attempt, "{name}");
    }
}
