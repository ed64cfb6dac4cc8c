//! What a rebuild that kpack started by itself made, and whether it is released.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::fake::Api;
use super::objects::*;
use crate::failure::{Exit, Failure};
use crate::kpack::rebuilt;
use crate::testing::{call, with_world};

const SETTINGS: [(&str, &str); 15] = [
    ("project", "ledger"),
    ("application", "books"),
    ("provider", "Gitea"),
    ("source", "https://git.example/acme/books"),
    ("source-branch", "main"),
    ("source-secret", "gitea-creds"),
    ("source-ca-secret", "none"),
    ("image", "registry.example/acme/books"),
    ("gitops-path", "overlays/ledger/books/snd/release"),
    ("push-secret", "push"),
    ("scan", "true"),
    ("fail-on", "high,critical"),
    ("ignore-unfixed", "false"),
    ("sign", "false"),
    ("signing-secret", "none"),
];

/// The Image of the release branch, at commit A.
pub(super) fn of_release() -> Value {
    let mut image = image(A, 2, 2);
    for (name, value) in SETTINGS {
        image["metadata"]["annotations"][format!("luban.dev/{name}")] = json!(value);
    }
    image
}

/// kpack's rebuild of it for a new stack.
pub(super) fn stack() -> Value {
    let mut build = succeeded(&build(7, A));
    build["metadata"]["annotations"] = of_release()["metadata"]["annotations"].clone();
    with(
        &build,
        "/metadata/annotations",
        "image.kpack.io/reason",
        "STACK,BUILDPACK",
    )
}

fn run(
    image: Option<&Value>,
    build: Option<&Value>,
    more: &[&str],
) -> (Result<(), Failure>, BTreeMap<String, String>) {
    let api = Api::start(|_, _| {});
    api.state(|state| {
        for (kind, object) in [("images", image), ("builds", build)] {
            if let Some(object) = object {
                state.set(kind, object);
            }
        }
    });
    let directory = TempDir::new().unwrap();
    let mut names = vec!["revision", "digest", "reason", "release"];
    names.extend(SETTINGS.map(|(name, _)| name));
    let path = |name: &str| directory.path().join(name);
    let results = names
        .iter()
        .map(|name| format!("--result={name}={}", path(name).display()));
    let mut arguments = vec![
        "kpack-rebuilt".to_owned(),
        "--image=books".to_owned(),
        "--build=books-build-7".to_owned(),
    ];
    arguments.extend(more.iter().map(|flag| (*flag).to_owned()));
    arguments.extend(results);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let end = with_world(|world| rebuilt(&call(&arguments), &api.cluster(world.stop), world));
    let read = |name: &&str| {
        Some((
            (*name).to_owned(),
            std::fs::read_to_string(path(name)).ok()?,
        ))
    };
    (end, names.iter().filter_map(read).collect())
}

#[test]
fn a_rebuild_for_a_new_stack_is_released_with_all_that_its_delivery_needs() {
    let (end, results) = run(
        Some(&of_release()),
        Some(&stack()),
        &["--fail-with-build=true"],
    );
    end.unwrap();
    let mut expected =
        BTreeMap::from(SETTINGS.map(|(name, value)| (name.to_owned(), value.to_owned())));
    for (name, value) in [
        ("revision", A),
        ("digest", &*digest(7)),
        ("reason", "STACK,BUILDPACK"),
        ("release", "true"),
    ] {
        expected.insert(name.to_owned(), value.to_owned());
    }
    assert_eq!(results, expected);
}

/// Defect E1 of luban-ci: any branch's build reached the first environment.
#[test]
fn a_rebuild_of_another_branchs_commit_is_never_released() {
    let build = stack();
    let other = [
        // The Image is at another commit by now, or was when it was made.
        with(&build, "/spec/source/git", "revision", B),
        // A Build of a branch that somebody labelled as the Image's.
        with(
            &build,
            "/metadata",
            "ownerReferences",
            json!([{"kind": "Workflow", "uid": RUN_UID}]),
        ),
        with(&build, "/metadata", "ownerReferences", json!([])),
        // The platform released another branch when it was made.
        with(
            &build,
            "/metadata/annotations",
            "luban.dev/source-branch",
            "develop",
        ),
        // Another repository.
        with(
            &build,
            "/spec/source/git",
            "url",
            "https://git.example/fork/books",
        ),
        // Another Image's.
        with(&build, "/metadata/labels", "image.kpack.io/image", "other"),
    ];
    for build in other {
        let (end, results) = run(Some(&of_release()), Some(&build), &[]);
        end.unwrap();
        assert_eq!(
            (results["release"].as_str(), results["digest"].as_str()),
            ("false", ""),
            "{build}"
        );
    }
}

