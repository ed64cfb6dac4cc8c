//! Fields that exclude each other are found out, by name; generators nest as deep as upstream's.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "../../named.rs"]
mod named;

use luban_api_argo_cd::{
    ApplicationDestination, ApplicationSetGenerator, ApplicationSetNestedGenerator,
    ApplicationSetTerminalGenerator, ApplicationSource, ApplicationSourcePluginParameter,
    ApplicationSpec, Cluster, DrySource, DryTool, Generator, KustomizePatch, NestedGenerator,
    Patch, PluginParameter, PullRequestGenerator, PullRequestProvider, SCMProvider,
    SCMProviderGenerator, Sources, TerminalGenerator, Tool, UNIONS,
};
use named::assert_names;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

fn read<T: DeserializeOwned>(value: Value) -> T {
    from_value(value).unwrap()
}

#[test]
fn a_matrix_inside_a_merge_holds_generators_again() {
    let written = json!({"merge": {
        "mergeKeys": ["server"],
        "generators": [
            {"clusters": {"values": {"replicas": "1"}}},
            {"matrix": {"generators": [
                {"git": {"repoURL": "https://git.example.org/a.git", "revision": "main", "files": [{"path": "a/*.json"}]}},
                {"list": {"elements": [{"server": "https://snd.example.org"}]}, "selector": {"matchLabels": {"a": "b"}}},
            ]}},
            {"merge": {"mergeKeys": ["name"], "generators": [
                {"scmProvider": {"gitea": {"owner": "shop", "api": "https://git.example.org"}}},
                {"plugin": {"configMapRef": {"name": "plugin"}, "input": {"parameters": {"a": [1]}}}},
            ]}},
        ],
    }});
    let generator: ApplicationSetGenerator = read(written.clone());
    let Ok(Generator::Merge(merge)) = generator.kind() else {
        panic!("{:?}", generator.kind())
    };
    let [_, matrix, inner_merge] = merge.generators.as_slice() else {
        panic!("{:?}", merge.generators)
    };
    let Ok(NestedGenerator::Matrix(matrix)) = matrix.kind() else {
        panic!("{:?}", matrix.kind())
    };
    let kinds: Vec<_> = matrix.generators.iter().map(|one| one.kind()).collect();
    assert!(matches!(
        kinds.as_slice(),
        [
            Ok(TerminalGenerator::Git(_)),
            Ok(TerminalGenerator::List(_))
        ]
    ));
    assert!(
        matches!(inner_merge.kind(), Ok(NestedGenerator::Merge(merge)) if merge.merge_keys == ["name"])
    );
    assert_eq!(to_value(&generator).unwrap(), written);
}

#[test]
fn upstream_nests_generators_no_deeper() {
    let third: ApplicationSetTerminalGenerator =
        read(json!({"matrix": {"generators": []}, "list": {}}));
    assert_eq!(to_value(third).unwrap(), json!({"list": {}}));
}

#[test]
fn a_generator_that_is_two_or_none_is_refused_with_their_names() {
    let two: ApplicationSetGenerator =
        read(json!({"clusters": {}, "git": {"repoURL": "", "revision": ""}, "selector": {}}));
    let error = two.kind().unwrap_err().to_string();
    assert!(
        error.ends_with("must be set: `clusters` and `git` are"),
        "{error}"
    );
    let none: ApplicationSetGenerator = read(json!({"selector": {}}));
    assert!(none.kind().unwrap_err().set().is_empty());
}

#[test]
fn a_generator_asks_one_host() {
    let scm: SCMProviderGenerator = read(
        json!({"azureDevOps": {"organization": "o", "teamProject": "p", "accessTokenRef": {"secretName": "s", "key": "k"}}, "cloneProtocol": "ssh"}),
    );
    assert!(
        matches!(scm.provider(), Ok(SCMProvider::AzureDevOps(azure)) if azure.team_project == "p")
    );
    let pull: PullRequestGenerator = read(
        json!({"azuredevops": {"organization": "o", "project": "p", "repo": "r"}, "values": {"a": "b"}}),
    );
    assert!(
        matches!(pull.provider(), Ok(PullRequestProvider::AzureDevOps(azure)) if azure.repo == "r")
    );
    let both: PullRequestGenerator =
        read(json!({"github": {"owner": "o", "repo": "r"}, "gitlab": {"project": "p"}}));
    assert_eq!(both.provider().unwrap_err().set(), ["github", "gitlab"]);
}

