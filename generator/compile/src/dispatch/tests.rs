use super::*;
use crate::testing;
use luban_command::DISPATCH as VERB;
use luban_platform::Platform;
use luban_platform::dispatch_table::{
    INDEX_KEY, Index, SETTINGS_KEY, Settings, TABLE_KEY, Table, index_name, index_shard,
    repository_key,
};
use luban_platform::lock::Lock;
use serde_json::Value;
use std::collections::BTreeSet;

fn files(platform: &Platform) -> BTreeMap<String, String> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let mut folders = vec![folder(&context).unwrap()];
    for project in &platform.projects {
        folders.push(project_folder(&context, project).unwrap());
    }
    folders
        .into_iter()
        .flat_map(|folder| folder.finish().unwrap())
        .map(|file| (file.path, file.text))
        .collect()
}

fn object(platform: &Platform, file: &str) -> Value {
    let files = files(platform);
    let (_, text) = files
        .iter()
        .find(|(path, _)| path.ends_with(file))
        .unwrap_or_else(|| panic!("no {file} among {:?}", files.keys()));
    serde_yaml::from_str(text).unwrap()
}

fn entry<T: serde::de::DeserializeOwned>(platform: &Platform, name: &str, key: &str) -> T {
    let object = object(platform, &format!("configmap-{name}.yaml"));
    serde_yaml::from_str(object["data"][key].as_str().unwrap()).unwrap()
}

