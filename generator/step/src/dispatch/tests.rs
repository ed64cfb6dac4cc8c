#![allow(clippy::unwrap_used, clippy::panic)]

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::cluster::{ClusterError, Objects, Place};
use crate::yaml;
use crate::{Redactor, Stop, SystemClock};

pub(super) const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(super) const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
pub(super) const ZERO: &str = "0000000000000000000000000000000000000000";

/// The ConfigMaps that this repository's platform is compiled to, and the runs that were made of them.
pub(super) struct Compiled {
    pub(super) maps: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) made: RefCell<Vec<Value>>,
    /// What making a run answers, if not that it was made.
    trouble: Cell<Option<fn() -> ClusterError>>,
}

impl Compiled {
    pub(super) fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines");
        let mut folders = vec![root.join("delivery/dispatch")];
        for project in ["payments", "storefront", "ledger"] {
            folders.push(root.join("projects").join(project).join("dispatch"));
        }
        let files = folders.iter().flat_map(|folder| files(folder));
        let texts: Vec<String> = files
            .map(|file| std::fs::read_to_string(file).unwrap())
            .collect();
        Self::of(texts.iter().map(String::as_str))
    }

    /// The ConfigMaps among objects.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut maps = BTreeMap::new();
        for text in texts {
            let object: Value = yaml::read(text).unwrap();
            if object["kind"] == "ConfigMap" {
                let name = object["metadata"]["name"].as_str().unwrap().to_owned();
                maps.insert(
                    name,
                    serde_json::from_value(object["data"].clone()).unwrap(),
                );
            }
        }
        Self {
            maps,
            made: RefCell::default(),
            trouble: Cell::default(),
        }
    }

    fn names(&self) -> Vec<String> {
        let made = self.made.borrow();
        made.iter()
            .map(|object| object["metadata"]["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

impl Objects for Compiled {
    fn namespace(&self) -> &str {
        "luban-dispatch"
    }

    fn get(&self, place: &Place, name: &str) -> Result<Option<Value>, ClusterError> {
        assert_eq!(
            (place.kind, &*place.namespace),
            ("ConfigMap", "luban-dispatch")
        );
        let data = self.maps.get(name);
        Ok(data.map(|data| serde_json::json!({ "data": data })))
    }
}

impl Cluster for Compiled {
    fn create(&self, object: &Value) -> Result<Created, ClusterError> {
        if let Some(trouble) = self.trouble.take() {
            return Err(trouble());
        }
        let id = |object: &Value| {
            (
                object["metadata"]["namespace"].clone(),
                object["metadata"]["name"].clone(),
            )
        };
        let mut made = self.made.borrow_mut();
        if made.iter().any(|other| id(other) == id(object)) {
            return Ok(Created::AlreadyThere);
        }
        made.push(object.clone());
        Ok(Created::New)
    }
}

/// A repository in which these files changed.
struct Changed(Option<Vec<String>>);

impl Changes for Changed {
    fn between(&self, _: &str, _: &str, _: &str, _: &str) -> Result<Option<Vec<String>>, Failure> {
        Ok(self.0.clone())
    }
}

pub(super) fn event(provider: &str, fields: &[(&str, &str)]) -> Event {
    let mut record: BTreeMap<String, String> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), encoded(value)))
        .collect();
    record.insert("provider".to_owned(), provider.to_owned());
    Event::of_record("dead-letter-x", &record).unwrap()
}

