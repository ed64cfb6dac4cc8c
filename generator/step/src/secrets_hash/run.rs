//! `luban step secrets-hash`: the hash of build secrets for whoever has a build of their own; `lookup` and `railpack-build` make it
//! themselves.

use std::path::Path;

use luban_command::{Parsed, secrets_hash as flag};

use crate::build_inputs::BuildInputs;
use crate::failure::Failure;
use crate::results::Results;
use crate::world::World;

/// The results of this verb.
const RESULTS: [&str; 1] = ["hash"];

/// Hashes what a call names; the hash is all that is said of it.
pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let results = Results::of(call, &RESULTS)?;
    let path = |flag| call.get(flag).map(Path::new);
    let inputs = BuildInputs::read(
        call.list(&flag::SECRET),
        path(&flag::SECRETS_DIRECTORY),
        std::iter::empty(),
        world.redactor,
    )?;
    let hash = inputs.secrets_hash(path(&flag::SECRETS_HASH_KEY), world.redactor)?;
    match &hash {
        Some(hash) => world.say(format!("the hash of the secrets is {hash}")),
        None => world.say("there are no secrets, and so there is no hash"),
    }
    results.write("hash", hash.as_deref().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::failure::Exit;
    use crate::testing::{call, mounted, with_world};

    /// How a run with these secrets and files ends, with its result.
    fn hash(
        names: &[&str],
        files: &[(&str, &str)],
        key: &[(&str, &str)],
    ) -> Result<String, Failure> {
        let (secrets, key) = (mounted(files), mounted(key));
        let results = tempfile::tempdir().unwrap();
        let file = results.path().join("hash");
        let mut arguments = vec![
            "secrets-hash".to_owned(),
            format!("--secrets-directory={}", secrets.path().display()),
            format!("--secrets-hash-key={}", key.path().display()),
            format!("--result=hash={}", file.display()),
        ];
        arguments.extend(names.iter().map(|name| format!("--secret={name}")));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        with_world(|world| run(&call(&arguments), world))?;
        Ok(std::fs::read_to_string(file).unwrap())
    }

    #[test]
    fn the_hash_of_mounted_secrets_is_the_result_in_whatever_order_they_are_named() {
        let (files, key) = (
            [("NPM_TOKEN", "s3cr3t"), ("A", "1")],
            [("key", "project key")],
        );
        // As in the known answers beside.
        let known = "f52c15ad58d31f9080983404474c5a2374d0cd1258ce975537284bd0b0f0301c";
        assert_eq!(hash(&["NPM_TOKEN"], &files, &key).unwrap(), known);
        let both = hash(&["NPM_TOKEN", "A"], &files, &key).unwrap();
        assert_eq!(hash(&["A", "NPM_TOKEN"], &files, &key).unwrap(), both);
        assert_ne!(both, known);
        assert_eq!(hash(&[], &files, &key).unwrap(), "");
    }

    #[test]
    fn what_is_missing_is_named_and_no_value_is_shown() {
        let files = [("NPM_TOKEN", "s3cr3t")];
        for (names, key) in [
            (vec!["NPM_TOKEN", "NONE"], vec![("key", "project key")]),
            (vec!["NPM_TOKEN"], vec![]),
            (vec!["NPM_TOKEN"], vec![("key", "")]),
            (vec!["NPM.TOKEN"], vec![("key", "project key")]),
        ] {
            let failure = hash(&names, &files, &key).unwrap_err();
            assert_eq!(failure.exit, Exit::Usage, "{}", failure.message);
            let text = format!("{failure:?}");
            assert!(
                !text.contains("s3cr3t") && !text.contains("project key"),
                "{text}"
            );
        }
    }
}
