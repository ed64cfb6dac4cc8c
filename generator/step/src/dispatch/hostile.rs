//! The names of tests/hostile/names.yaml through dispatch: each event ends quietly, in runs with exact data, or in a clear refusal.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::tests::{A, B, Compiled, ZERO, dispatched, event, parameters};
use super::*;
use crate::yaml;

#[derive(Deserialize)]
struct Group {
    #[serde(rename = "tries")]
    _tries: String,
    #[serde(default)]
    times: Option<usize>,
    texts: Vec<String>,
}

fn names() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/hostile/names.yaml");
    let groups: Vec<Group> = yaml::read(&std::fs::read_to_string(file).unwrap()).unwrap();
    let names: Vec<String> = groups
        .into_iter()
        .flat_map(|group| {
            let times = group.times.unwrap_or(1);
            group.texts.into_iter().map(move |text| text.repeat(times))
        })
        .collect();
    assert!(names.len() >= 200);
    names
}

/// Whether Git itself allows a ref. None for what no argument can hold.
fn git_allows(git_ref: &str) -> Option<bool> {
    if git_ref.contains('\0') || git_ref.len() > 100_000 {
        return None;
    }
    let status = Command::new("git")
        .args(["check-ref-format", git_ref])
        .status();
    Some(status.unwrap().success())
}

fn push(repository: &str, git_ref: &str, before: &str) -> Event {
    event(
        "github",
        &[
            ("kind", "push"),
            ("repository", repository),
            ("ref", git_ref),
            ("before", before),
            ("after", B),
            ("delivery", git_ref),
            ("sender", git_ref),
        ],
    )
}

/// Checks that runs are their templates with a name and exact parameters, and nothing else of an event.
fn exact(made: &[Value], compiled: &Compiled, git_ref: &str) {
    for run in made {
        let name = run["metadata"]["name"].as_str().unwrap();
        assert!(
            name.len() <= 63
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{name}"
        );
        let parameters = parameters(run);
        let decoded = STANDARD.decode(&parameters["ref"]).unwrap();
        assert_eq!(String::from_utf8(decoded).unwrap(), git_ref);
        assert_eq!(parameters["revision"], B);
        let label = |key: &str| run["metadata"]["labels"][key].as_str().unwrap().to_owned();
        let map = format!("dispatch-project-{}", label("luban.dev/project"));
        let key = format!(
            "{}.{}.yaml",
            label("luban.dev/application"),
            label("luban.dev/occasion")
        );
        let template: Value = yaml::read(&compiled.maps[&map][&key]).unwrap();
        let mut run = run.clone();
        run["metadata"].as_object_mut().unwrap().remove("name");
        let list = match run["kind"].as_str() {
            Some("PipelineRun") => "/spec/params",
            _ => "/spec/arguments/parameters",
        };
        for parameter in run.pointer_mut(list).unwrap().as_array_mut().unwrap() {
            if parameter["name"] == "revision" || parameter["name"] == "ref" {
                parameter["value"] = json!("");
            }
        }
        assert_eq!(run, template);
    }
}

/// Defect S1: texts of an event were written into a script, where the name of a branch ran commands.
#[test]
fn a_hostile_tag_or_branch_is_a_run_with_that_very_ref_or_none() {
    let (compiled, mut built) = (Compiled::new(), 0);
    for name in names() {
        for (git_ref, before) in [
            (format!("refs/tags/{name}"), ZERO),
            (format!("refs/heads/release/{name}"), A),
        ] {
            let event = push("railwayapp/railpack", &git_ref, before);
            assert_eq!(
                dispatched(&event, "", &compiled, None),
                Ok(()),
                "{git_ref:?}"
            );
            let made = compiled.made.take();
            exact(&made, &compiled, &git_ref);
            built += made.len();
            let Some(is_allowed) = git_allows(&git_ref) else {
                continue;
            };
            assert!(
                is_allowed || made.is_empty(),
                "Git has no ref {git_ref:?}, and it is built"
            );
            // What Git allows and this refuses: what an engine or a log would take for more, and what `git branch` refuses.
            let is_refused = name.contains("$(")
                || name.contains("{{")
                || name.chars().any(char::is_control)
                || (before == ZERO && (name.starts_with('-') || name == "@"));
            let is_missed = is_allowed && !is_refused && before == ZERO && made.is_empty();
            assert!(!is_missed, "Git allows {git_ref:?}, and nothing is built");
        }
    }
    assert!(built >= 300, "only {built} runs");
}