fn github(git_ref: &str, before: &str, after: &str) -> Event {
    event(
        "github",
        &[
            ("kind", "push"),
            ("delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
            ("repository", "acme/payments-api"),
            ("ref", git_ref),
            ("before", before),
            ("after", after),
        ],
    )
}

pub(super) fn dispatched(
    event: &Event,
    rebuild: &str,
    compiled: &Compiled,
    changed: Option<Vec<&str>>,
) -> Result<(), Failure> {
    let (redactor, stop) = (Redactor::default(), Stop::default());
    let world = World {
        clock: &SystemClock,
        redactor: &redactor,
        stop: &stop,
    };
    let changed = Changed(changed.map(|files| files.into_iter().map(str::to_owned).collect()));
    dispatch(event, rebuild, compiled, &changed, &world)
}

pub(super) fn parameters(object: &Value) -> BTreeMap<String, String> {
    let list = object
        .pointer("/spec/arguments/parameters")
        .or_else(|| object.pointer("/spec/params"));
    let list = list.and_then(Value::as_array).unwrap();
    let pair = |parameter: &Value| {
        Some((
            parameter["name"].as_str()?.to_owned(),
            parameter["value"].as_str()?.to_owned(),
        ))
    };
    list.iter().filter_map(pair).collect()
}

#[test]
fn a_push_to_the_release_branch_makes_the_compiled_release_run() {
    let compiled = Compiled::new();
    dispatched(
        &github("refs/heads/main", A, B),
        "",
        &compiled,
        Some(vec!["src/app.py"]),
    )
    .unwrap();
    let made = compiled.made.borrow();
    let api = made
        .iter()
        .find(|run| run["metadata"]["labels"]["luban.dev/application"] == "api")
        .unwrap();
    assert_eq!(api["metadata"]["namespace"], "payments-ci");
    assert_eq!(api["metadata"]["labels"]["luban.dev/occasion"], "release");
    let parameters = parameters(api);
    assert_eq!(parameters["revision"], B);
    assert_eq!(parameters["ref"], encoded("refs/heads/main"));
    assert_eq!(
        parameters["source"],
        "https://github.com/acme/payments-api.git"
    );
}

#[test]
fn nothing_but_name_and_declared_parameters_differs_from_the_template() {
    let compiled = Compiled::new();
    dispatched(&github("refs/heads/main", A, B), "", &compiled, None).unwrap();
    let made = compiled.made.borrow();
    let template: Value =
        yaml::read(&compiled.maps["dispatch-project-payments"]["api.release.yaml"]).unwrap();
    let mut made = made
        .iter()
        .find(|run| run["metadata"]["labels"]["luban.dev/application"] == "api")
        .unwrap()
        .clone();
    made["metadata"].as_object_mut().unwrap().remove("name");
    for parameter in made["spec"]["arguments"]["parameters"]
        .as_array_mut()
        .unwrap()
    {
        if parameter["name"] == "revision" || parameter["name"] == "ref" {
            parameter["value"] = json!("");
        }
    }
    assert_eq!(made, template);
}

#[test]
fn an_event_that_comes_twice_makes_one_run_and_a_rebuild_makes_another() {
    let compiled = Compiled::new();
    let event = github("refs/heads/main", A, B);
    dispatched(&event, "", &compiled, None).unwrap();
    let once = compiled.names();
    dispatched(&event, "", &compiled, None).unwrap();
    assert_eq!(compiled.names(), once);
    dispatched(&event, "again", &compiled, None).unwrap();
    dispatched(&event, "again", &compiled, None).unwrap();
    assert_eq!(compiled.names().len(), 2 * once.len());
}

#[test]
fn a_recorded_event_is_replayed_as_it_came_and_a_record_that_is_none_is_refused() {
    let mut compiled = Compiled::new();
    let fields = [
        ("kind", "push"),
        ("delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
        ("repository", "acme/payments-api"),
        ("ref", "refs/heads/main"),
        ("before", A),
        ("after", B),
    ];
    let mut record: BTreeMap<String, String> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), encoded(value)))
        .collect();
    record.insert("provider".to_owned(), "github".to_owned());
    compiled
        .maps
        .insert("dead-letter-x7k2p".to_owned(), record.clone());
    record.remove("provider");
    compiled.maps.insert("dead-letter-none".to_owned(), record);
    let replayed = |arguments: &[&str]| {
        let mut all = vec!["dispatch", "--provider=github"];
        all.extend(arguments);
        crate::testing::with_world(|world| {
            run(
                &crate::testing::call(&all),
                &compiled,
                &Changed(None),
                world,
            )
        })
    };
    replayed(&["--replay=dead-letter-x7k2p"]).unwrap();
    let names = compiled.names();
    assert_eq!(names.len(), 2);
    // The event itself, which came through after all.
    dispatched(&github("refs/heads/main", A, B), "", &compiled, None).unwrap();
    assert_eq!(compiled.names(), names);
    replayed(&["--replay=dead-letter-x7k2p", "--rebuild=again"]).unwrap();
    assert_eq!(compiled.names().len(), 4);
    for (name, words) in [
        (
            "dead-letter-gone",
            "there is no ConfigMap `dead-letter-gone`",
        ),
        ("dead-letter-none", "names no provider"),
    ] {
        let failure = replayed(&[&format!("--replay={name}")]).unwrap_err();
        assert!(failure.message.contains(words), "{}", failure.message);
        assert_eq!(failure.exit, Exit::Usage);
        assert!(failure.help.unwrap().contains("kubectl get configmaps"));
    }
}

