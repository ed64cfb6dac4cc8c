//! Whole waits, with the real client over an API in process.

use serde_json::{Value, json};

use super::fake::{Api, Fault};
use super::objects::*;
use super::played::*;
use crate::Stop;
use crate::failure::Exit;

#[test]
fn an_image_is_applied_awaited_and_its_log_shown_without_secrets() {
    let api = Api::start(kpack);
    with_logs(&api);
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    is_built(&ended);
    assert_eq!(ended.log(), LOG);
    api.state(|state| {
        let [applied] = state.applied.as_slice() else {
            panic!("{:?}", state.applied);
        };
        assert_eq!(applied["spec"]["source"]["git"]["revision"], A);
        assert_eq!(applied["spec"]["additionalTags"], json!([tag(A)]));
        assert_eq!(applied["metadata"]["annotations"]["luban.dev/run"], RUN_UID);
        let url = state
            .urls
            .iter()
            .find(|url| url.contains("fieldManager"))
            .unwrap();
        for part in ["force=true", "fieldManager=luban", "fieldValidation=Strict"] {
            assert!(url.contains(part), "{url}");
        }
        // A stream that ended while its step still ran was read again from its last second on.
        assert!(
            state.urls.iter().any(|url| url.contains("container=build")
                && url.contains("sinceTime=2026-01-02T03%3A04%3A07")),
            "{:?}",
            state.urls
        );
    });
}

#[test]
fn every_stream_may_break_and_nothing_is_lost_or_said_twice() {
    let api = Api::start(kpack);
    with_logs(&api);
    api.state(|state| {
        let faults = [
            ("LIST builds", Fault::Status(500)),
            ("WATCH images", Fault::Cut),
            ("WATCH builds", Fault::Eof),
            ("WATCH builds", Fault::Cut),
            ("WATCH builds", Fault::Status(500)),
            ("WATCH builds", Fault::Status(410)),
            ("WATCH builds", Fault::GoneEvent),
            ("WATCH pods", Fault::Status(410)),
            ("WATCH pods", Fault::Cut),
            ("LOG prepare", Fault::Status(500)),
            ("LOG build", Fault::Cut),
            ("LOG build", Fault::Cut),
        ];
        state.faults = faults.map(|(on, fault)| (on.to_owned(), fault)).into();
    });
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    is_built(&ended);
    assert_eq!(ended.log(), LOG);
}

#[test]
fn what_happened_while_a_watch_was_broken_is_found_by_listing() {
    found_by_listing(Fault::Status(410));
    found_by_listing(Fault::GoneEvent);
}

fn found_by_listing(gone: Fault) {
    let api = Api::start(|state, what| match what {
        "PATCH images/books" => kpack(state, what),
        "WATCH builds" if state.times(what) == 2 => {
            let made = state.object("builds", "books-build-2").unwrap().clone();
            state.set_unseen("builds", &succeeded(&made));
            state.remove("pods", "books-build-2-build-pod");
        }
        _ => {}
    });
    api.state(|state| {
        state.faults = vec![
            ("WATCH builds".to_owned(), Fault::Eof),
            ("WATCH builds".to_owned(), gone),
        ];
    });
    is_built(&run(&api, COMPILED, 3600, &Stop::default()));
}

#[test]
fn a_failed_step_is_named_with_its_exit_code_and_what_it_said() {
    let api = Api::start(|state, what| match what {
        "PATCH images/books" => kpack(state, what),
        "LOG prepare" if state.times(what) == 1 => {
            let mut ended = pod(&["prepare"], &[], "Failed");
            ended["status"]["initContainerStatuses"][1]["state"] = json!({"terminated": {
                "exitCode": 51, "reason": "Error", "message": "Step 3\nno module named books hunter22\n\n",
            }});
            state.set("pods", &ended);
            let made = state.object("builds", "books-build-2").unwrap().clone();
            state.set("builds", &failed(&made));
        }
        _ => {}
    });
    with_logs(&api);
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    let failure = ended.failure();
    assert_eq!(failure.exit, Exit::Failed);
    assert_eq!(
        failure.message,
        "Build `books-build-2` failed: step `build` ended with exit code 51: no module named books hunter22"
    );
    assert!(ended.results.is_empty());
    // All that the failing step said is in the log.
    assert!(
        ended.log().contains(&"[build] token=***"),
        "{:?}",
        ended.said
    );
}

#[test]
fn a_failed_build_of_the_same_commit_is_built_once_more() {
    let api = Api::start(|state, what| match what {
        "PATCH images/books" => {
            let applied = state.object("images", "books").unwrap().clone();
            state.set(
                "images",
                &with(&applied, "", "status", json!({"observedGeneration": 1})),
            );
        }
        "PATCH builds/books-build-1" => {
            let old = state.object("builds", "books-build-1").unwrap();
            assert_eq!(
                old["metadata"]["annotations"]["image.kpack.io/additionalBuildNeeded"],
                RUN_UID
            );
            let made = with(
                &build(2, A),
                "/metadata/annotations",
                "image.kpack.io/reason",
                "COMMIT",
            );
            state.set("builds", &succeeded(&made));
        }
        _ => {}
    });
    api.state(|state| state.set("builds", &failed(&build(1, A))));
    is_built(&run(&api, COMPILED, 3600, &Stop::default()));
}

