//! What plan, lookup and build are all given: secrets, variables, the plan, the directory that is built. They must agree about
//! it, so it is read here alone.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use luban_platform::names::BuildVariable;
use serde_json::Value;

use crate::failure::{Exit, Failure};
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::secrets_hash::secrets_hash;

/// The plan in the plan directory; the name that railpack's frontend looks for.
pub(crate) const PLAN_FILE: &str = "railpack-plan.json";
/// The build information in the plan directory.
pub(crate) const INFO_FILE: &str = "railpack-info.json";
/// The key of the secrets' hash in its directory.
const HASH_KEY_FILE: &str = "key";
/// The largest plan that is read; real ones have a few KiB.
const LARGEST_PLAN: u64 = 4 << 20;
/// The largest secret that BuildKit takes (`session/secrets/secrets.go`, v0.32.2: 500 KiB), less what Linux leaves of it: a
/// variable of a process with its name has at most 128 KiB (`MAX_ARG_STRLEN`), and railpack makes every secret a variable.
const LARGEST_SECRET: usize = (128 << 10) - 512;
/// Secrets and variables, which plan and build see alike.
#[derive(Debug)]
pub(crate) struct BuildInputs {
    /// Secrets by name.
    pub(crate) secrets: BTreeMap<String, Secret>,
    /// Variables by name: nothing secret.
    pub(crate) variables: BTreeMap<String, String>,
}

impl BuildInputs {
    /// Reads the secrets called `names` from files in `directory`, and `pairs` of `NAME=VALUE`; what is there twice counts as it
    /// is there last. Nothing that is printed later shows a secret.
    ///
    /// # Errors
    /// For a name that is none or that tools use themselves, a secret that is missing or too large, and a name of both.
    pub(crate) fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        directory: Option<&Path>,
        pairs: impl Iterator<Item = &'a str>,
        redactor: &Redactor,
    ) -> Result<Self, Failure> {
        let mut secrets = BTreeMap::new();
        for name in names.filter(|name| !name.is_empty()) {
            check_name(name, "--secret")?;
            let Some(directory) = directory else {
                let message =
                    format!("there is no directory to read the build secret `{name}` from");
                return Err(Failure::new(Exit::Usage, message).help(
                    "bind the workspace `build-secrets` to the application's Secret, or list no secrets",
                ));
            };
            let path = directory.join(name);
            let secret = Secret::read_exact(&path)?;
            redactor.hide(&secret);
            check_value(name, secret.expose(), "build secret")?;
            secrets.insert(name.to_owned(), secret);
        }
        let mut variables = BTreeMap::new();
        for pair in pairs.filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            check_name(name, "--build-arg")?;
            check_value(name, value.as_bytes(), "variable")?;
            if secrets.contains_key(name) {
                let message = format!("`{name}` is a build secret and a variable too");
                return Err(Failure::new(Exit::Usage, message)
                    .help("take it out of the secrets or out of the variables of the build"));
            }
            variables.insert(name.to_owned(), value.to_owned());
        }
        Ok(Self { secrets, variables })
    }

    /// The hash of the secrets, with the key in `directory`; none without secrets.
    ///
    /// # Errors
    /// When there are secrets and no key.
    pub(crate) fn secrets_hash(
        &self,
        directory: Option<&Path>,
        redactor: &Redactor,
    ) -> Result<Option<String>, Failure> {
        let directory = directory.filter(|_| !self.secrets.is_empty());
        let key = directory.map(|directory| Secret::read(&directory.join(HASH_KEY_FILE)));
        let key = key.transpose()?;
        if let Some(key) = &key {
            redactor.hide(key);
        }
        secrets_hash(key.as_ref(), &self.secrets)
    }
}

/// What platforms are checked by, asked of whoever calls the step by hand too.
fn check_name(name: &str, flag: &str) -> Result<(), Failure> {
    BuildVariable::new(name).map(|_| ()).map_err(|error| {
        Failure::new(Exit::Usage, format!("`{flag}`: {error}")).help("give it another name")
    })
}

fn check_value(name: &str, value: &[u8], what: &str) -> Result<(), Failure> {
    let why = if value.contains(&0) {
        "holds a NUL byte, which no variable can".to_owned()
    } else if value.len() > LARGEST_SECRET {
        format!(
            "has {} bytes; a variable of a process has at most {LARGEST_SECRET}",
            value.len()
        )
    } else {
        return Ok(());
    };
    let message = format!("the {what} `{name}` {why}");
    Err(Failure::new(Exit::Usage, message)
        .help("railpack makes a variable of it in every step of the build: encode it in base64, or make it smaller"))
}

