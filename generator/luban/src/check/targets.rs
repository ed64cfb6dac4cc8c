//! What the clusters run: versions, Tekton's feature flags, definitions.

use super::config::{CONFIGURATION, Config, Definitions, Settings, TargetsFile};
use anyhow::{Context as _, Result};
use luban_api::Object;
use luban_check::{Crds, Flags, Objects};
use luban_diagnostic::{Finding, Place, did_you_mean};
use luban_platform::input;
use luban_platform::versions::{Component, Version};
use luban_yaml::{Budget, Document, Path, parse};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// What is said about the clusters.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    argo_workflows: Option<Version>,
    definitions: Option<Definitions>,
    /// Tekton's flags.
    flags: Option<Vec<Flag>>,
    pub(crate) findings: Vec<Finding>,
    /// The name and the text of the file, for findings to show.
    pub(crate) text: Option<(String, String)>,
}

/// One of Tekton's feature flags.
#[derive(Debug)]
struct Flag {
    name: String,
    value: String,
    place: Option<Place>,
}

impl Targets {
    /// Reads a file. Of a platform only the versions count; what else is wrong with it, `luban generate` says.
    pub(crate) fn read(path: &std::path::Path) -> Result<Self> {
        let unreadable = || format!("cannot read `{}`", path.display());
        let bytes = fs::read(path).with_context(unreadable)?;
        let shown = crate::files::plain(path).display().to_string();
        let mut targets = Self {
            text: Some((shown.clone(), String::from_utf8_lossy(&bytes).into_owned())),
            ..Self::default()
        };
        let documents = match parse(&shown, &bytes, &Budget::default()) {
            Ok(documents) => documents,
            Err(findings) => {
                targets.findings = findings;
                return Ok(targets);
            }
        };
        for document in documents {
            targets.add(document);
        }
        Ok(targets)
    }

    fn add(&mut self, document: Document) {
        let root = Path::root();
        match document.text_at(&root.key("kind")) {
            Some("Platform") => {
                let version = root
                    .key("spec")
                    .key("targets")
                    .key(Component::ArgoWorkflows.key());
                self.argo_workflows = document.text_at(&version).and_then(Version::parse);
            }
            Some("ConfigMap") => {
                if let Some(Object::ConfigMap(map)) = luban_api::read(&document).object {
                    let data = map.data.unwrap_or_default();
                    self.flags = Some(flags(data, &document, &root.key("data")));
                }
            }
            _ if document.is_empty() => {}
            _ => {
                let mut settings = Settings::<TargetsFile>::of(document);
                let said = settings.value.clone();
                self.set(said, &mut settings);
                self.findings.append(&mut settings.findings);
            }
        }
    }

    /// What `luban-check.yaml` says.
    pub(crate) fn of_config(config: &mut Settings<Config>) -> Self {
        let Config {
            targets,
            feature_flags,
            definitions,
            ..
        } = config.value.clone();
        let said = TargetsFile {
            targets,
            feature_flags,
            definitions,
        };
        let mut targets = Self::default();
        targets.set(said, config);
        targets
    }

    fn set<T: Default + DeserializeOwned>(
        &mut self,
        said: TargetsFile,
        settings: &mut Settings<T>,
    ) {
        if let Some(targets) = &said.targets {
            self.argo_workflows = versions(targets, settings);
        }
        self.definitions = said.definitions.or(self.definitions);
        if said.feature_flags.is_empty() {
            return;
        }
        let path = Path::root().key("featureFlags");
        for flag in said.feature_flags.keys() {
            if !Flags::names().any(|known| known == flag) {
                let meant = did_you_mean(flag, Flags::names());
                let meant =
                    meant.map_or_else(String::new, |meant| format!(" (did you mean `{meant}`?)"));
                let message = format!("Tekton has no feature flag `{flag}`{meant}");
                settings.refuse(&path.key(flag), CONFIGURATION, message);
            }
        }
        let texts = said.feature_flags.into_iter();
        let texts = texts.map(|(flag, value)| (flag, text(&value))).collect();
        self.flags = settings
            .document
            .as_ref()
            .map(|document| flags(texts, document, &path));
    }