#[test]
fn a_branchs_build_goes_with_its_run() {
    let api = Api::start(|state, what| {
        if what == format!("PATCH builds/{RUN}") {
            let made = state.object("builds", RUN).unwrap().clone();
            let made = with(&made, "", "status", json!({}));
            state.set("builds", &succeeded(&made));
        }
    });
    let ended = run(&api, COMPILED_BUILD, 3600, &Stop::default());
    ended.end.as_ref().unwrap();
    assert_eq!(ended.results["digest"], digest(1));
    api.state(|state| {
        let applied = &state.applied[0];
        assert_eq!(applied["metadata"]["name"], RUN);
        assert_eq!(applied["metadata"]["labels"], json!({"luban.dev/application": "books", "luban.dev/run": RUN}));
        assert_eq!(
            applied["metadata"]["ownerReferences"],
            json!([{"apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow", "name": RUN, "uid": RUN_UID}])
        );
        assert_eq!(applied["spec"]["tags"], json!([tag(A)]));
        assert_eq!(state.times("LIST images"), 0);
    });
}

#[test]
fn a_kpack_that_does_nothing_is_given_up_on_and_may_be_tried_again() {
    let api = Api::start(|_, _| {});
    let ended = run(&api, COMPILED, 20, &Stop::default());
    let failure = ended.failure();
    assert_eq!(failure.exit, Exit::Transient);
    assert!(
        failure
            .message
            .starts_with("gave up after 20 s: waited for kpack to look at Image `books`"),
        "{}",
        failure.message
    );
}

#[test]
fn a_build_that_never_ends_is_given_up_on_for_good() {
    let api = Api::start(|state, what| {
        if what == "PATCH images/books" {
            kpack(state, what);
        }
    });
    // What was wrong with the API for a moment is not why.
    api.state(|state| state.faults = vec![("WATCH images".to_owned(), Fault::Status(500))]);
    let ended = run(&api, COMPILED, 20, &Stop::default());
    let failure = ended.failure();
    assert_eq!(failure.exit, Exit::Failed);
    assert_eq!(
        failure.message,
        "gave up after 20 s: waited for Build `books-build-2`"
    );
}

#[test]
fn being_asked_to_stop_ends_the_wait_and_leaves_the_build() {
    let stop = Stop::default();
    let asked = stop.clone();
    let api = Api::start(move |state, what| match what {
        "PATCH images/books" => kpack(state, what),
        "LOG prepare" => asked.ask(),
        _ => {}
    });
    let ended = run(&api, COMPILED, 3600, &stop);
    assert_eq!(ended.failure().exit, Exit::Cancelled);
    assert!(ended.results.is_empty());
    // One that was asked before it began has applied nothing.
    api.state(|state| state.applied.clear());
    assert_eq!(
        run(&api, COMPILED, 3600, &stop).failure().exit,
        Exit::Cancelled
    );
    api.state(|state| assert_eq!(state.applied, Vec::<Value>::new()));
}

#[test]
fn an_account_that_may_not_read_logs_builds_all_the_same() {
    let api = Api::start(|state, what| {
        kpack(state, what);
        if what == "LOG prepare" {
            let made = state.object("builds", "books-build-2").unwrap().clone();
            state.set("builds", &succeeded(&made));
        }
    });
    api.state(|state| state.faults = vec![("LOG prepare".to_owned(), Fault::Status(403))]);
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    is_built(&ended);
    assert!(
        ended
            .said
            .iter()
            .any(|line| line.starts_with("warning: cannot read the log of `prepare`"))
    );
}

#[test]
fn an_account_that_may_not_watch_is_told_so_at_once() {
    let api = Api::start(kpack);
    api.state(|state| state.faults = vec![("WATCH builds".to_owned(), Fault::Status(403))]);
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    let failure = ended.failure();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure
            .message
            .starts_with("cannot watch Builds of `ledger-ci`: the account of this pod may not"),
        "{}",
        failure.message
    );
}

#[test]
fn an_object_that_the_api_refuses_is_its_own_end() {
    let api = Api::start(kpack);
    api.state(|state| state.faults = vec![("PATCH images/books".to_owned(), Fault::Status(422))]);
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    assert_eq!(ended.failure().exit, Exit::Failed);
    assert_eq!(
        ended.failure().message,
        "cannot apply Image `ledger-ci/books`: answered with 422"
    );
}

