//! The arguments of each command.

mod check;

pub(crate) use check::{Check, Colour};

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
    /// Find what controllers reject, what breaks later and what an attacker would use
    Check(Check),
    /// Make a new GitOps repository
    Init(Init),
    /// Ask registries for the digests of images and write luban.lock
    Lock(Lock),
    /// Propose what one environment runs to the next
    Promote(Promote),
    /// Read objects strictly and print them as Luban writes them
    Read(Read),
    /// Say what a rule, or a field of an object, is for
    Explain(Explain),
    /// Print JSON Schemas, of the input or of objects
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
    /// SARIF 2.1.0, for code scanning
    Sarif,
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

/// Propose what one environment runs to the next, by a pull request in the GitOps repository.
///
/// Does what `luban step promote` does in the cluster, with what platform.yaml says of the environments, and what it requires:
/// nothing of that can be left out. The token comes from --credentials or from LUBAN_TOKEN, or from the variable that the
/// provider's own tools read (GH_TOKEN, GITHUB_TOKEN, GITEA_TOKEN, AZURE_DEVOPS_EXT_PAT); the registry's from Docker
/// (`docker login`); Argo CD is asked through KUBECONFIG. Run again it goes on where it was. Exit code 0: proposed, committed
/// or nothing to do; 1: failed; 2: usage; 4: refused; 75: may work later.
#[derive(Debug, Args)]
pub(crate) struct Promote {
    /// Application, or PROJECT/APPLICATION
    #[arg(value_name = "APPLICATION")]
    pub(crate) application: String,
    /// Environment that gets the release; may be left out where there is one only
    #[arg(long, value_name = "ENVIRONMENT")]
    pub(crate) to: Option<String>,
    /// Digest that must be the one that is promoted
    #[arg(long, value_name = "sha256:…")]
    pub(crate) digest: Option<String>,
    /// Tag to release it under
    #[arg(long)]
    pub(crate) tag: Option<String>,
    /// Directory of the GitOps repository, with platform.yaml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) root: PathBuf,
    /// Directory with the files `username` and `password` for the GitOps repository
    #[arg(long, value_name = "DIR")]
    pub(crate) credentials: Option<PathBuf>,
    /// File with the public key that signatures are checked with
    #[arg(long, value_name = "FILE")]
    pub(crate) public_key: Option<PathBuf>,
    /// File with certificates to trust, or directory of such files
    #[arg(long, value_name = "PATH")]
    pub(crate) certificate_authority: Option<PathBuf>,
}

/// Read objects strictly and print them as Luban writes them.
///
/// A field that upstream does not have, at any depth, and a value of another type are findings with their place, all at
/// once; a document with such a finding is not printed. Objects of kinds that Luban does not know are printed as they are.
/// Exit code 0: no error; 1: findings; 2: usage, input or output.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Files and folders; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form of the objects
    #[arg(long, short, value_enum, default_value_t = Output::Yaml)]
    pub(crate) output: Output,
    /// Take a kind that is not known for an error
    #[arg(long)]
    pub(crate) strict_kinds: bool,
    /// Form of findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Forms of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Documents with `---` between them
    Yaml,
    /// One object a line
    Json,
}

/// Say what a rule finds, why and what to do about it; or what a kind or a field of it is for.
///
/// `luban explain unknown-template`, `luban explain rules`, `luban explain Task.spec.steps.onError`, `luban explain workflows`,
/// `luban explain tekton.dev/v1beta1/Task.spec`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A rule; `rules` for all; or a kind, and the way down to a field
    #[arg(value_name = "RULE|KIND[.FIELD…]", required_unless_present = "all")]
    pub(crate) subject: Option<String>,
    /// Write a page for each rule: `DIR/<rule>.md`
    #[arg(long, value_name = "DIR", conflicts_with = "subject")]
    pub(crate) all: Option<PathBuf>,
}

/// Print a JSON Schema (draft 7), for editors and for validators that take schemas.
///
/// `luban schema platform`, `luban schema tekton.dev/v1/Task`, `luban schema Workflow`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// `platform` for the input, `check` for luban-check.yaml, or a kind, perhaps with its version before it
    #[arg(value_name = "KIND", required_unless_present = "all")]
    pub(crate) subject: Option<String>,
    /// Write it to a file instead, if it differs
    #[arg(long, short, value_name = "FILE", conflicts_with = "all")]
    pub(crate) output: Option<PathBuf>,
    /// Write one file for each kind: `DIR/<group>/<kind>_<version>.json`
    #[arg(long, value_name = "DIR", conflicts_with = "subject")]
    pub(crate) all: Option<PathBuf>,
}
