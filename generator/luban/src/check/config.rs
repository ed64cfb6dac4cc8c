//! `luban-check.yaml`, and files for `--targets`.

use luban_check::RULES;
use luban_diagnostic::{Finding, did_you_mean};
use luban_platform::input::Targets;
use luban_yaml::{Budget, Document, Path, parse, read};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// Settings of `luban check` for a repository: `luban-check.yaml` at its root. Paths are from its folder, patterns those of .gitignore.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields, rename = "luban-check.yaml")]
pub(crate) struct Config {
    /// Patterns of files and folders that are not checked, whoever names them.
    pub(crate) exclude: Vec<String>,
    /// Files and folders of objects that exist elsewhere: references find them, they are not checked themselves.
    pub(crate) cluster_objects: Vec<String>,
    /// Whether all objects are given: a reference to another one is an error then, not a warning.
    pub(crate) closed: bool,
    /// As what objects are judged: whether arguments may lack values.
    #[serde(rename = "as")]
    pub(crate) judged_as: Option<JudgedAs>,
    /// Which rules are shown.
    pub(crate) profile: Option<Profile>,
    /// Which findings beside errors make the exit code 1.
    pub(crate) deny: Option<Deny>,
    /// What findings of some rules weigh, perhaps in some files only. Of several entries, the last counts.
    pub(crate) levels: Vec<Entry>,
    /// Versions that the clusters run. Default: those of `platform.yaml` beside this file, if there is one.
    pub(crate) targets: Option<Targets>,
    /// Tekton's feature flags, as the ConfigMap `feature-flags` has them. Default: those of a ConfigMap of that name among the
    /// objects.
    #[schemars(with = "BTreeMap<String, Flag>")]
    pub(crate) feature_flags: BTreeMap<String, Value>,
    /// Which CustomResourceDefinitions of Argo Workflows the cluster has. Default: full ones from version 4 on, minimal ones
    /// before; where no version is said, what only full ones reject is a warning.
    pub(crate) definitions: Option<Definitions>,
}

/// What the clusters run: a file for `--targets`, which may be a `platform.yaml` or a ConfigMap `feature-flags` too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TargetsFile {
    pub(crate) targets: Option<Targets>,
    pub(crate) feature_flags: BTreeMap<String, Value>,
    pub(crate) definitions: Option<Definitions>,
}

/// What findings of some rules weigh.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields, rename = "Level")]
pub(crate) struct Entry {
    /// The rules.
    #[schemars(required, length(min = 1))]
    pub(crate) rules: Vec<String>,
    /// Patterns of files. Default: all.
    pub(crate) paths: Vec<String>,
    /// What their findings weigh; `ignore` shows none.
    #[schemars(required)]
    pub(crate) level: Option<Level>,
    /// Why. `ignore` must say it.
    pub(crate) reason: Option<String>,
}

/// What findings weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// They are not shown.
    Ignore,
    /// They are good to know.
    Note,
    /// They should be put right.
    Warning,
    /// They must be put right.
    Error,
}

/// As what objects are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JudgedAs {
    /// As `argo lint` does: arguments of workflows may lack values
    Lint,
    /// As the controller does with what was created
    Create,
    /// As submitting a template does: every argument needs a value
    Submit,
}

/// Which rules are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Profile {
    /// What everyone wants to know
    Regular,
    /// What most people live with, too
    Strict,
}

/// Which findings make the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Deny {
    /// Warnings too
    Warning,
    /// Warnings and notes too
    Note,
}

/// Which definitions of Argo Workflows the cluster has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Definitions {
    /// Those that check every field.
    Full,
    /// Those that accept any field.
    Minimal,
}

/// A feature flag's value: a text, as ConfigMaps have it, or the boolean or number that it says.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum Flag {
    Text(String),
    Switch(bool),
    Number(i64),
}

/// A file of settings as it was read.
#[derive(Debug)]
pub(crate) struct Settings<T> {
    pub(crate) value: T,
    /// Where its settings stand; none if it is empty.
    pub(crate) document: Option<Document>,
    pub(crate) findings: Vec<Finding>,
}

impl<T: Default + DeserializeOwned> Settings<T> {
    /// Reads a file, strictly. What is wrong is left out of the value.
    pub(crate) fn read(file: &str, bytes: &[u8]) -> Self {
        let none = |findings| Self {
            value: T::default(),
            document: None,
            findings,
        };
        match parse(file, bytes, &Budget::default()) {
            Err(findings) => none(findings),
            Ok(documents) => match documents.into_iter().find(|document| !document.is_empty()) {
                None => none(Vec::new()),
                Some(document) => Self::of(document),
            },
        }
    }

    /// Reads a document, strictly.
    pub(crate) fn of(document: Document) -> Self {
        let (value, mut findings) = read(&document);
        for finding in &mut findings {
            if luban_check::rule(finding.rule).is_none() {
                finding.rule = CONFIGURATION;
            }
        }
        Self {
            value: value.unwrap_or_default(),
            document: Some(document),
            findings,
        }
    }

    /// Says what is wrong at a place of the file.
    pub(crate) fn refuse(&mut self, path: &Path, rule: &'static str, message: impl Into<String>) {
        let document = self.document.as_ref();
        let place = document.and_then(|document| document.locate(path));
        self.findings.push(Finding::error(rule, message).at(place));
    }
}

pub(crate) const CONFIGURATION: &str = "configuration";

/// What is wrong with the name of a rule, if anything.
pub(crate) fn unknown_rule(name: &str) -> Option<String> {
    if luban_check::rule(name).is_some() {
        return None;
    }
    let meant = did_you_mean(name, RULES.iter().map(|rule| rule.id));
    let meant = meant.map_or_else(String::new, |meant| format!(" (did you mean `{meant}`?)"));
    Some(format!("no rule is called `{name}`{meant}"))
}

/// The JSON Schema of `luban-check.yaml`.
pub(crate) fn schema() -> String {
    let schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Config>();
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
