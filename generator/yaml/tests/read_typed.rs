//! What a user is told about a file that is read into a type.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;

use indexmap::IndexMap;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::Pod;
use luban_diagnostic::{Finding, Sources, human};
use luban_yaml::{Budget, Document, parse, read};
use serde::{Deserialize, Deserializer};

fn document(text: &str) -> Document {
    let mut documents = parse("a.yaml", text.as_bytes(), &Budget::default()).unwrap();
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// `line:column rule message [help]` of each finding.
fn lines(findings: &[Finding]) -> Vec<String> {
    let line = |finding: &Finding| {
        let start = finding.place.as_ref().unwrap().span.start;
        let help = finding
            .help
            .as_ref()
            .map_or_else(String::new, |help| format!(" [{help}]"));
        format!(
            "{}:{} {} {}{help}",
            start.line, start.column, finding.rule, finding.message
        )
    };
    findings.iter().map(line).collect()
}

fn told<T: for<'de> Deserialize<'de>>(text: &str) -> (Option<T>, Vec<String>) {
    let document = document(text);
    let (value, findings) = read(&document);
    (value, lines(&findings))
}

#[derive(Debug, PartialEq)]
struct Label(String);

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_label = !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        if is_label {
            Ok(Self(text))
        } else {
            Err(serde::de::Error::custom(format!(
                "`{text}` is not a DNS label"
            )))
        }
    }
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Platform {
    #[serde(default)]
    projects: Vec<Project>,
    registry: Option<Registry>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    ports: IndexMap<u16, u32>,
    max_builds: Option<u8>,
    ratio: Option<f64>,
    #[serde(default)]
    is_public: bool,
    free: Option<serde_json::Value>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Project {
    name: Label,
    source_url: String,
    #[serde(default)]
    build: Build,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Build {
    #[default]
    Kpack,
    Buildkit(Buildkit),
    Railpack {
        version: String,
    },
    Pair(u8, u8),
}

#[derive(Debug, PartialEq, Deserialize)]
struct Buildkit {
    dockerfile: String,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Registry {
    host: Label,
}

#[test]
fn a_right_file_gives_its_value_and_no_finding() {
    let (value, lines) = told::<Platform>(
        r#"
projects:
- name: shop
  sourceUrl: https://example/x
- {name: till, sourceUrl: u, build: {buildkit: {dockerfile: Dockerfile}}}
- name: bar
  sourceUrl: "z"
  build:
    railpack:
      version: "1.0"
- name: q
  sourceUrl: z
  build: {pair: [1, 2]}
registry: &r
  host: harbor
labels:
  "on": x
ports: {80: 8080, 0x1F: 1.0}
maxBuilds: 3
ratio: 1
isPublic: yes
free: {a: [1, -1, 1.5, null, ~, off, "off", 2024-01-01, 12:30]}
"#,
    );
    assert_eq!(lines, [""; 0]);
    let value = value.unwrap();
    let builds: Vec<_> = value
        .projects
        .iter()
        .map(|project| &project.build)
        .collect();
    assert_eq!(builds[0], &Build::Kpack);
    assert_eq!(
        builds[1],
        &Build::Buildkit(Buildkit {
            dockerfile: "Dockerfile".into()
        })
    );
    assert_eq!(
        builds[2],
        &Build::Railpack {
            version: "1.0".into()
        }
    );
    assert_eq!(builds[3], &Build::Pair(1, 2));
    assert_eq!(value.ports, IndexMap::from([(80, 8080), (31, 1)]));
    assert_eq!(
        (value.ratio, value.is_public, value.max_builds),
        (Some(1.0), true, Some(3))
    );
    assert_eq!(
        value.free.unwrap(),
        serde_json::json!({"a": [1, -1, 1.5, null, null, false, "off", "2024-01-01", "12:30"]})
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let (value, lines) = told::<Platform>(
        r#"projets: []
projects:
- name: Shop
  sourceUrl: 1.0
- nmae: till
  build: kpak
- name: bar
  sourceUrl: x
  build: {railpack: {version: 1, foo: 1}}
- 7
registry: {host: "A", prot: 1}
labels: {a: 1, b: true, on: x}
ports: {x: 1}
maxBuilds: 256
ratio: high
isPublic: "true"
"#,
    );
    assert_eq!(value, None);
    assert_eq!(
        lines,
        [
            "1:1 unknown-field unknown field `projets` (did you mean `projects`?) [known fields: `projects`, `registry`, \
             `labels`, `ports`, `maxBuilds`, `ratio`, `isPublic`, `free`]",
            "3:9 invalid-value invalid `projects[0].name`: `Shop` is not a DNS label",
            "4:14 wrong-type expected a string in `projects[0].sourceUrl`, found the number `1.0` [write \"1.0\"]",
            "5:3 missing-field missing field `projects[1].name`",
            "5:3 unknown-field unknown field `projects[1].nmae` (did you mean `name`?) [known fields: `name`, `sourceUrl`, \
             `build`]",
            "6:10 unknown-value unknown value `kpak` of `projects[1].build` (did you mean `kpack`?) [known values: `kpack`, \
             `buildkit`, `railpack`, `pair`]",
            "9:31 wrong-type expected a string in `projects[2].build.railpack.version`, found the number `1` [write \"1\"]",
            "9:34 unknown-field unknown field `projects[2].build.railpack.foo` [known fields: `version`]",
            "10:3 wrong-type expected a mapping in `projects[3]`, found the number `7`",
            "11:18 invalid-value invalid `registry.host`: `A` is not a DNS label",
            "11:23 unknown-field unknown field `registry.prot` [known fields: `host`]",
            "12:13 wrong-type expected a string in `labels.a`, found the number `1` [write \"1\"]",
            "12:19 wrong-type expected a string in `labels.b`, found the boolean `true` [write \"true\"]",
            "12:25 key-type the boolean `on` is read as the key `true` [write \"on\"]",
            "13:9 wrong-type expected a whole number as key in `ports`, found the string `x`",
            "14:12 wrong-type expected a whole number from 0 to 255 in `maxBuilds`, found the number `256`",
            "15:8 wrong-type expected a number in `ratio`, found the string `high`",
            "16:11 wrong-type expected a boolean in `isPublic`, found the string `true` [write true without quotes]",
        ]
    );
}

#[test]
fn neutral_values_stand_in_so_that_what_is_right_is_still_there() {
    let (value, lines) =
        told::<Platform>("maxBuilds: x\nisPublic: 1\nlabels: []\nprojects: {}\nratio: 2\n");
    assert_eq!(lines.len(), 4);
    let value = value.unwrap();
    assert_eq!(
        (value.max_builds, value.is_public, value.ratio),
        (Some(0), false, Some(2.0))
    );
}

#[test]
fn all_missing_fields_of_a_mapping_are_named() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Three {
        a: String,
        b: u8,
        c: Vec<u8>,
        d: Option<u8>,
    }
    let (value, lines) = told::<Three>("d: 1\n");
    assert_eq!(
        value,
        Some(Three {
            a: String::new(),
            b: 0,
            c: vec![],
            d: Some(1)
        })
    );
    assert_eq!(
        lines,
        [
            "1:1 missing-field missing field `a`",
            "1:1 missing-field missing field `b`",
            "1:1 missing-field missing field `c`"
        ]
    );
}

#[test]
fn a_null_list_or_mapping_is_empty_but_a_null_string_is_wrong() {
    let (value, lines) = told::<Platform>("projects:\nlabels: null\nregistry: ~\nfree:\n");
    assert_eq!(lines, [""; 0]);
    assert!(value.unwrap().projects.is_empty());
    let (_, lines) = told::<BTreeMap<String, String>>("a:\nb: ~\n");
    assert_eq!(
        lines,
        [
            "1:3 wrong-type expected a string in `a`, found nothing",
            "2:4 wrong-type expected a string in `b`, found the null value `~`"
        ]
    );
    let (value, lines) = told::<Platform>("- 1\n");
    assert_eq!(lines, ["1:1 wrong-type expected a mapping, found a list"]);
    assert!(value.is_some());
}

#[test]
fn a_variant_that_needs_a_value_says_so_and_only_one_may_stand() {
    let (_, lines) =
        told::<Vec<Build>>("- buildkit\n- {kpack: 1}\n- {kpack: , railpack: }\n- 3\n- kpack:\n");
    assert_eq!(
        lines,
        [
            "1:3 invalid-value invalid `[0]`: `buildkit` needs a value: write `buildkit:` and the value below",
            "2:11 wrong-type expected nothing in `[1].kpack`, found the number `1`",
            "3:3 wrong-type expected exactly one of `kpack`, `buildkit`, `railpack`, `pair` in `[2]`, found a mapping",
            "4:3 wrong-type expected one of `kpack`, `buildkit`, `railpack`, `pair` in `[3]`, found the number `3`",
        ]
    );
}

#[test]
fn types_of_kubernetes_are_read_strictly_at_every_depth() {
    let text = r#"apiVersion: apps/v1
kind: Deployment
metadata: {name: a, creationTimestamp: null, lables: {a: b}}
spec:
  selector: {matchLabels: {a: b}}
  replicas: two
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
      - name: c
        imagee: x
        ports: [{containerPort: 80, name: http}]
        readinessProbe: {httpGet: {port: http, pth: /}}
        livenessProbe: {httpGet: {port: [1]}}
        resources: {limits: {cpu: 0.5, memory: 64Mi, pods: 1}}
        env:
        - {name: A, value: 1}
        - {name: B, value: yes}
      volumes: null
"#;
    let (_, lines) = told::<Deployment>(text);
    let lines: Vec<_> = lines
        .iter()
        .map(|line| line.split(" [known").next().unwrap())
        .collect();
    assert_eq!(
        lines,
        [
            "3:46 unknown-field unknown field `metadata.lables` (did you mean `labels`?)",
            "6:13 wrong-type expected a whole number in `spec.replicas`, found the string `two`",
            "12:9 unknown-field unknown field `spec.template.spec.containers[0].imagee` (did you mean `image`?)",
            "14:48 unknown-field unknown field `spec.template.spec.containers[0].readinessProbe.httpGet.pth` (did you mean \
             `path`?)",
            "15:41 wrong-type expected IntOrString in `spec.template.spec.containers[0].livenessProbe.httpGet.port`, found a \
             list",
            "18:28 wrong-type expected a string in `spec.template.spec.containers[0].env[0].value`, found the number `1` \
             [write \"1\"]",
            "19:28 wrong-type expected a string in `spec.template.spec.containers[0].env[1].value`, found the boolean `yes` \
             [write \"yes\"]",
        ]
    );
    let right = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: c\n    resources: {limits: {cpu: 0.5}}\n";
    let (pod, lines) = told::<Pod>(right);
    assert_eq!(lines, [""; 0]);
    let pod = pod.unwrap();
    let limits = pod.spec.unwrap().containers[0]
        .resources
        .clone()
        .unwrap()
        .limits
        .unwrap();
    assert_eq!(limits["cpu"].0, "0.5");
    let (pod, lines) = told::<Pod>("apiVersion: v2\nkind: Pod\n");
    assert!(pod.is_none());
    assert_eq!(
        lines,
        ["1:1 invalid-value expected v1, found string \"v2\""]
    );
}

#[test]
fn a_finding_is_shown_with_its_line() {
    let text = "spec:\n  a: 1\n  a: 2\n";
    let document = document(text);
    let (_, findings) = read::<BTreeMap<String, BTreeMap<String, u8>>>(&document);
    let mut sources = Sources::new();
    sources.insert("a.yaml", text);
    assert_eq!(
        human(&findings, &sources, false),
        "error[duplicate-key]: key `a` stands here twice
 --> a.yaml:3:3
  |
3 |   a: 2
  |   ^
 ::: a.yaml:2:3
  |
2 |   a: 1
  |   - first here

"
    );
}

#[test]
fn recursive_types_and_deep_values_come_to_an_end() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Recursive {
        next: Box<Recursive>,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    enum Endless {
        Again(Box<Endless>),
    }
    assert!(told::<Recursive>("next: {next: {}}").0.is_none());
    assert!(told::<Endless>("x").0.is_none());
    let deep = format!("{}{}", "[".repeat(900), "]".repeat(900));
    let (value, lines) = told::<serde_json::Value>(&deep);
    assert!(value.is_none());
    assert_eq!(lines.len(), 1);
    assert!(
        lines[0].ends_with("values are nested more than 128 levels deep"),
        "{lines:?}"
    );
}

#[test]
fn a_thousand_wrong_values_take_no_time() {
    let text = "- Name\n".repeat(1000);
    let (value, lines) = told::<Vec<Label>>(&text);
    assert!(value.is_none());
    assert!(lines.len() >= 200, "{}", lines.len());
}