#[test]
fn a_branch_that_is_pushed_forth_back_and_forth_again_builds_each_time() {
    let compiled = Compiled::new();
    let mut count = 0;
    for (delivery, before, after) in [("1", A, B), ("2", B, A), ("3", A, B)] {
        let event = event(
            "github",
            &[
                ("kind", "push"),
                ("delivery", delivery),
                ("repository", "acme/payments-api"),
                ("ref", "refs/heads/main"),
                ("before", before),
                ("after", after),
            ],
        );
        dispatched(&event, "", &compiled, None).unwrap();
        let now = compiled.names().len();
        assert!(now > count, "delivery {delivery}");
        count = now;
    }
}

#[test]
fn a_tag_is_for_retagging_and_a_branch_that_no_pattern_names_builds_nothing() {
    let compiled = Compiled::new();
    dispatched(&github("refs/tags/v1.2.0", ZERO, B), "", &compiled, None).unwrap();
    let made = compiled.made.take();
    assert!(!made.is_empty());
    for run in &made {
        assert_eq!(run["metadata"]["labels"]["luban.dev/occasion"], "tag");
        assert_eq!(run["spec"]["workflowTemplateRef"]["name"], "retag");
    }
    dispatched(&github("refs/heads/experiment", A, B), "", &compiled, None).unwrap();
    assert_eq!(compiled.names(), Vec::<String>::new());
}

#[test]
fn a_deleted_ref_a_note_and_a_pull_request_build_nothing() {
    let compiled = Compiled::new();
    for (git_ref, after) in [
        ("refs/heads/main", ZERO),
        ("refs/tags/v1", ZERO),
        ("refs/notes/commits", B),
        ("refs/pull/7/head", B),
        ("refs/heads/", B),
        ("refs/heads/a..b", B),
        ("main", B),
    ] {
        dispatched(&github(git_ref, A, after), "", &compiled, None).unwrap();
    }
    assert_eq!(compiled.names(), Vec::<String>::new());
}

#[test]
fn each_ref_of_a_push_to_azure_counts_by_itself() {
    let compiled = Compiled::new();
    let updates = json!([
        {"name": "refs/heads/main", "oldObjectId": A, "newObjectId": B},
        {"name": "refs/heads/gone", "oldObjectId": A, "newObjectId": ZERO},
        {"name": "refs/tags/v1.0", "oldObjectId": ZERO, "newObjectId": B, "repositoryId": "7"},
    ]);
    let event = event(
        "azure",
        &[
            ("kind", "git.push"),
            ("delivery", "03c164c2-8912-4d5e-8009-3707d5f83734"),
            ("repository", "Finance/Books"),
            ("updates", &updates.to_string()),
        ],
    );
    dispatched(&event, "", &compiled, None).unwrap();
    let made = compiled.made.borrow();
    let occasions: Vec<&str> = made
        .iter()
        .map(|run| {
            run["metadata"]["labels"]["luban.dev/occasion"]
                .as_str()
                .unwrap()
        })
        .collect();
    assert_eq!(occasions, ["release", "tag"]);
}

#[test]
fn pings_and_unknown_kinds_end_quietly() {
    let compiled = Compiled::new();
    for (provider, kind) in [
        ("github", "ping"),
        ("github", "workflow_run"),
        ("github", ""),
        ("gitea", "issues"),
        ("azure", "git.pullrequest.created"),
        ("onprem", "tfvc.checkin"),
    ] {
        let event = event(
            provider,
            &[("kind", kind), ("repository", "acme/payments-api")],
        );
        assert_eq!(
            dispatched(&event, "", &compiled, None),
            Ok(()),
            "{provider} {kind}"
        );
    }
    assert_eq!(compiled.names(), Vec::<String>::new());
}

#[test]
fn the_gitops_repository_builds_nothing_whatever_its_letters() {
    let compiled = Compiled::new();
    for repository in ["acme/platform", "Acme/Platform"] {
        let event = event(
            "github",
            &[
                ("kind", "push"),
                ("repository", repository),
                ("ref", "refs/heads/main"),
                ("before", A),
                ("after", B),
            ],
        );
        assert_eq!(dispatched(&event, "", &compiled, None), Ok(()));
    }
}

