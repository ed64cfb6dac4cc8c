//! `luban step retag`: a Git tag on the image that the first environment's release records for its commit.
//!
//! Nothing is built for a Git tag. What was released for the very commit gets the tag; where nothing was, nothing is promoted.

mod name;
mod record;

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use luban_command::{Parsed, retag as flag};
use luban_registry::{Digest, Reference, Repository};

use crate::failure::{Exit, Failure};
use crate::git::{Access, Git};
use crate::registry::{Registries, failure};
use crate::release::gitops::Gitops;
use crate::results::Results;
use crate::world::World;

/// The results of this verb.
const RESULTS: [&str; 2] = ["digest", "tag"];
/// What refs of tags begin with.
const TAGS: &str = "refs/tags/";

/// Retags what a call says.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let authorities = call.get(&flag::CERTIFICATE_AUTHORITY).map(Path::new);
    run_with(call, &Registries::of_docker(authorities, world)?, world)
}

/// As [`run`], with registries that are known.
pub(crate) fn run_with(
    call: &Parsed,
    registries: &Registries<'_>,
    world: &World<'_>,
) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let text = |flag| call.get(flag).unwrap_or_default();
    let path = |flag| call.get(flag).map(Path::new);
    let reference = decoded(text(&flag::REF))?;
    let Some(git_tag) = reference.strip_prefix(TAGS) else {
        let message = format!("`{}` is no ref of a tag", reference.escape_debug());
        return Err(Failure::new(Exit::Usage, message).help("it starts with `refs/tags/`"));
    };
    let tag = name::image_tag(git_tag)?;
    let authorities = path(&flag::CERTIFICATE_AUTHORITY);
    let access = Access::new(
        text(&flag::SOURCE),
        path(&flag::SOURCE_CREDENTIALS),
        authorities,
        world.redactor,
    )?;
    let commit = commit_of(&Git::new(access, world)?, &reference, text(&flag::REVISION))?;
    let credentials = path(&flag::CREDENTIALS).unwrap_or(Path::new("."));
    let gitops = Gitops::new(text(&flag::GITOPS), credentials, authorities, world)?;
    let release = record::find(&gitops, text(&flag::BRANCH), text(&flag::PATH), &commit)?;
    let nonsense = |error: luban_registry::NameError| {
        Failure::new(
            Exit::Failed,
            format!(
                "the release of `{commit}` in `{}`: {error}",
                text(&flag::PATH)
            ),
        )
    };
    let repository = Repository::new(&release.image).map_err(nonsense)?;
    let digest = Digest::new(&release.digest).map_err(nonsense)?;
    let registry = registries.client();
    let manifest = registry
        .manifest(&repository, &digest.clone().into())
        .map_err(failure)?
        .ok_or_else(|| {
            let message = format!(
                "the image `{repository}@{digest}`, which was released for `{commit}`, is gone"
            );
            Failure::new(Exit::Refused, message).help(
                "the registry's retention has removed it: build the commit again, and tag it then",
            )
        })?;
    registry
        .tag(&repository, &Reference::Tag(tag.clone()), &manifest)
        .map_err(failure)?;
    world.say(format!(
        "`{repository}@{digest}`, released for `{commit}`, has the tag `{tag}`"
    ));
    results.write("digest", digest.as_str())?;
    results.write("tag", &tag)
}

fn decoded(text: &str) -> Result<String, Failure> {
    let bytes = STANDARD.decode(text).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| Failure::new(Exit::Usage, "`--ref` is no base64 of text"))
}

/// The commit that a tag points to. What the event calls the commit is the id of the tag itself where it has a message; it must
/// be what the tag is now.
fn commit_of(git: &Git<'_>, reference: &str, revision: &str) -> Result<String, Failure> {
    let place = std::env::temp_dir();
    let peeled = format!("{reference}^{{}}");
    let listed = git
        .command(&place, format!("ask `{}` for a tag", git.url()))
        .args(["ls-remote", "--quiet", "--end-of-options"])
        .args([git.url(), reference, &peeled])
        .run()?
        .text();
    let id = |name: &str| {
        let mut lines = listed.lines().filter_map(|line| line.split_once('\t'));
        lines
            .find(|(_, found)| *found == name)
            .map(|(id, _)| id.to_owned())
    };
    let refused = |message: String| {
        Failure::new(Exit::Refused, message)
            .help("a tag that was moved has an event of its own; nothing is promoted for this one")
    };
    let Some(own) = id(reference) else {
        let message = format!("`{}` has no such tag any more", git.url());
        return Err(refused(message));
    };
    let commit = id(&peeled).unwrap_or_else(|| own.clone());
    if revision != own && revision != commit {
        let message = format!("the tag points to `{commit}` now, and no longer to `{revision}`");
        return Err(refused(message));
    }
    Ok(commit)
}

#[cfg(test)]
mod tests;
