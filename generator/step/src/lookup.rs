//! `luban step lookup`: the image that was built of the same before.
//!
//! A build tags its image with the key of what it was made of ([`crate::build_key`]), and notes the key on it. What is found under the
//! tag counts only if the note says the same, the platform is right, and all of it is still there: tags can be moved by anybody who
//! may push. A registry that does not answer costs a build, never a run.

use luban_command::{Parsed, lookup as flag};
use luban_registry::{
    Descriptor, Digest, Manifest, Platform, Reference, Registry, RegistryError, Repository,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

use crate::build_inputs::{BuildInputs, plain_context, read_plan};
use crate::build_key::{self, BuildKey};
use crate::failure::{Exit, Failure};
use crate::image::absent;
use crate::registry::Registries;
use crate::results::Results;
use crate::world::World;

/// The results of this verb.
const RESULTS: [&str; 1] = ["digest"];
/// The largest configuration of an image that is read.
const LARGEST_CONFIGURATION: usize = 8 << 20;

/// Looks up what a call says.
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
    let repository = Repository::new(text(&flag::REPOSITORY))
        .map_err(|error| Failure::new(Exit::Usage, error.to_string()))?;
    let inputs = BuildInputs::read(
        call.list(&flag::SECRET),
        path(&flag::SECRETS_DIRECTORY),
        call.list(&flag::BUILD_ARG),
        world.redactor,
    )?;
    let plan = read_plan(path(&flag::PLAN_DIRECTORY).unwrap_or(Path::new(".")))?;
    let secrets_hash = inputs.secrets_hash(path(&flag::SECRETS_HASH_KEY), world.redactor)?;
    let platform = text(&flag::PLATFORM);
    let key = BuildKey {
        revision: text(&flag::REVISION),
        context: &plain_context(text(&flag::CONTEXT)),
        plan: &plan,
        frontend: text(&flag::FRONTEND),
        platform,
        secrets_hash: secrets_hash.as_deref(),
        variables: &inputs.variables,
    }
    .key();
    let found = match find(&registries.client(), &repository, &key, platform) {
        Ok(Ok(digest)) => {
            world.say(format!(
                "found `{repository}@{digest}`: nothing has to be built"
            ));
            Some(digest)
        }
        Ok(Err(why)) => {
            world.say(format!("nothing built before will do: {why}"));
            None
        }
        Err(_) if world.stop.is_asked() => {
            return Err(Failure::new(
                Exit::Cancelled,
                "stopped while asking the registry",
            ));
        }
        Err(error) => {
            world.say(format!("nothing is reused: {error}"));
            None
        }
    };
    results.write("digest", found.as_ref().map_or("", Digest::as_str))
}

#[derive(Deserialize)]
struct Read {
    manifests: Option<Vec<Descriptor>>,
    config: Option<Descriptor>,
    #[serde(default)]
    annotations: BTreeMap<String, String>,
}

/// The digest of the image with this key, or why there is none.
fn find(
    registry: &Registry<'_>,
    repository: &Repository,
    key: &str,
    platform: &str,
) -> Result<Result<Digest, String>, RegistryError> {
    let tag = build_key::tag(key);
    let no = |why: &str| Ok(Err(format!("`{repository}:{tag}` {why}")));
    let Some(manifest) = registry.manifest(repository, &Reference::Tag(tag.clone()))? else {
        return no("is not there");
    };
    let Ok(read) = serde_json::from_slice::<Read>(&manifest.bytes) else {
        return no("is no image");
    };
    if read
        .annotations
        .get(build_key::ANNOTATION)
        .map(String::as_str)
        != Some(key)
    {
        return no("was built of something else: its annotation says another key, or none");
    }
    let image = match &read.manifests {
        None => manifest.clone(),
        Some(entries) => {
            let entry = entries.iter().find(|entry| {
                entry
                    .platform
                    .as_ref()
                    .is_some_and(|known| is_for(known, platform))
            });
            let Some(Ok(digest)) = entry.map(|entry| Digest::new(&entry.digest)) else {
                return no("has no image for this platform");
            };
            match registry.manifest(repository, &digest.into())? {
                Some(image) => image,
                None => return no("lists an image that is gone"),
            }
        }
    };
    match incomplete(registry, repository, &image, platform)? {
        Some(why) => no(why),
        None => Ok(Ok(manifest.digest)),
    }
}

/// Why an image cannot be used; nothing if it can.
fn incomplete(
    registry: &Registry<'_>,
    repository: &Repository,
    image: &Manifest,
    platform: &str,
) -> Result<Option<&'static str>, RegistryError> {
    let read: Option<Read> = serde_json::from_slice(&image.bytes).ok();
    let Some(Ok(config)) = read.and_then(|read| Some(Digest::new(&read.config?.digest))) else {
        return Ok(Some("is no image"));
    };
    let Some(bytes) = registry.blob(repository, &config, LARGEST_CONFIGURATION)? else {
        return Ok(Some("has lost its configuration"));
    };
    let known: Option<Platform> = serde_json::from_slice(&bytes).ok();
    if !known.is_some_and(|known| is_for(&known, platform)) {
        return Ok(Some("is for another platform"));
    }
    let absent = absent(registry, repository, image)?;
    Ok(absent.map(|_| "has lost a layer"))
}

fn is_for(known: &Platform, wanted: &str) -> bool {
    wanted.split_once('/') == Some((&known.os, &known.architecture))
}

#[cfg(test)]
mod tests;