#[test]
fn the_gitops_repository_is_known_by_every_url_that_people_write_for_it() {
    for (url, repository) in [
        ("https://github.com/acme/platform.git", "acme/platform"),
        (
            "https://dev.azure.com/acme/My%20Ops/_git/B%C3%BCro",
            "My Ops/Büro",
        ),
        ("https://dev.azure.com/acme/_git/Tools", "tools/tools"),
        (
            "https://ado.acme.internal/tfs/Main/Ops/_git/100%25",
            "Ops/100%",
        ),
    ] {
        let mut settings = tables::settings(&Compiled::new()).unwrap();
        settings.gitops.repository = url.to_owned();
        assert!(is_gitops(&settings, "github", repository), "{url}");
        for other in ["", "acme", "cme/platform", "other/tools", "platform"] {
            assert!(!is_gitops(&settings, "github", other), "{url}: {other}");
        }
        assert!(!is_gitops(&settings, "gitea", repository), "{url}");
    }
}

#[test]
fn a_repository_that_nobody_builds_from_has_an_exit_code_of_its_own() {
    let compiled = Compiled::new();
    for repository in ["acme/renamed", "", "a%20b/c", "../../x", "ünïcode/wörld"] {
        let event = event(
            "github",
            &[
                ("kind", "push"),
                ("repository", repository),
                ("ref", "refs/heads/main"),
                ("before", A),
                ("after", B),
            ],
        );
        let failure = dispatched(&event, "", &compiled, None).unwrap_err();
        assert_eq!(failure.exit, Exit::UnknownRepository);
        assert!(
            failure.message.contains(&format!("`{repository}`")),
            "{}",
            failure.message
        );
    }
    assert_eq!(compiled.names(), Vec::<String>::new());
}

#[test]
fn only_applications_whose_paths_changed_are_built() {
    let push = |repository: &str| {
        event(
            "github",
            &[
                ("kind", "push"),
                ("repository", repository),
                ("ref", "refs/heads/main"),
                ("before", A),
                ("after", B),
            ],
        )
    };
    let railpack = push("railwayapp/railpack");
    let built = |changed: Option<Vec<&str>>| {
        let compiled = Compiled::new();
        dispatched(&railpack, "", &compiled, changed).unwrap();
        let made = compiled.made.borrow();
        let names = made.iter().map(|run| {
            run["metadata"]["labels"]["luban.dev/application"]
                .as_str()
                .unwrap()
                .to_owned()
        });
        names.collect::<Vec<String>>()
    };
    assert_eq!(
        built(Some(vec!["examples/node-next/package.json"])),
        ["web"]
    );
    assert_eq!(built(Some(vec!["README.md"])), Vec::<String>::new());
    assert_eq!(built(None).len(), 3, "what changed cannot be known");
}

#[test]
fn a_run_that_cannot_be_made_keeps_no_other_from_being_made() {
    let compiled = Compiled::new();
    compiled.trouble.set(Some(|| ClusterError::Forbidden {
        operation: "create".to_owned(),
        why: "no".to_owned(),
    }));
    let event = event(
        "github",
        &[
            ("kind", "push"),
            ("repository", "railwayapp/railpack"),
            ("ref", "refs/heads/main"),
            ("before", A),
            ("after", B),
        ],
    );
    let failure = dispatched(&event, "", &compiled, None).unwrap_err();
    assert_eq!(failure.exit, Exit::Failed);
    assert_eq!(compiled.names().len(), 2);
    compiled.trouble.set(Some(|| ClusterError::Unreachable {
        operation: "create".to_owned(),
        why: "no".to_owned(),
    }));
    assert_eq!(
        dispatched(&event, "", &compiled, None).unwrap_err().exit,
        Exit::Transient
    );
    dispatched(&event, "", &compiled, None).unwrap();
    assert_eq!(compiled.names().len(), 3);
}

