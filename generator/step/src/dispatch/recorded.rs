//! Recorded events of tests/events, from what their Sensors pass on to the runs that are made; `luban-dev conformance --only events` has
//! their way from body to Sensor.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use luban_compile::{Context, compile, parts};
use luban_platform::lock::Lock;
use serde::Deserialize;
use serde_json::Value;

use super::tests::{Compiled, dispatched, event, parameters};
use super::*;
use crate::yaml;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    providers: Vec<String>,
    deliveries: Vec<String>,
    /// Occasion, ref and the first digits of the commit; once for each application.
    #[serde(default)]
    runs: Vec<String>,
    /// Exit code, if not 0.
    #[serde(default)]
    exit: u8,
    /// Whether the Sensor drops it before; here too it builds nothing.
    #[serde(default, rename = "dropped")]
    _dropped: bool,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/events")
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cases() -> Vec<Case> {
    yaml::read(&text(&folder().join("expected.yaml"))).unwrap()
}

/// Nothing built yet, with what the platform of the events is compiled to.
fn compiled() -> Compiled {
    static TABLES: OnceLock<Vec<String>> = OnceLock::new();
    Compiled::of(TABLES.get_or_init(tables).iter().map(String::as_str))
}

fn tables() -> Vec<String> {
    let file = text(&folder().join("platform.yaml"));
    let loaded = luban_platform::load("platform.yaml", file.as_bytes());
    let platform = loaded
        .platform
        .unwrap_or_else(|| panic!("{:?}", loaded.findings));
    let lock = Lock::default();
    let context = Context::new(&platform, &lock).unwrap();
    let mut texts = Vec::new();
    for part in parts(&platform) {
        let files = compile(&context, part).unwrap();
        let tables = files.into_iter().filter(|file| {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            name.starts_with("configmap-dispatch-")
        });
        texts.extend(tables.map(|file| file.text));
    }
    texts
}

/// What the Sensor of `provider` passes on of a delivery.
fn passed(provider: &str, delivery: &str) -> Event {
    let file = folder()
        .join(provider)
        .join(format!("{delivery}.fields.json"));
    let fields: BTreeMap<String, String> = serde_json::from_str(&text(&file)).unwrap();
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    event(provider, &fields)
}

/// Applications of the platform's one repository at a provider.
fn applications(provider: &str) -> &'static [&'static str] {
    match provider {
        "github" => &["api", "worker"],
        "gitea" => &["web"],
        "azure" => &["books"],
        "onprem" => &["press"],
        other => panic!("{other}"),
    }
}

fn label(run: &Value, key: &str) -> String {
    run["metadata"]["labels"][key].as_str().unwrap().to_owned()
}

/// Application, occasion, ref and first digits of the commit of a run.
fn said(run: &Value) -> (String, String) {
    let parameters = parameters(run);
    let name = base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        &parameters["ref"],
    );
    let said = format!(
        "{} {} {}",
        label(run, "luban.dev/occasion"),
        String::from_utf8(name.unwrap()).unwrap(),
        &parameters["revision"][..8]
    );
    (label(run, "luban.dev/application"), said)
}

/// Defect E1: deletions and pings started builds, refs after the first were lost, a redelivery built again, GitOps repositories built
/// themselves, and any branch was released.
#[test]
fn recorded_events_of_every_provider_make_the_runs_that_are_expected_of_them() {
    for case in cases() {
        for provider in &case.providers {
            let about = format!("{provider}: {}", case.about);
            let compiled = compiled();
            for delivery in &case.deliveries {
                let result = dispatched(
                    &passed(provider, delivery),
                    "",
                    &compiled,
                    Some(vec!["worker/main.py"]),
                );
                let exit = result.map_or_else(|failure| failure.exit as u8, |()| 0);
                assert_eq!(exit, case.exit, "{about}: {delivery}");
            }
            let made = compiled.made.borrow();
            let runs: Vec<(String, String)> = made.iter().map(said).collect();
            for application in applications(provider) {
                let own: Vec<&String> = runs
                    .iter()
                    .filter(|(name, _)| name == application)
                    .map(|(_, said)| said)
                    .collect();
                assert_eq!(own, case.runs.iter().collect::<Vec<_>>(), "{about}");
            }
            assert_eq!(
                runs.len(),
                case.runs.len() * applications(provider).len(),
                "{about}: {runs:?}"
            );
            for run in made.iter() {
                let name = run["metadata"]["name"].as_str().unwrap();
                let (application, key) = name.rsplit_once('-').unwrap();
                assert_eq!(application, label(run, "luban.dev/application"), "{about}");
                let is_key = key.len() == 10
                    && key
                        .bytes()
                        .all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
                assert!(is_key, "{about}: {name}");
            }
        }
    }
}

#[test]
fn every_recorded_event_is_expected_to_come_to_something() {
    let cases = cases();
    for provider in ["github", "gitea", "azure", "onprem"] {
        let used: BTreeSet<&str> = cases
            .iter()
            .filter(|case| case.providers.iter().any(|name| name == provider))
            .flat_map(|case| case.deliveries.iter().map(String::as_str))
            .collect();
        let files = std::fs::read_dir(folder().join(provider)).unwrap();
        let names: Vec<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        let recorded: BTreeSet<&str> = names
            .iter()
            .filter(|name| !name.ends_with(".fields.json"))
            .filter_map(|name| name.strip_suffix(".json"))
            .collect();
        assert_eq!(used, recorded, "{provider}");
    }
}

#[test]
fn a_rebuild_that_is_asked_for_builds_what_a_push_like_an_earlier_one_did_not() {
    let compiled = compiled();
    for (delivery, rebuild) in [("push", ""), ("push-same-second", ""), ("push", "again-1")] {
        dispatched(&passed("gitea", delivery), rebuild, &compiled, None).unwrap();
    }
    assert_eq!(compiled.made.borrow().len(), 2);
    // The test of a webhook names the branch as it is: whoever replays it for a rebuild gets one.
    dispatched(&passed("gitea", "test"), "again-2", &compiled, None).unwrap();
    assert_eq!(compiled.made.borrow().len(), 3);
}

#[test]
fn the_name_of_a_run_is_known_from_its_event() {
    let compiled = compiled();
    dispatched(&passed("azure", "push"), "", &compiled, None).unwrap();
    // SHA-256 of azure, Büro & Co/Bücher 2.0, ref, before, after, id and no rebuild, each after its length in 8 bytes.
    let made = compiled.made.borrow();
    assert_eq!(made[0]["metadata"]["name"], "books-6a654d3f60");
}
