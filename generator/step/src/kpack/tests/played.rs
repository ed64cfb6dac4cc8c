//! A whole wait over an API in process, where kpack and kubelet are played.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::fake::{Api, Fast, State};
use super::objects::*;
use crate::failure::Failure;
use crate::kpack::build_saying;
use crate::testing::call;
use crate::{Redactor, Secret, Stop, World};

pub(super) const COMPILED: &str = "apiVersion: kpack.io/v1alpha2
kind: Image
metadata: {name: books, namespace: ledger-ci, annotations: {luban.dev/project: ledger}}
spec:
  tag: registry.example/acme/books:head
  imageTaggingStrategy: None
  source: {git: {url: 'https://git.example/acme/books', revision: '0000000000000000000000000000000000000000'}}
";
pub(super) const COMPILED_BUILD: &str = "apiVersion: kpack.io/v1alpha2
kind: Build
metadata: {namespace: ledger-ci, labels: {luban.dev/application: books}}
spec:
  tags: [registry.example/acme/books:none]
  source: {git: {url: 'https://git.example/acme/books', revision: '0000000000000000000000000000000000000000'}}
";
pub(super) const RUN: &str = "books-0123456789";

/// How a call ended: what it gave, what it said, its results.
pub(super) struct Ended {
    pub(super) end: Result<(), Failure>,
    pub(super) said: Vec<String>,
    pub(super) results: BTreeMap<String, String>,
}

impl Ended {
    pub(super) fn failure(&self) -> &Failure {
        self.end.as_ref().unwrap_err()
    }

    pub(super) fn log(&self) -> Vec<&str> {
        let lines = self.said.iter().map(String::as_str);
        lines.filter(|line| line.starts_with('[')).collect()
    }
}

pub(super) fn run(api: &Api, object: &str, seconds: u32, stop: &Stop) -> Ended {
    let directory = TempDir::new().unwrap();
    let path = |name: &str| directory.path().join(name).display().to_string();
    std::fs::write(path("object.yaml"), object).unwrap();
    let mut arguments = vec![
        "kpack-build".to_owned(),
        format!("--object={}", path("object.yaml")),
        format!("--revision={A}"),
        format!("--tag={}", tag(A)),
        format!("--name={RUN}"),
        format!("--owner-uid={RUN_UID}"),
        format!("--timeout-seconds={seconds}"),
    ];
    for name in ["digest", "reason", "tags"] {
        arguments.push(format!("--result={name}={}", path(name)));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let redactor = Redactor::default();
    redactor.hide(&Secret::new("hunter22"));
    let clock = Fast::default();
    let world = World {
        clock: &clock,
        redactor: &redactor,
        stop,
    };
    let said = Mutex::new(Vec::new());
    let say = |line: &str| said.lock().unwrap().push(redactor.text(line));
    let end = build_saying(&call(&arguments), &api.cluster(stop), &world, &say);
    let read = |name: &str| std::fs::read_to_string(Path::new(&path(name))).ok();
    let results = ["digest", "reason", "tags"].iter();
    Ended {
        end,
        results: results
            .filter_map(|name| Some(((*name).to_owned(), read(name)?)))
            .collect(),
        said: said.into_inner().unwrap(),
    }
}

/// The pod of Build 2: steps that have run, that which runs, and those to come.
pub(super) fn pod(ended: &[&str], running: &[&str], phase: &str) -> Value {
    let steps = ["prepare", "build"];
    let state = |step: &str| match step {
        step if ended.contains(&step) => {
            json!({"terminated": {"exitCode": 0, "reason": "Completed"}})
        }
        step if running.contains(&step) => {
            json!({"running": {"startedAt": "2026-01-02T03:04:05Z"}})
        }
        _ => json!({"waiting": {"reason": "PodInitializing"}}),
    };
    let statuses: Vec<Value> = steps
        .iter()
        .map(|step| json!({"name": step, "state": state(step)}))
        .collect();
    json!({
        "metadata": {"name": "books-build-2-build-pod", "namespace": "ledger-ci", "uid": "pod-1", "labels": {"kpack.io/build": "books-build-2"}},
        "spec": {
            "initContainers": [{"name": "istio-init"}, {"name": "prepare"}, {"name": "build"}],
            "containers": [{"name": "completion"}],
        },
        "status": {
            "phase": phase,
            "initContainerStatuses": statuses,
            "containerStatuses": [{"name": "completion", "state": state("completion")}],
        },
    })
}

/// kpack and kubelet: an Image that is applied gets Build 2, whose pod runs its steps one after another.
pub(super) fn kpack(state: &mut State, what: &str) {
    match what {
        "PATCH images/books" => {
            let Some(applied) = state.object("images", "books").cloned() else {
                return;
            };
            let generation = applied["metadata"]["generation"].clone();
            state.set(
                "images",
                &with(
                    &applied,
                    "",
                    "status",
                    json!({"observedGeneration": generation}),
                ),
            );
            let mut made = build(2, A);
            made["metadata"]["annotations"] = applied["metadata"]["annotations"].clone();
            made["metadata"]["annotations"]["image.kpack.io/reason"] = json!("COMMIT");
            state.set("builds", &made);
            state.set("pods", &pod(&[], &["prepare"], "Pending"));
        }
        "LOG prepare" if state.times(what) == 1 => {
            state.set("pods", &pod(&["prepare"], &["build"], "Pending"));
        }
        "LOG build" if state.times(what) == 2 => {
            state.set(
                "pods",
                &pod(&["prepare", "build", "completion"], &[], "Succeeded"),
            );
            let made = state.object("builds", "books-build-2").unwrap().clone();
            state.set("builds", &succeeded(&made));
        }
        _ => {}
    }
}

pub(super) fn with_logs(api: &Api) {
    api.state(|state| {
        let logs = [
            ("prepare", vec!["2026-01-02T03:04:05.1Z Loading secrets\n2026-01-02T03:04:05.2Z Cloning\n"]),
            (
                "build",
                vec![
                    "2026-01-02T03:04:07.1Z token=hunter22\n2026-01-02T03:04:07.2Z compil",
                    "2026-01-02T03:04:07.1Z token=hunter22\n2026-01-02T03:04:07.2Z compiling\n",
                    "2026-01-02T03:04:07.1Z token=hunter22\n2026-01-02T03:04:07.2Z compiling\n2026-01-02T03:04:08Z done\n",
                ],
            ),
            ("completion", vec!["2026-01-02T03:04:09Z Build successful"]),
        ];
        for (name, texts) in logs {
            let texts = texts.into_iter().map(ToOwned::to_owned).collect();
            state.logs.insert(name.to_owned(), texts);
        }
    });
}

pub(super) const LOG: [&str; 6] = [
    "[prepare] Loading secrets",
    "[prepare] Cloning",
    "[build] token=***",
    "[build] compiling",
    "[build] done",
    "[completion] Build successful",
];

pub(super) fn is_built(ended: &Ended) {
    ended.end.as_ref().unwrap();
    let expected = [
        ("digest", digest(2)),
        ("reason", "COMMIT".to_owned()),
        ("tags", format!("{}\n{}", tag("head"), tag(A))),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(ended.results, BTreeMap::from(expected));
}