#[test]
fn what_a_run_caused_is_left_to_that_run() {
    for reason in ["COMMIT", "CONFIG", "TRIGGER", "COMMIT,STACK", "", "STACK,"] {
        let build = with(
            &stack(),
            "/metadata/annotations",
            "image.kpack.io/reason",
            reason,
        );
        let (end, results) = run(Some(&of_release()), Some(&build), &[]);
        end.unwrap();
        assert_eq!(results["release"], "false", "{reason}");
    }
}

#[test]
fn an_application_that_is_deployed_nowhere_has_nothing_to_release() {
    let image = with(
        &of_release(),
        "/metadata/annotations",
        "luban.dev/gitops-path",
        "",
    );
    let (end, results) = run(Some(&image), Some(&stack()), &[]);
    end.unwrap();
    assert_eq!(results["release"], "false");
}

#[test]
fn a_failed_rebuild_fails_its_run_and_can_still_be_reported() {
    let build = failed(&stack());
    let (end, results) = run(
        Some(&of_release()),
        Some(&build),
        &["--fail-with-build=true"],
    );
    let failure = end.unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert!(
        failure
            .message
            .ends_with("failed: Error: no module named books"),
        "{}",
        failure.message
    );
    assert_eq!(
        (results["release"].as_str(), results["digest"].as_str()),
        ("false", "")
    );
    let (end, results) = run(Some(&of_release()), Some(&build), &[]);
    end.unwrap();
    assert_eq!(
        (results["project"].as_str(), results["revision"].as_str()),
        ("ledger", A)
    );
}

#[test]
fn a_rebuild_that_has_not_ended_or_made_no_digest_is_not_released() {
    for build in [
        with(
            &stack(),
            "/status",
            "conditions",
            json!([{"type": "Succeeded", "status": "Unknown"}]),
        ),
        with(&stack(), "/status", "conditions", json!([])),
        with(&stack(), "/status", "latestImage", ""),
    ] {
        let (end, results) = run(Some(&of_release()), Some(&build), &[]);
        end.unwrap();
        assert_eq!(
            (results["release"].as_str(), results["digest"].as_str()),
            ("false", "")
        );
    }
}

#[test]
fn an_image_without_the_settings_of_its_application_is_an_error_that_names_them() {
    let mut image = of_release();
    image["metadata"]["annotations"]
        .as_object_mut()
        .unwrap()
        .remove("luban.dev/push-secret");
    let (end, results) = run(Some(&image), Some(&stack()), &[]);
    assert!(
        end.unwrap_err()
            .message
            .contains("no annotation `luban.dev/push-secret`")
    );
    assert!(results.is_empty());
}

#[test]
fn what_was_deleted_since_its_event_is_said() {
    let (end, _) = run(None, Some(&stack()), &[]);
    assert_eq!(
        end.unwrap_err().message,
        "there is no Image `books` in namespace `ledger-ci`"
    );
    let (end, _) = run(Some(&of_release()), None, &[]);
    assert_eq!(
        end.unwrap_err().message,
        "there is no Build `books-build-7` in namespace `ledger-ci`"
    );
}

#[test]
fn the_compiled_runs_ask_for_the_results_that_there_are_and_for_all_of_them() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../pipelines/delivery/argo-workflows/clusterworkflowtemplate-kpack-rebuilt.yaml"
    );
    let compiled = std::fs::read_to_string(path).unwrap();
    let calls: Vec<&str> = compiled.split("- kpack-rebuilt\n").skip(1).collect();
    assert_eq!(calls.len(), 2);
    for (place, rest) in calls.into_iter().enumerate() {
        let lines = rest
            .lines()
            .map(str::trim)
            .map_while(|line| line.strip_prefix("- "));
        let asked: Vec<&str> = lines
            .clone()
            .filter_map(|line| line.strip_prefix("--result="))
            .map(|pair| pair.split_once('=').unwrap().0)
            .collect();
        assert_eq!(asked, crate::kpack::rebuilt::results());
        // A failed rebuild fails its run, whose exit handler then reports it.
        let fails = lines.clone().any(|line| line == "--fail-with-build=true");
        assert_eq!(fails, place == 0);
    }
}
