//! The arguments of each command.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Compile one description of a delivery platform into the YAML that Argo CD syncs.
///
/// Edit platform.yaml, run `luban generate`, read the diff, commit.
#[derive(Debug, Parser)]
#[command(
    name = "luban",
    version,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compile platform.yaml into pipelines/ and overlays/
    Generate(Generate),
    /// Make a new GitOps repository
    Init(Init),
    /// Ask registries for the digests of images and write luban.lock
    Lock(Lock),
    /// Print the JSON Schema of the input
    Schema(Schema),
}

/// Compile platform.yaml into pipelines/ and overlays/, and say what changed.
///
/// Writes only files that differ and removes those it no longer compiles; files that it did not write stay as they are,
/// and so do the releases that pipelines wrote. With a finding nothing is written. Exit code 0: done; 1: findings, or
/// with --check stale files; 2: usage, input or output.
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// Directory of the GitOps repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) root: PathBuf,
    /// Write nothing; exit with 1 and a diff if what is committed is stale
    #[arg(long)]
    pub(crate) check: bool,
    /// Form of findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Say nothing but findings
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Forms of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With source lines, for people
    Human,
    /// A line each
    Concise,
    /// One JSON document
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// Make a new GitOps repository: platform.yaml, Makefile, .gitignore and a workflow that checks what is committed.
///
/// Files that are there already stay as they are.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Directory to make it in
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) directory: PathBuf,
}

/// Ask registries for the digests that images' tags have now, and write luban.lock.
///
/// Credentials are Docker's (`docker login`). Images that cannot be resolved keep what the lock knew of them; the exit
/// code is 2 then.
#[derive(Debug, Args)]
pub(crate) struct Lock {
    /// Directory of the GitOps repository
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) root: PathBuf,
    /// Form of findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Print the JSON Schema of the input, for editors.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// What the schema is of
    #[arg(value_enum)]
    pub(crate) subject: Subject,
    /// Write it to a file instead, if it differs
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Subject {
    /// platform.yaml
    Platform,
}