/// Paths of files that `edits` of the platform change.
fn changed_by(edits: &[(&str, &str)]) -> Vec<String> {
    let (one, other) = (files(&testing::platform()), files(&testing::edited(edits)));
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let changed = paths
        .into_iter()
        .filter(|path| one.get(*path) != other.get(*path));
    changed
        .map(|path| path.rsplit('/').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn dispatch_is_called_with_each_parameter_by_its_name() {
    let template = object(&testing::platform(), "workflowtemplate-dispatch.yaml");
    let spec = &template["spec"];
    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().unwrap();
        list.iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let flags = VERB.flags.iter().map(|flag| flag.name);
    let of_events = |name: &&str| !["credentials", "certificate-authorities"].contains(name);
    let flags: Vec<_> = flags.filter(of_events).collect();
    assert_eq!(flags.len(), VERB.flags.len() - 2);
    assert_eq!(names(&spec["arguments"]["parameters"]), flags);
    let step = &spec["templates"][0];
    assert_eq!(names(&step["inputs"]["parameters"]), flags);
    let args = step["container"]["args"].as_array().unwrap();
    for flag in flags {
        let arg = format!("--{flag}={{{{inputs.parameters.{flag}}}}}");
        assert!(args.iter().any(|known| *known == arg), "{arg}");
    }
}

/// The container of dispatch, and the files of the Secrets that it sees, as `Secret: path`.
fn container_and_files(platform: &Platform) -> (Value, Vec<String>) {
    let template = object(platform, "workflowtemplate-dispatch.yaml");
    let step = &template["spec"]["templates"][0];
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let volumes = list(&step["volumes"]).into_iter();
    let sources = volumes.flat_map(|volume| list(&volume["projected"]["sources"]));
    let files = sources.flat_map(|source| {
        let name = source["secret"]["name"].as_str().unwrap().to_owned();
        let items = list(&source["secret"]["items"]).into_iter();
        items.map(move |item| format!("{name}: {}", item["path"].as_str().unwrap()))
    });
    (step["container"].clone(), files.collect())
}

/// What the container is told of providers.
fn told(container: &Value) -> Vec<&str> {
    let args = container["args"].as_array().unwrap().iter();
    args.filter_map(Value::as_str)
        .filter(|arg| arg.starts_with("--credentials") || arg.starts_with("--certificate"))
        .collect()
}

#[test]
fn dispatch_knows_the_providers_of_applications_with_path_filters_and_no_others() {
    let (container, files) = container_and_files(&testing::platform());
    assert_eq!(
        files,
        [
            "github-creds: github/username",
            "github-creds: github/password"
        ]
    );
    assert_eq!(told(&container), ["--credentials=/luban/providers"]);
    assert_eq!(
        container["volumeMounts"][1]["mountPath"],
        "/luban/providers"
    );
    let platform = testing::filtered(&[testing::STOREFRONT_ON_GITEA], &["recommend", "books"]);
    let (container, files) = container_and_files(&platform);
    assert_eq!(
        files,
        [
            "azure-creds: azure/username",
            "azure-creds: azure/password",
            "gitea-creds: gitea/username",
            "gitea-creds: gitea/password",
            "acme-ca: gitea/ca.crt",
        ]
    );
    assert_eq!(
        told(&container),
        [
            "--credentials=/luban/providers",
            "--certificate-authorities=/luban/providers"
        ]
    );
}

#[test]
fn dispatch_that_asks_no_provider_holds_no_credential() {
    let platform = testing::filtered(&[], &[]);
    let (container, files) = container_and_files(&platform);
    assert_eq!((told(&container).len(), files.len()), (0, 0));
    let template = object(&platform, "workflowtemplate-dispatch.yaml");
    assert_eq!(template["spec"]["templates"][0].get("volumes"), None);
    assert_eq!(container.get("volumeMounts"), None);
}

#[test]
fn git_in_dispatch_has_somewhere_to_write_and_goes_through_the_proxy() {
    let (container, _) = container_and_files(&testing::edited(&[(
        "registryEgress: {cidrs: [10.20.0.0/16, 140.82.112.0/20, 185.199.108.0/22]}",
        "registryEgress: {proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.1/32}}",
    )]));
    let variable = |name: &str| {
        let mut variables = container["env"].as_array().unwrap().iter();
        variables
            .find(|variable| variable["name"] == name)
            .map(|variable| variable["value"].as_str().unwrap().to_owned())
    };
    let home = variable("HOME").unwrap();
    assert_eq!(variable("TMPDIR").as_ref(), Some(&home));
    let mount = &container["volumeMounts"][0];
    assert_eq!(mount["mountPath"], home);
    assert_eq!(mount.get("readOnly"), None);
    assert_eq!(
        variable("HTTPS_PROXY").as_deref(),
        Some("http://proxy.acme.internal:3128")
    );
}

#[test]
fn a_run_of_dispatch_ends_and_is_tried_again_for_transient_faults_only() {
    let template = object(&testing::platform(), "workflowtemplate-dispatch.yaml");
    let spec = &template["spec"];
    let step = &spec["templates"][0];
    let retry = &step["retryStrategy"];
    assert_eq!(retry["expression"], crate::argo::time::is_transient());
    let attempts = retry["limit"].as_i64().unwrap() + 1;
    let attempt = step["activeDeadlineSeconds"].as_i64().unwrap();
    assert!(spec["activeDeadlineSeconds"].as_i64().unwrap() > attempts * attempt);
    assert_eq!(spec["ttlStrategy"]["secondsAfterFailure"], 72 * 3600);
    assert_eq!(
        changed_by(&[("hours: 72", "hours: 24")]),
        ["workflowtemplate-dispatch.yaml"]
    );
}

#[test]
fn sensors_may_create_runs_and_records_here_and_nothing_else() {
    let platform = testing::platform();
    let granted = |file: &str| -> Vec<String> {
        let role = object(&platform, file);
        let rules = role["rules"].as_array().unwrap();
        let rule = |rule: &Value| format!("{} {}", rule["verbs"][0], rule["resources"]);
        assert!(
            rules
                .iter()
                .all(|rule| rule["verbs"].as_array().unwrap().len() == 1)
        );
        rules.iter().map(rule).collect()
    };
    assert_eq!(
        granted("role-luban-events-sensor.yaml"),
        [r#""create" ["configmaps"]"#, r#""create" ["workflows"]"#]
    );
    assert_eq!(
        granted("role-luban-events-rebuild-sensor.yaml"),
        [r#""create" ["configmaps"]"#]
    );
}

#[test]
fn dispatch_finds_the_applications_of_a_repository() {
    let platform = testing::platform();
    let settings: Settings = entry(&platform, "dispatch-settings", SETTINGS_KEY);
    assert_eq!(settings.index_shards, 1);
    let key = repository_key("github", "Acme/Payments-API");
    let name = index_name(index_shard(&key, settings.index_shards));
    let index: Index = entry(&platform, &name, INDEX_KEY);
    assert_eq!(index.0[&key], ["payments"]);
    let table: Table = entry(&platform, "dispatch-project-payments", TABLE_KEY);
    let rows: Vec<_> = table
        .applications
        .iter()
        .filter(|row| repository_key(&row.provider, &row.repository) == key)
        .map(|row| row.application.as_str())
        .collect();
    assert_eq!(rows, ["api", "worker"]);
}

#[test]
fn the_index_of_ten_thousand_repositories_is_in_shards_that_can_be_applied() {
    let mut platform = testing::platform();
    let mut project = platform.projects[0].as_ref().clone();
    let first = project.applications[0].clone();
    project.applications = (0..10_000)
        .map(|i| {
            let mut application = first.clone();
            let name = format!("acme/a-repository-with-a-long-name-{i}");
            application.source.repository =
                luban_platform::names::RepositoryName::new(name).unwrap();
            application
        })
        .collect();
    platform.projects = vec![project.into()];
    let shards = index::shards(&platform).unwrap();
    assert!(shards.len() > 1 && shards.len().is_power_of_two());
    let mut entries = 0;
    for shard in &shards {
        let bytes = serde_json::to_string(shard).unwrap().len();
        assert!(bytes < 256 << 10, "{bytes}");
        let text = &shard.data.as_ref().unwrap()[INDEX_KEY];
        let index: Index = serde_yaml::from_str(text).unwrap();
        for key in index.0.keys() {
            let name = index_name(index_shard(key, u32::try_from(shards.len()).unwrap()));
            assert_eq!(shard.metadata.name.as_ref(), Some(&name));
        }
        entries += index.0.len();
    }
    assert_eq!(entries, 10_000);
}

#[test]
fn each_setting_changes_its_tables_and_no_other() {
    for (from, to, files) in [
        (
            "kargo: \"1.11\"",
            "kargo: \"1.10\"",
            vec!["configmap-dispatch-settings.yaml"],
        ),
        (
            "host: events.acme.dev",
            "host: hooks.acme.dev",
            vec!["configmap-dispatch-settings.yaml"],
        ),
        (
            "branch: main\n    provider",
            "branch: live\n    provider",
            vec!["configmap-dispatch-settings.yaml"],
        ),
        (
            "repository: books",
            "repository: ledgers",
            vec![
                "configmap-dispatch-index-0.yaml",
                "configmap-dispatch-project-ledger.yaml",
            ],
        ),
        (
            "\"release/*\"]",
            "\"next/*\"]",
            vec!["configmap-dispatch-project-storefront.yaml"],
        ),
        (
            "\"examples/shared/**\"",
            "\"examples/common/**\"",
            vec!["configmap-dispatch-project-storefront.yaml"],
        ),
    ] {
        assert_eq!(changed_by(&[(from, to)]), files, "{from}");
    }
}