#[test]
fn an_application_has_sources_of_one_sort() {
    let spec = |fields: Value| -> ApplicationSpec { read(fields) };
    let one = spec(json!({"source": {"repoURL": "r"}, "destination": {"name": "snd"}}));
    assert!(matches!(one.manifests(), Ok(Some(Sources::One(source))) if source.repo_url == "r"));
    assert_eq!(one.destination.cluster(), Ok(Some(Cluster::Name("snd"))));
    let both = spec(json!({"source": {"repoURL": "r"}, "sources": [{"repoURL": "r"}]}));
    assert_eq!(both.manifests().unwrap_err().set(), ["source", "sources"]);
    assert_eq!(spec(json!({})).manifests(), Ok(None));
    let cluster: ApplicationDestination = read(json!({"name": "a", "server": "b"}));
    assert_eq!(cluster.cluster().unwrap_err().set(), ["server", "name"]);
}

#[test]
fn a_source_is_rendered_by_one_tool() {
    let source: ApplicationSource = read(json!({"repoURL": "r", "kustomize": {}}));
    assert!(matches!(source.tool(), Ok(Some(Tool::Kustomize(_)))));
    let source: ApplicationSource = read(json!({"repoURL": "r", "helm": {}, "directory": {}}));
    assert_eq!(source.tool().unwrap_err().set(), ["helm", "directory"]);
    let source: DrySource = read(json!({"plugin": {"name": "cue"}}));
    assert!(matches!(source.tool(), Ok(Some(DryTool::Plugin(_)))));
    let patch: KustomizePatch = read(json!({"patch": "[]"}));
    assert_eq!(patch.content(), Ok(Some(Patch::Text("[]"))));
}

#[test]
fn an_empty_list_or_mapping_is_a_plugins_value() {
    for (written, expected) in [
        (json!({"name": "a", "array": []}), "array"),
        (json!({"name": "a", "map": {}}), "map"),
    ] {
        let parameter: ApplicationSourcePluginParameter = read(written.clone());
        let found = match parameter.value() {
            Ok(Some(PluginParameter::Array([]))) => "array",
            Ok(Some(PluginParameter::Map(map))) if map.is_empty() => "map",
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected);
        assert_eq!(to_value(parameter).unwrap(), written);
    }
}

#[test]
fn every_rule_is_in_the_list_once() {
    let mut owners: Vec<_> = UNIONS
        .iter()
        .map(|union| (union.owner, union.fields))
        .collect();
    let all = owners.len();
    owners.sort_unstable();
    owners.dedup();
    assert_eq!(owners.len(), all);
    assert!(UNIONS.contains(&Generator::UNION) && !UNIONS.contains(&Cluster::UNION));
}

#[test]
fn rules_name_fields_that_there_are() {
    assert_names::<ApplicationSpec>(Sources::UNION);
    assert_names::<ApplicationDestination>(Cluster::UNION);
    assert_names::<ApplicationSource>(Tool::UNION);
    assert_names::<DrySource>(DryTool::UNION);
    assert_names::<ApplicationSourcePluginParameter>(PluginParameter::UNION);
    assert_names::<KustomizePatch>(Patch::UNION);
    assert_names::<ApplicationSetGenerator>(Generator::UNION);
    assert_names::<ApplicationSetNestedGenerator>(NestedGenerator::UNION);
    assert_names::<ApplicationSetTerminalGenerator>(TerminalGenerator::UNION);
    assert_names::<SCMProviderGenerator>(SCMProvider::UNION);
    assert_names::<PullRequestGenerator>(PullRequestProvider::UNION);
}