    /// Fills in from a file what is not said yet.
    pub(crate) fn or_of(mut self, other: Self) -> Self {
        self.argo_workflows = self.argo_workflows.or(other.argo_workflows);
        self.definitions = self.definitions.or(other.definitions);
        self.flags = self.flags.or(other.flags);
        self.findings.extend(other.findings);
        self.text = self.text.or(other.text);
        self
    }

    /// Which definitions of Argo Workflows the cluster has.
    pub(crate) fn crds(&self) -> Crds {
        match (self.definitions, self.argo_workflows) {
            (Some(Definitions::Full), _) => Crds::Full,
            (Some(Definitions::Minimal), _) => Crds::Minimal,
            // Full ones are what version 4 installs, minimal ones what versions before it did.
            (None, Some(version)) if version >= Version::new(4, 0) => Crds::Full,
            (None, Some(_)) => Crds::Minimal,
            (None, None) => Crds::Unknown,
        }
    }

    /// Whether Argo Workflows is older than 4.0.
    pub(crate) fn has_workflows_3(&self) -> bool {
        self.argo_workflows
            .is_some_and(|version| version < Version::new(4, 0))
    }

    /// Tekton's feature flags: those that are said, or else those of a ConfigMap among the objects.
    pub(crate) fn flags(&self, objects: &Objects) -> (Flags, Option<Finding>) {
        if let Some(flags) = &self.flags {
            return read_flags(flags);
        }
        let mut entries = objects.entries().iter();
        let found = entries.find_map(|entry| match &entry.object {
            Some(Object::ConfigMap(map))
                if !entry.is_template && entry.object_name() == "feature-flags" =>
            {
                let data = map.data.clone().unwrap_or_default();
                Some(flags(data, &entry.document, &entry.path.key("data")))
            }
            _ => None,
        });
        read_flags(&found.unwrap_or_default())
    }
}

/// The version of Argo Workflows; all that are no versions are findings.
fn versions<T: Default + DeserializeOwned>(
    targets: &input::Targets,
    settings: &mut Settings<T>,
) -> Option<Version> {
    let texts = [
        &targets.argo_workflows,
        &targets.argo_events,
        &targets.argo_cd,
        &targets.tekton_pipelines,
        &targets.tekton_triggers,
        &targets.kargo,
        &targets.kpack,
        &targets.kubernetes,
    ];
    for (component, text) in Component::ALL.into_iter().zip(texts) {
        let Some(text) = text
            .as_deref()
            .filter(|text| Version::parse(text).is_none())
        else {
            continue;
        };
        let path = Path::root().key("targets").key(component.key());
        let newest = component.known().1;
        let message = format!("`{text}` is no version; write one such as `\"{newest}\"`");
        settings.refuse(&path, CONFIGURATION, message);
    }
    targets.argo_workflows.as_deref().and_then(Version::parse)
}

/// The text that a ConfigMap would have.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn flags(data: BTreeMap<String, String>, document: &Document, path: &Path) -> Vec<Flag> {
    let flags = data.into_iter().map(|(name, value)| Flag {
        place: document.locate(&path.key(&*name)),
        name,
        value,
    });
    flags.collect()
}

fn read_flags(flags: &[Flag]) -> (Flags, Option<Finding>) {
    let pairs = flags
        .iter()
        .map(|flag| (flag.name.clone(), flag.value.clone()));
    match Flags::from_map(&pairs.collect()) {
        Ok(flags) => (flags, None),
        Err(error) => {
            let place = flags.iter().find(|flag| flag.name == error.flag);
            let place = place.and_then(|flag| flag.place.clone());
            let finding = Finding::error(CONFIGURATION, error.to_string()).at(place);
            (Flags::default(), Some(finding))
        }
    }
}