#[test]
fn a_field_that_is_not_what_a_sensor_passes_is_refused_by_its_name() {
    let mut record = BTreeMap::from([("provider".to_owned(), "github".to_owned())]);
    record.insert("ref".to_owned(), "not base64!".to_owned());
    let failure = Event::of_record("x", &record).unwrap_err();
    assert!(
        failure.message.contains("`--ref` is not base64"),
        "{}",
        failure.message
    );
    record.insert(
        "ref".to_owned(),
        base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [0xff, 0xfe]),
    );
    assert!(
        Event::of_record("x", &record)
            .unwrap_err()
            .message
            .contains("UTF-8")
    );
    record.remove("provider");
    assert_eq!(
        Event::of_record("x", &record).unwrap_err().exit,
        Exit::Usage
    );

    let compiled = Compiled::new();
    for (before, after) in [
        ("main", B),
        (A, "$(id)"),
        (A, ""),
        (A, "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"),
    ] {
        let failure = dispatched(
            &github("refs/heads/main", before, after),
            "",
            &compiled,
            None,
        )
        .unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
    }
    let updates = event(
        "azure",
        &[
            ("kind", "git.push"),
            ("repository", "finance/books"),
            ("updates", "{"),
        ],
    );
    assert!(
        dispatched(&updates, "", &compiled, None)
            .unwrap_err()
            .message
            .contains("refUpdates")
    );
    let nobody = event("gitlab", &[("kind", "push")]);
    assert!(
        dispatched(&nobody, "", &compiled, None)
            .unwrap_err()
            .message
            .contains("no provider `gitlab`")
    );
}

#[test]
fn tables_of_another_version_are_said_with_what_to_do() {
    let mut compiled = Compiled::new();
    let table = compiled.maps.get_mut("dispatch-project-payments").unwrap();
    let text = table.remove("api.release.yaml").unwrap();
    let failure = dispatched(&github("refs/heads/main", A, B), "", &compiled, None).unwrap_err();
    assert!(
        failure.message.contains("has no key `api.release.yaml`"),
        "{}",
        failure.message
    );
    let table = compiled.maps.get_mut("dispatch-project-payments").unwrap();
    table.insert(
        "api.release.yaml".to_owned(),
        text.replace("name: revision", "name: other"),
    );
    let failure = dispatched(&github("refs/heads/main", A, B), "", &compiled, None).unwrap_err();
    assert!(
        failure
            .message
            .contains("does not declare parameter `revision`"),
        "{}",
        failure.message
    );
    compiled.maps.remove("dispatch-settings");
    let failure = dispatched(&github("refs/heads/main", A, B), "", &compiled, None).unwrap_err();
    assert_eq!(failure.exit, Exit::Transient);
}

fn push_of(name: &str, before: &str, after: &str) -> Push {
    Push {
        name: name.to_owned(),
        git_ref: event::GitRef::Branch(name.to_owned()),
        before: before.to_owned(),
        after: after.to_owned(),
        delivery: String::new(),
    }
}

proptest! {
    /// Defect W10: a label was the name of a repository as it came, too long or of letters that no label has.
    #[test]
    fn a_name_is_a_label_and_tells_any_two_events_apart(
        application in "[a-z]([a-z0-9-]{0,61}[a-z0-9])?",
        first in (".{0,40}", "[0-9a-f]{40}", "[0-9a-f]{40}"),
        second in (".{0,40}", "[0-9a-f]{40}", "[0-9a-f]{40}"),
    ) {
        let name = |(git_ref, before, after): &(String, String, String)| {
            let push = push_of(git_ref, before, after);
            Key { provider: "github", repository: "a/b", push: &push, rebuild: "" }.name(&application)
        };
        let (one, other) = (name(&first), name(&second));
        prop_assert_eq!(one == other, first == second);
        prop_assert!(one.len() <= 63);
        prop_assert!(one.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        prop_assert!(!one.starts_with('-') && !one.ends_with('-'));
    }

    #[test]
    fn any_ref_that_git_allows_reaches_the_run_as_it_is(branch in "[^\\x00-\\x20~^:?*\\[\\\\\\x7f]{1,60}") {
        let Some(event::GitRef::Branch(_)) = (match event::meaning(&github(&format!("refs/heads/{branch}"), A, B), Dialect::GitHub) {
            Ok(Meaning::Pushes { mut pushes, .. }) => pushes.pop().map(|push| push.git_ref),
            _ => None,
        }) else {
            return Ok(());
        };
        let template = "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  namespace: team-ci\nspec:\n  arguments:\n    parameters:\n    - name: ref\n      value: \"\"\n";
        let run = luban_platform::dispatch_table::Run {
            kind: "Workflow".to_owned(),
            namespace: "team-ci".to_owned(),
            config_map: "c".to_owned(),
            key: "k".to_owned(),
            parameters: vec!["ref".to_owned()],
        };
        let name = format!("refs/heads/{branch}");
        let object = run::filled(&run, template, "n", &[("ref", encoded(&name))]).unwrap();
        let value = object["spec"]["arguments"]["parameters"][0]["value"].as_str().unwrap();
        prop_assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)));
        let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, value).unwrap();
        prop_assert_eq!(decoded, name.into_bytes());
    }
}
