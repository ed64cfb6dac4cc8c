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
#[cfg(test)]
mod bad_input;
mod build_inputs;
mod build_key;
mod buildkit;
mod clock;
mod clone;
mod cluster;
mod credentials;
mod dispatch;
mod exec;
mod failure;
#[cfg(test)]
mod fake_tool;
mod faults;
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
        Err(mut failure) => {
            // What may pass is not waited for when the pod is to go.
            if failure.exit == Exit::Transient && world.stop.is_asked() {
                failure.exit = Exit::Cancelled;
            }
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

/// What does the work of a verb.
type Program = fn(&Parsed, &World<'_>) -> Result<(), Failure>;

fn verb(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let name = call.verb.name;
    let program = program(name)
        .ok_or_else(|| Failure::new(Exit::Usage, format!("there is no verb `{name}`")))?;
    program(call, world)
}

fn program(verb: &str) -> Option<Program> {
    Some(match verb {
        "clone" => clone::run,
        "dispatch" => |call, world| {
            let path = |flag| call.get(flag).map(PathBuf::from);
            let changes = GitChanges {
                credentials: path(&flag::CREDENTIALS),
                authorities: path(&flag::CERTIFICATE_AUTHORITIES),
                world,
            };
            dispatch::run(call, &KubeCluster::connect(world.stop)?, &changes, world)
        },
        "exec" => exec::run,
        "image-index" => image_index::run,
        "install" => install::run,
        "kpack-build" => {
            |call, world| kpack::build(call, &KubeCluster::connect(world.stop)?, world)
        }
        "kpack-rebuilt" => {
            |call, world| kpack::rebuilt(call, &KubeCluster::connect(world.stop)?, world)
        }
        "lookup" => lookup::run,
        "promote" => |call, world| promote::run(call, None, world),
        "publish-stack" => {
            |call, world| publish_stack::run(call, &KubeCluster::connect(world.stop)?, world)
        }
        "railpack-build" => railpack::build,
        "railpack-prepare" => railpack::prepare,
        "release" => release::run,
        "report" => report::run,
        "retag" => retag::run,
        "sbom" => sbom::run,
        "scan" => scan::run,
        "secrets-hash" => secrets_hash::run,
        "sign" => sign::run,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_of_the_grammar_has_a_program() {
        for verb in luban_command::ALL {
            assert!(program(verb.name).is_some(), "{}", verb.name);
        }
    }
}
