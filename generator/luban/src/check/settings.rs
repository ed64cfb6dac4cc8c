//! What is asked: by arguments, and by the `luban-check.yaml` of a repository.

use super::config::{
    CONFIGURATION, Config, Deny, JudgedAs, Level, Profile, Settings, unknown_rule,
};
use super::pattern::{Patterns, absolute};
use super::targets::Targets;
use crate::arguments::Check;
use crate::files::plain;
use anyhow::{Context as _, Result, bail};
use luban_check::{As, Options};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::Path as YamlPath;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a repository's settings are called.
const CONFIG: &str = "luban-check.yaml";
/// The input of `luban generate`, which says the versions of what the clusters run.
const PLATFORM: &str = "platform.yaml";

/// What is asked.
pub(crate) struct Asked {
    pub(crate) options: Options,
    pub(crate) targets: Targets,
    pub(crate) paths: Vec<PathBuf>,
    pub(crate) cluster_objects: Vec<PathBuf>,
    /// Files that are not checked, whoever names them.
    pub(crate) excluded: Option<Patterns>,
    /// What an entry of `levels` says of which files.
    pub(crate) levels: Vec<Entry>,
    /// The least severity that makes the exit code 1.
    pub(crate) denied: Severity,
    /// Whether everything is looked at that the settings are for.
    pub(crate) is_whole: bool,
    pub(crate) config: Settings<Config>,
    /// Names and texts of files of settings, for findings to show.
    pub(crate) texts: Vec<(String, String)>,
}

/// An entry of `levels`, by its number there.
pub(crate) struct Entry {
    pub(crate) number: usize,
    pub(crate) rules: BTreeSet<String>,
    pub(crate) paths: Option<Patterns>,
    pub(crate) severity: Option<Severity>,
}

impl Asked {
    pub(crate) fn of(arguments: &Check) -> Result<Self> {
        let here = absolute(Path::new("."));
        let file = match &arguments.config {
            Some(file) => Some(file.clone()),
            None if arguments.no_config => None,
            None => find(&here),
        };
        let mut texts = Vec::new();
        let mut config = match &file {
            None => Settings::read(CONFIG, b""),
            Some(file) => {
                let bytes =
                    fs::read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
                let shown = plain(file).display().to_string();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                texts.push((shown.clone(), text));
                Settings::<Config>::read(&shown, &bytes)
            }
        };
        let root = match file.as_deref().and_then(Path::parent) {
            Some(folder) => absolute(folder),
            None => root(&here),
        };
        let targets = targets(arguments, &root, &mut config)?;
        texts.extend(targets.text.clone());
        let exclude = std::mem::take(&mut config.value.exclude);
        let excluded = patterns(
            &mut config,
            &root,
            &exclude,
            &YamlPath::root().key("exclude"),
        );
        let levels = levels(&mut config, &root);
        let said = &config.value;
        let options = Options {
            judged_as: match arguments.judged_as.or(said.judged_as) {
                None | Some(JudgedAs::Lint) => As::Lint,
                Some(JudgedAs::Create) => As::Create,
                Some(JudgedAs::Submit) => As::Submit,
            },
            is_closed: arguments.closed || said.closed,
            profile: match arguments.profile.or(said.profile) {
                None | Some(Profile::Regular) => luban_check::Profile::Regular,
                Some(Profile::Strict) => luban_check::Profile::Strict,
            },
            crds: targets.crds(),
            has_workflows_3: targets.has_workflows_3(),
            off: known(&arguments.ignore)?,
            only: known(&arguments.only)?,
            ..Options::default()
        };
        let mut cluster_objects = arguments.cluster_objects.clone();
        let beside = said.cluster_objects.iter().map(|path| root.join(path));
        cluster_objects.extend(beside.map(|path| from_here(&path, &here)));
        let mut paths = arguments.paths.clone();
        if paths.is_empty() {
            paths.push(PathBuf::from("."));
        }
        Ok(Self {
            options,
            targets,
            cluster_objects,
            excluded,
            levels,
            denied: match arguments.deny.or(said.deny) {
                None => Severity::Error,
                Some(Deny::Warning) => Severity::Warning,
                Some(Deny::Note) => Severity::Note,
            },
            is_whole: paths.iter().any(|path| root.starts_with(absolute(path))),
            paths,
            config,
            texts,
        })
    }

    /// What is wrong with the settings.
    pub(crate) fn findings(&mut self) -> Vec<Finding> {
        let mut findings = std::mem::take(&mut self.config.findings);
        findings.append(&mut self.targets.findings);
        findings
    }
}

