//! `luban step kpack-build` and `luban step kpack-rebuilt`: images that kpack builds.
//!
//! What a Build means for this call is decided in [`image`] and [`branch`], pure state machines over what was seen; [`wait`] does
//! what they decide.

mod branch;
mod decision;
mod failed;
mod follow;
mod image;
mod object;
mod rebuilt;
mod seen;
#[cfg(test)]
pub(crate) mod tests;
mod transcript;
mod wait;
mod watcher;

pub(crate) use rebuilt::run as rebuilt;

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use luban_command::{Parsed, kpack_build as flag};

use crate::cluster::observe::Observe;
use crate::failure::{Exit, Failure};
use crate::results::Results;
use crate::world::World;
use object::{Object, Wanted};
use wait::Wait;

/// The largest object that is read: etcd takes none that is larger.
const LARGEST: u64 = 1 << 20;

/// Applies a compiled Image or Build and waits for the Build of one commit.
pub(crate) fn build(
    call: &Parsed,
    cluster: &dyn Observe,
    world: &World<'_>,
) -> Result<(), Failure> {
    build_saying(call, cluster, world, &|line| world.say(line))
}

fn build_saying(
    call: &Parsed,
    cluster: &dyn Observe,
    world: &World<'_>,
    say: &dyn Fn(&str),
) -> Result<(), Failure> {
    let results = Results::of(call, &["digest", "reason", "tags"])?;
    let seconds = call.get(&flag::TIMEOUT).unwrap_or_default();
    let limit = seconds.parse().map(Duration::from_secs).map_err(|_| {
        let message = format!("`--timeout-seconds={seconds}` is no number of seconds");
        Failure::new(Exit::Usage, message)
    })?;
    let path = Path::new(call.get(&flag::OBJECT).unwrap_or_default());
    let object = Object::read(&text_of(path)?, call, cluster.namespace())?;
    let text = |name| call.get(name).unwrap_or_default().to_owned();
    let wait = Wait {
        cluster,
        world,
        say,
        wanted: Wanted {
            revision: text(&flag::REVISION),
            tag: text(&flag::TAG),
            run: text(&flag::OWNER_UID),
        },
        limit,
    };
    let built = wait.run(object)?;
    say(&format!(
        "Build `{}` ({}) of commit `{}` made `{}`",
        built.build, built.reason, wait.wanted.revision, built.digest
    ));
    results.write("reason", &built.reason)?;
    results.write("tags", &built.tags.join("\n"))?;
    results.write("digest", &built.digest)
}

fn text_of(path: &Path) -> Result<String, Failure> {
    let refuse = |why: String| {
        let message = format!("cannot read `{}`: {why}", path.display());
        Failure::new(Exit::Usage, message)
            .help("`--object` is the file with the compiled Image or Build")
    };
    let file = std::fs::File::open(path).map_err(|error| refuse(error.to_string()))?;
    let mut text = String::new();
    file.take(LARGEST + 1)
        .read_to_string(&mut text)
        .map_err(|error| refuse(error.to_string()))?;
    if text.len() as u64 > LARGEST {
        return Err(refuse("it is larger than 1 MiB".to_owned()));
    }
    Ok(text)
}