#[test]
fn what_is_no_compiled_object_is_refused_before_anything_is_applied() {
    let api = Api::start(kpack);
    for (object, why) in [
        ("", "cannot be read"),
        ("a: [", "cannot be read"),
        ("kind: Image\n", "is of ``, not of `kpack.io/v1alpha2`"),
        (
            "apiVersion: kpack.io/v1alpha2\nkind: Builder\nspec: {source: {git: {}}}\n",
            "is a `Builder`",
        ),
        (
            "apiVersion: kpack.io/v1alpha2\nkind: Image\nspec: {source: {git: {}}}\n",
            "has no `metadata.name`",
        ),
        (
            "apiVersion: kpack.io/v1alpha2\nkind: Image\nmetadata: {name: x}\nspec: {source: {blob: {}}}\n",
            "has no `spec.source.git`",
        ),
    ] {
        let ended = run(&api, object, 3600, &Stop::default());
        let failure = ended.failure();
        assert_eq!(failure.exit, Exit::Usage, "{object}");
        assert!(failure.message.contains(why), "{}", failure.message);
    }
    api.state(|state| assert_eq!(state.seen, Vec::<String>::new()));
}

#[test]
fn being_asked_to_stop_in_the_middle_of_a_call_ends_it() {
    for call in [
        "PATCH images/books",
        "LIST builds",
        "WATCH builds",
        "LOG prepare",
    ] {
        let stop = Stop::default();
        let asked = stop.clone();
        let api = Api::start(move |state, what| {
            kpack(state, what);
            if what == call {
                asked.ask();
            }
        });
        api.state(|state| state.faults = vec![(call.to_owned(), Fault::Silence)]);
        let start = std::time::Instant::now();
        let ended = run(&api, COMPILED, 3600, &stop);
        let failure = ended.failure();
        assert_eq!(failure.exit, Exit::Cancelled, "{call}: {}", failure.message);
        assert!(failure.help.as_ref().unwrap().contains("the Build goes on"));
        assert!(ended.results.is_empty());
        assert!(start.elapsed().as_secs() < 5, "{call}");
    }
}

#[test]
fn a_pod_that_is_made_again_shows_its_log_from_the_beginning() {
    let again = |mut pod: Value| {
        pod["metadata"]["uid"] = json!("pod-2");
        pod
    };
    let api = Api::start(move |state, what| match what {
        "LOG prepare" if state.times(what) == 1 => {
            state.remove("pods", "books-build-2-build-pod");
            state.set("pods", &again(pod(&[], &["prepare"], "Pending")));
        }
        "LOG prepare" if state.times(what) == 2 => {
            state.set("pods", &again(pod(&["prepare"], &["build"], "Pending")));
        }
        "LOG build" if state.times(what) == 2 => {
            kpack(state, what);
            let over = pod(&["prepare", "build", "completion"], &[], "Succeeded");
            state.set("pods", &again(over));
        }
        "LOG prepare" => {}
        _ => kpack(state, what),
    });
    with_logs(&api);
    let ended = run(&api, COMPILED, 3600, &Stop::default());
    is_built(&ended);
    assert!(ended.log().ends_with(&LOG), "{:?}", ended.said);
}

#[test]
fn a_good_build_whose_pod_nobody_understands_is_a_good_build() {
    for is_first in [true, false] {
        let api = Api::start(move |state, what| match what {
            "PATCH images/books" => {
                kpack(state, what);
                if is_first {
                    let name = "books-build-2-build-pod";
                    let labels = json!({"kpack.io/build": "books-build-2"});
                    let metadata = json!({"name": name, "namespace": "ledger-ci", "uid": "pod-1", "labels": labels});
                    state.set("pods", &json!({"metadata": metadata, "spec": 7}));
                }
            }
            "WATCH pods" if is_first => {
                let made = state.object("builds", "books-build-2").unwrap().clone();
                state.set("builds", &succeeded(&made));
            }
            // The last that is heard of it.
            "LOG build" if state.times(what) == 2 => {
                kpack(state, what);
                let mut over = pod(&["prepare", "build"], &[], "Succeeded");
                over["status"] = json!("?");
                state.set("pods", &over);
            }
            "LIST pods" if is_first => {
                let made = state.object("builds", "books-build-2").unwrap().clone();
                state.set("builds", &succeeded(&made));
            }
            _ => kpack(state, what),
        });
        with_logs(&api);
        let ended = run(&api, COMPILED, 3600, &Stop::default());
        is_built(&ended);
        let warnings = ended
            .said
            .iter()
            .filter(|line| line.contains("is not shown"));
        assert_eq!(warnings.count(), 1, "{:?}", ended.said);
    }
}

#[test]
fn an_account_that_may_not_see_pods_is_told_so_once() {
    let api = Api::start(kpack);
    api.state(|state| {
        state.faults = vec![("LIST pods".to_owned(), Fault::Status(403)); 100];
    });
    let ended = run(&api, COMPILED, 20, &Stop::default());
    assert_eq!(ended.failure().exit, Exit::Failed);
    let warnings = ended
        .said
        .iter()
        .filter(|line| line.contains("is not shown"));
    assert_eq!(warnings.count(), 1, "{:?}", ended.said);
}
