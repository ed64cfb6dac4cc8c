//! `luban-dev e2e`: the ways of a release on one machine, from a push to what the second environment runs.
//!
//! Real are Git and its repositories, the API server, the registry, cosign, kustomize, what Argo Events makes of an event, and
//! `luban` in every container. `crate::stand_ins` stands in for Tekton, Argo Workflows, kpack and the kubelet: it runs the compiled
//! containers' argument lists as processes, with the pod's directories and its account. `buildctl` stands in for BuildKit,
//! tests/e2e/programs for railpack, and luban-step's fake for Gitea. `upstream` checks that what ran is what upstream's own code
//! makes of the variables. `place` makes all that, `stations` goes the way of an application that railpack builds, `kpack` that of
//! one that kpack builds, `tags` and `failing` what else can come of a push.

pub(crate) mod buildctl;
mod event;
mod failing;
mod kpack;
mod place;
mod runs;
mod secrets;
mod stations;
mod tags;
mod upstream;

use anyhow::Result;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Go a whole way: push, build, release, promote.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Where the programs of upstream's are
    #[arg(long, value_name = "DIR", default_value = "tests/conformance")]
    judges: PathBuf,
    /// Where platform.yaml and the stand-ins of tools are
    #[arg(long, value_name = "DIR", default_value = "tests/e2e")]
    files: PathBuf,
    /// The program that pods run
    #[arg(long, value_name = "FILE", default_value = "target/release/luban")]
    luban: PathBuf,
    /// The program that signs
    #[arg(
        long,
        value_name = "FILE",
        default_value = "tests/conformance/.build/cosign"
    )]
    cosign: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let start = Instant::now();
    let (place, seen) = place::Place::make(arguments)?;
    say("platform", &seen);
    stations::go(&place)?;
    say("done", &format!("in {} s", start.elapsed().as_secs()));
    Ok(ExitCode::SUCCESS)
}

/// What was seen at a station.
fn say(station: &str, seen: &str) {
    println!("{station:<11}{seen}");
}