/// The folders from one up to the repository's root; the one alone if it is in no repository.
fn up(here: &Path) -> impl Iterator<Item = &Path> {
    let is_root = |folder: &Path| folder.join(".git").exists();
    let count = here.ancestors().position(is_root).unwrap_or(0);
    here.ancestors().take(count + 1)
}

fn root(here: &Path) -> PathBuf {
    up(here).last().unwrap_or(here).to_owned()
}

/// The nearest file of settings, as it is called from here.
fn find(here: &Path) -> Option<PathBuf> {
    let mut files = up(here).map(|folder| folder.join(CONFIG));
    let file = files.find(|file| file.is_file())?;
    Some(from_here(&file, here))
}

/// A path as it is called from here, if it stands below or in a folder that this one is in.
fn from_here(path: &Path, here: &Path) -> PathBuf {
    let path = absolute(path);
    let folders = here
        .ancestors()
        .skip_while(|folder| !path.starts_with(folder));
    let Some(common) = folders.take(1).find(|folder| folder.parent().is_some()) else {
        return path;
    };
    let up = here.components().count() - common.components().count();
    let below = path.strip_prefix(common).unwrap_or(&path);
    (0..up).map(|_| "..").collect::<PathBuf>().join(below)
}

/// What arguments say about the clusters, or else the settings, or else the platform.
fn targets(arguments: &Check, root: &Path, config: &mut Settings<Config>) -> Result<Targets> {
    let of_config = Targets::of_config(config);
    if let Some(file) = &arguments.targets {
        return Ok(Targets::read(file)?.or_of(of_config));
    }
    let platform = root.join(PLATFORM);
    if arguments.no_config || !platform.is_file() {
        return Ok(of_config);
    }
    let mut of_platform = Targets::read(&platform)?;
    // A platform that is no YAML is not what is checked here.
    of_platform.findings.clear();
    of_platform.text = None;
    Ok(of_config.or_of(of_platform))
}

/// Patterns at a path of the settings; none if there are none, or one is wrong.
fn patterns(
    config: &mut Settings<Config>,
    root: &Path,
    patterns: &[String],
    path: &YamlPath,
) -> Option<Patterns> {
    if patterns.is_empty() {
        return None;
    }
    for (at, pattern) in patterns.iter().enumerate() {
        if let Err(error) = Patterns::new(root, [pattern.as_str()]) {
            config.refuse(&path.index(at), CONFIGURATION, error.to_string());
        }
    }
    let right = patterns
        .iter()
        .filter(|pattern| Patterns::new(root, [pattern.as_str()]).is_ok());
    Patterns::new(root, right.map(String::as_str)).ok()
}

fn levels(config: &mut Settings<Config>, root: &Path) -> Vec<Entry> {
    let entries = std::mem::take(&mut config.value.levels);
    let mut levels = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let path = YamlPath::root().key("levels").index(number);
        let mut rules = BTreeSet::new();
        for (at, name) in entry.rules.iter().enumerate() {
            match unknown_rule(name) {
                Some(message) => {
                    let path = path.key("rules").index(at);
                    config.refuse(&path, CONFIGURATION, message);
                }
                None => {
                    rules.insert(name.clone());
                }
            }
        }
        if entry.rules.is_empty() {
            config.refuse(&path, CONFIGURATION, "the entry names no rule in `rules`");
        }
        let written = config
            .document
            .as_ref()
            .and_then(|document| document.locate(&path.key("level")));
        let mut said = config.findings.iter();
        if said.any(|finding| finding.place.is_some() && finding.place == written) {
            // What it has there is no level.
            continue;
        }
        let Some(level) = entry.level else {
            let message = "the entry has no `level`: `ignore`, `note`, `warning` or `error`";
            config.refuse(&path, CONFIGURATION, message);
            continue;
        };
        let reason = entry.reason.as_deref().unwrap_or_default();
        if level == Level::Ignore && reason.trim().is_empty() {
            let message = "the entry does not say in `reason` why this is ignored";
            config.refuse(&path, "ignore-without-reason", message);
        }
        levels.push(Entry {
            number,
            rules,
            paths: patterns(config, root, &entry.paths, &path.key("paths")),
            severity: match level {
                Level::Ignore => None,
                Level::Note => Some(Severity::Note),
                Level::Warning => Some(Severity::Warning),
                Level::Error => Some(Severity::Error),
            },
        });
    }
    config.value.levels = entries;
    levels
}

/// The names of rules, each of which exists.
fn known(names: &[String]) -> Result<BTreeSet<String>> {
    if let Some(message) = names.iter().find_map(|name| unknown_rule(name)) {
        bail!("{message}");
    }
    Ok(names.iter().cloned().collect())
}