/// The plan in `directory`.
///
/// # Errors
/// When it is missing, too large, no JSON, or no plan.
pub(crate) fn read_plan(directory: &Path) -> Result<Value, Failure> {
    let path = directory.join(PLAN_FILE);
    let refuse = |why: String| {
        let message = format!("the plan `{}` {why}", path.display());
        Failure::new(Exit::Usage, message)
            .help("`luban step railpack-prepare` writes it, before lookup and build")
    };
    let unreadable = |error: std::io::Error| refuse(format!("cannot be read: {error}"));
    let mut bytes = Vec::new();
    let file = File::open(&path).map_err(unreadable)?;
    file.take(LARGEST_PLAN + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_PLAN {
        return Err(refuse(format!("is larger than {} MiB", LARGEST_PLAN >> 20)));
    }
    let plan: Value =
        serde_json::from_slice(&bytes).map_err(|error| refuse(format!("is no JSON: {error}")))?;
    let has_lists = |key| {
        plan.get(key)
            .is_none_or(|value| value.is_array() || value.is_null())
    };
    if !plan.is_object() || !has_lists("steps") || !has_lists("secrets") {
        return Err(refuse(
            "is no plan: an object with the lists `steps` and `secrets` is one".to_owned(),
        ));
    }
    Ok(plan)
}

/// Secrets that the plan asks for, each of which BuildKit must be given.
pub(crate) fn secrets_of(plan: &Value) -> impl Iterator<Item = &str> {
    let secrets = plan.get("secrets").and_then(Value::as_array);
    secrets.into_iter().flatten().filter_map(Value::as_str)
}

/// A directory of the clone without `.` and slashes at its ends; empty for the clone itself. It is what keys are made of.
pub(crate) fn plain_context(context: &str) -> String {
    let parts: Vec<&str> = context
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    parts.join("/")
}

/// The directory `context` of the clone in `source`, with all links followed.
///
/// # Errors
/// When it is not there, is no directory, or is outside the clone, where a link of the repository may lead.
pub(crate) fn built_directory(source: &Path, context: &str) -> Result<PathBuf, Failure> {
    let is_below = Path::new(context)
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    let outside = || {
        let message = format!(
            "the directory `{context}` is outside the clone `{}`",
            source.display()
        );
        Failure::new(Exit::Usage, message)
            .help("set `source.path` to a directory of the repository that is no link out of it")
    };
    if !is_below {
        return Err(outside());
    }
    let real = |path: &Path, help: &str| {
        let found = path.canonicalize().map_err(|error| error.to_string());
        let found = found.and_then(|found| match found.is_dir() {
            true => Ok(found),
            false => Err("it is no directory".to_owned()),
        });
        found.map_err(|why| {
            let message = format!("cannot build `{}`: {why}", path.display());
            Failure::new(Exit::Failed, message).help(help)
        })
    };
    let clone = real(
        source,
        "`luban step clone` writes the clone, before plan and build",
    )?;
    let directory = real(
        &clone.join(context),
        "set `source.path` to a directory that this commit has",
    )?;
    match directory.starts_with(&clone) {
        true => Ok(directory),
        false => Err(outside()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    fn read(
        files: &[(&str, &[u8])],
        names: &[&str],
        pairs: &[&str],
    ) -> (Result<BuildInputs, Failure>, Redactor) {
        let directory = tempfile::tempdir().unwrap();
        for (name, value) in files {
            fs::write(directory.path().join(name), value).unwrap();
        }
        let redactor = Redactor::default();
        let inputs = BuildInputs::read(
            names.iter().copied(),
            Some(directory.path()),
            pairs.iter().copied(),
            &redactor,
        );
        (inputs, redactor)
    }

    #[test]
    fn secrets_are_read_to_the_last_byte_and_hidden() {
        let (inputs, redactor) = read(
            &[("NPM_TOKEN", b"s3cr3t\n")],
            &["NPM_TOKEN"],
            &["A=b=c,\"\n"],
        );
        let inputs = inputs.unwrap();
        assert_eq!(inputs.secrets["NPM_TOKEN"].expose(), b"s3cr3t\n");
        assert_eq!(inputs.variables["A"], "b=c,\"\n");
        assert_eq!(redactor.text("s3cr3t"), "***");
        assert!(!format!("{inputs:?}").contains("s3cr3t"));
    }

    #[test]
    fn hostile_names_are_refused_before_anything_is_run() {
        for name in [
            "A.B",
            "--config-file",
            "1A",
            "$(id)",
            "A\nB",
            "a/../b",
            "PATH",
            "LD_PRELOAD",
            "cache-key",
            "secrets-hash",
            "github-token",
            "BUILDKIT_SYNTAX",
        ] {
            let secret = read(&[], &[name], &[]).0.unwrap_err();
            assert_eq!(secret.exit, Exit::Usage, "{name}");
            assert!(secret.message.contains("`--secret`"), "{}", secret.message);
            let pair = format!("{name}=1");
            let variable = read(&[], &[], &[&pair]).0.unwrap_err();
            assert_eq!(variable.exit, Exit::Usage, "{name}");
        }
    }

    #[test]
    fn a_secret_that_cannot_be_a_variable_is_refused_by_name_and_not_shown() {
        let large = vec![b'x'; LARGEST_SECRET + 1];
        for (value, why) in [(&b"top\0secret"[..], "NUL"), (&large, "130561")] {
            let failure = read(&[("A", value)], &["A"], &[]).0.unwrap_err();
            assert!(failure.message.contains("`A`"), "{}", failure.message);
            assert!(failure.message.contains(why), "{}", failure.message);
            assert!(!failure.message.contains("secret\0") && !failure.message.contains("xx"));
        }
    }

    #[test]
    fn a_secret_that_is_not_mounted_is_named() {
        let failure = read(&[], &["NPM_TOKEN"], &[]).0.unwrap_err();
        assert!(failure.message.contains("NPM_TOKEN"), "{}", failure.message);
        let without = BuildInputs::read(
            ["A"].into_iter(),
            None,
            [].into_iter(),
            &Redactor::default(),
        );
        assert!(without.unwrap_err().message.contains("`A`"));
    }

    #[test]
    fn a_name_is_a_secret_or_a_variable() {
        let failure = read(&[("A", b"1")], &["A"], &["A=2"]).0.unwrap_err();
        assert!(failure.message.contains("`A`"), "{}", failure.message);
    }

    #[test]
    fn the_last_of_two_values_counts() {
        let inputs = read(&[], &[], &["A=1", "A=2"]).0.unwrap();
        assert_eq!(inputs.variables["A"], "2");
    }

    #[test]
    fn the_key_of_the_hash_is_needed_with_secrets_only() {
        let keys = tempfile::tempdir().unwrap();
        fs::write(keys.path().join("key"), "project key\n").unwrap();
        let redactor = Redactor::default();
        let inputs = read(&[("NPM_TOKEN", b"s3cr3t")], &["NPM_TOKEN"], &[])
            .0
            .unwrap();
        // As in the tests of secrets_hash.rs.
        assert_eq!(
            inputs
                .secrets_hash(Some(keys.path()), &redactor)
                .unwrap()
                .as_deref(),
            Some("f52c15ad58d31f9080983404474c5a2374d0cd1258ce975537284bd0b0f0301c")
        );
        assert_eq!(redactor.text("project key"), "***");
        assert!(inputs.secrets_hash(None, &redactor).is_err());
        let none = read(&[], &[], &[]).0.unwrap();
        let missing = Path::new("/no/such/directory");
        assert_eq!(none.secrets_hash(Some(missing), &redactor), Ok(None));
    }

    #[test]
    fn plans_are_read_and_what_is_none_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(PLAN_FILE);
        assert!(
            read_plan(directory.path())
                .unwrap_err()
                .message
                .contains("cannot be read")
        );
        for (text, why) in [
            ("", "no JSON"),
            ("{\"steps\": [", "no JSON"),
            ("[]", "no plan"),
            ("{\"secrets\": {}}", "no plan"),
        ] {
            fs::write(&path, text).unwrap();
            let failure = read_plan(directory.path()).unwrap_err();
            assert!(failure.message.contains(why), "{text}: {}", failure.message);
        }
        fs::write(&path, vec![b' '; LARGEST_PLAN as usize + 1]).unwrap();
        let failure = read_plan(directory.path()).unwrap_err();
        assert!(failure.message.contains("larger"), "{}", failure.message);
        fs::write(&path, r#"{"steps":[],"secrets":["A","B"]}"#).unwrap();
        let plan = read_plan(directory.path()).unwrap();
        assert_eq!(secrets_of(&plan).collect::<Vec<_>>(), ["A", "B"]);
    }

    /// Defect 48 of the plan that the build type follows: `contextPath` could leave the clone.
    #[test]
    fn a_directory_that_leaves_the_clone_is_refused_whatever_leads_there() {
        let root = tempfile::tempdir().unwrap();
        let source = root.path().join("source");
        fs::create_dir_all(source.join("apps/web")).unwrap();
        fs::create_dir(root.path().join("secrets")).unwrap();
        symlink("../secrets", source.join("link")).unwrap();
        symlink("apps/web", source.join("inside")).unwrap();
        fs::write(source.join("file"), "").unwrap();
        let real = source.canonicalize().unwrap();
        assert_eq!(built_directory(&source, ".").unwrap(), real);
        assert_eq!(
            built_directory(&source, "inside").unwrap(),
            real.join("apps/web")
        );
        for (context, exit) in [
            ("link", Exit::Usage),
            ("../secrets", Exit::Usage),
            ("/etc", Exit::Usage),
            ("none", Exit::Failed),
            ("file", Exit::Failed),
        ] {
            let failure = built_directory(&source, context).unwrap_err();
            assert_eq!(failure.exit, exit, "{context}: {}", failure.message);
        }
    }

    #[test]
    fn a_directory_has_one_name_in_keys() {
        for context in [".", "", "./", "/"] {
            assert_eq!(plain_context(context), "");
        }
        assert_eq!(plain_context("./apps//web/"), "apps/web");
    }
}