#[test]
fn a_hostile_field_of_any_other_kind_ends_quietly_or_in_a_refusal_of_one_line() {
    let compiled = Compiled::new();
    for name in names() {
        let base = [
            ("kind", "push"),
            ("delivery", "1"),
            ("repository", "acme/payments-api"),
            ("ref", "refs/heads/main"),
            ("before", A),
            ("after", B),
            ("sender", "somebody"),
        ];
        for (place, _) in base {
            let fields: Vec<(&'static str, &str)> = base
                .iter()
                .map(|(key, value)| (*key, if *key == place { name.as_str() } else { *value }))
                .collect();
            let result = dispatched(&event("github", &fields), "", &compiled, None);
            let made = compiled.made.take();
            match (place, &result) {
                // These are told to nobody but the log, and part the names of runs.
                ("delivery" | "sender", result) => {
                    assert_eq!(*result, Ok(()), "{place}: {name:?}");
                    assert!(!made.is_empty(), "{place}: {name:?}");
                    exact(&made, &compiled, "refs/heads/main");
                }
                (_, Ok(())) if place == "before" && matches!(name.len(), 40 | 64) => {
                    exact(&made, &compiled, "refs/heads/main");
                }
                // A commit of 40 or 64 digits is one, whoever wrote it.
                (_, Ok(())) if place == "after" && matches!(name.len(), 40 | 64) => {}
                ("kind", Ok(())) => assert!(made.is_empty(), "{place}: {name:?}"),
                // Some of the names are refs that are there.
                ("ref", Ok(())) => exact(&made, &compiled, &name),
                (_, Ok(())) => panic!("{place}: {name:?} was taken"),
                (_, Err(failure)) => {
                    assert!(made.is_empty(), "{place}: {name:?}");
                    let expected = match place {
                        "repository" => Exit::UnknownRepository,
                        _ => Exit::Usage,
                    };
                    assert_eq!(failure.exit, expected, "{place}: {name:?}");
                    assert!(
                        !failure.message.chars().any(char::is_control),
                        "{place}: {:?}",
                        failure.message
                    );
                }
            }
        }
    }
}

#[test]
fn hostile_refs_of_a_push_to_azure_count_by_themselves() {
    let compiled = Compiled::new();
    for name in names() {
        let git_ref = format!("refs/tags/{name}");
        let updates = json!([
            {"name": git_ref, "oldObjectId": ZERO, "newObjectId": B},
            {"name": "refs/tags/plain", "oldObjectId": ZERO, "newObjectId": B},
        ]);
        let event = event(
            "azure",
            &[
                ("kind", "git.push"),
                ("delivery", &name),
                ("repository", "finance/books"),
                ("updates", &updates.to_string()),
            ],
        );
        assert_eq!(dispatched(&event, "", &compiled, None), Ok(()), "{name:?}");
        let made = compiled.made.take();
        let refs = |run: &Value| {
            String::from_utf8(STANDARD.decode(&parameters(run)["ref"]).unwrap()).unwrap()
        };
        let (plain, own): (Vec<Value>, Vec<Value>) = made
            .into_iter()
            .partition(|run| refs(run) == "refs/tags/plain");
        assert!(!plain.is_empty(), "{name:?} keeps another ref from its run");
        exact(&own, &compiled, &git_ref);
    }
}
