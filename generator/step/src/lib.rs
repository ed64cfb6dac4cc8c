//! What the compiled pods run: `luban step VERB`.
//!
//! A verb is a module with one function that takes the parsed call and a [`World`] and does one job of a pipeline. What comes from
//! an event or a repository is data in here: it reaches tools as single arguments, never a shell; secrets reach tools through
//! files or environment and are cut out of all that is printed ([`Redactor`]).
//!
//! Exit codes are the same for every verb and stand in [`Exit`]: whoever calls a verb may try again after [`Exit::Transient`]
//! only.
#![allow(
    clippy::print_stderr,
    reason = "what a step prints is the log of its pod"
)]

mod authorities;
mod build_inputs;
mod build_key;
mod clock;
mod clone;
mod cluster;
mod credentials;
mod dispatch;
mod exec;
mod failure;
#[cfg(test)]
mod fake_tool;
mod files;
mod git;
mod hmac;
mod http;
mod image;
mod image_index;
mod install;
mod kpack;
mod lookup;
mod process;
mod promote;
mod provider;
mod publish_stack;
mod railpack;
mod redact;
mod registry;
mod registry_tool;
mod release;
mod report;
mod results;
mod retag;
mod retry;
mod sbom;
mod scan;
mod secret;
mod secrets_hash;
mod sign;
mod signals;
mod signature;
#[cfg(any(test, feature = "testing"))]
#[cfg_attr(
    not(test),
    allow(dead_code, reason = "other crates' tests use a part of it")
)]
pub mod testing;
mod trivy;
mod world;
mod yaml;

pub use clock::{Clock, SystemClock};
pub use failure::{Exit, Failure};
pub use redact::Redactor;
pub use secret::Secret;
pub use signals::Stop;
pub use world::World;

use std::path::PathBuf;

use cluster::KubeCluster;
use git::GitChanges;
use luban_command::{Parsed, dispatch as flag};

/// Runs a verb: what it says goes to standard error, how it ended is given back.
#[must_use]
pub fn run(call: &Parsed, world: &World<'_>) -> Exit {
    match verb(call, world) {
        Ok(()) => Exit::Done,
        Err(failure) => {
            eprint!("{}", world.redactor.text(&failure.render(call.verb.name)));
            failure.exit
        }
    }
}

/// Promotes as `luban step promote` does; with the name of whoever asks, which is said in the pull request and the commit.
///
/// # Errors
/// When it was not promoted; an exit code and words that say why.
pub fn promote(call: &Parsed, asked_by: Option<String>, world: &World<'_>) -> Result<(), Failure> {
    promote::run(call, asked_by, world)
}

fn verb(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    match call.verb.name {
        "clone" => clone::run(call, world),
        "dispatch" => {
            let path = |flag| call.get(flag).map(PathBuf::from);
            let changes = GitChanges {
                credentials: path(&flag::CREDENTIALS),
                authorities: path(&flag::CERTIFICATE_AUTHORITIES),
                world,
            };
            dispatch::run(call, &KubeCluster::connect()?, &changes, world)
        }
        "kpack-build" => kpack::build(call, &KubeCluster::connect()?, world),
        "kpack-rebuilt" => kpack::rebuilt(call, &KubeCluster::connect()?, world),
        "promote" => promote::run(call, None, world),
        "release" => release::run(call, world),
        "report" => report::run(call, world),
        "install" => install::run(call, world),
        "image-index" => image_index::run(call, world),
        "lookup" => lookup::run(call, world),
        "publish-stack" => publish_stack::run(call, &KubeCluster::connect()?, world),
        "retag" => retag::run(call, world),
        "railpack-prepare" => railpack::prepare(call, world),
        "railpack-build" => railpack::build(call, world),
        "exec" => exec::run(call, world),
        "sbom" => sbom::run(call, world),
        "scan" => scan::run(call, world),
        "sign" => sign::run(call, world),
        "secrets-hash" => secrets_hash::run(call, world),
        _ => Err(Failure::new(
            Exit::Unavailable,
            "this verb is not in this version of luban; its arguments are fine",
        )),
    }
}
