//! The arguments of `luban check`.

use super::Format;
use crate::check::config::{Deny, JudgedAs, Profile};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Find what controllers reject, what breaks later and what an attacker would use, in any YAML.
///
/// Reads objects of Argo Workflows, Argo Events, Argo CD, Tekton, Triggers, Kargo, kpack and Kustomize, and Kubernetes' own;
/// no cluster, no network. References are resolved over all that is given. `luban explain RULE` tells about a rule,
/// `# luban: ignore[RULE] reason` at the end of a line, above it or above an object accepts a finding, and `luban-check.yaml`
/// holds settings of a repository.
///
/// In folders, files called *.yaml, *.yml and *.json count; what .gitignore names, hidden folders (but .tekton), node_modules,
/// folders called target beside a Cargo.toml or pom.xml, and templates of Helm charts do not. YAML that is no object is passed over.
///
/// Exit code 0: no error (and with --deny warning, no warning); 1: findings; 2: usage, input or output, or a folder without any
/// object.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files and folders; `-` is standard input [default: the current folder]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What standard input is called in findings; it stands in for that file if the file is given too
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Objects that exist elsewhere: references find them, they are not checked themselves; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(crate) cluster_objects: Vec<PathBuf>,
    /// All objects are given: a reference to another one is an error, not a warning
    #[arg(long)]
    pub(crate) closed: bool,
    /// As what objects are judged: may arguments lack values [default: lint]
    #[arg(long = "as", value_enum, value_name = "HOW")]
    pub(crate) judged_as: Option<JudgedAs>,
    /// Which rules are shown [default: regular]
    #[arg(long, value_enum)]
    pub(crate) profile: Option<Profile>,
    /// Which findings beside errors make the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) deny: Option<Deny>,
    /// What the clusters run: a platform.yaml, a ConfigMap `feature-flags` of Tekton, or a file with `targets`, `featureFlags` and
    /// `definitions` as luban-check.yaml has them [default: the platform.yaml of the repository]
    #[arg(long, value_name = "FILE")]
    pub(crate) targets: Option<PathBuf>,
    /// Settings of a repository [default: the nearest luban-check.yaml from here up to the repository's root]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// No settings of a repository
    #[arg(long, conflicts_with = "config")]
    pub(crate) no_config: bool,
    /// Only these rules; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Not these rules; may be repeated
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Form of findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Colours in the form for people
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(crate) color: Colour,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
