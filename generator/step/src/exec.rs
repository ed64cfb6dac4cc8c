//! `luban step exec`: a tool in its own image, without a shell. What it prints is bounded and without secrets, and how it ends has
//! the exit codes of all verbs. Nothing is needed but this program and the tool: no `/tmp`, no other file.

use std::path::Path;
use std::time::Duration;

use luban_command::{Parsed, TRANSIENT, exec as flag};

use crate::failure::{Exit, Failure};
use crate::files;
use crate::process::{Tool, ToolError};
use crate::redact::Redactor;
use crate::secret::Secret;
use crate::world::World;

/// How long a tool has without `--timeout-seconds`.
const LIMIT: Duration = Duration::from_secs(3600);
/// A variable that is only named like a secret is none for sure: in the file, a shorter value is more likely a word of it.
const SHORTEST: usize = 8;
/// Ends of names of variables whose values nobody may see.
const SECRET_NAMES: [&str; 5] = ["TOKEN", "PASSWORD", "SECRET", "KEY", "CREDENTIALS"];

pub(crate) fn run(call: &Parsed, world: &World<'_>) -> Result<(), Failure> {
    let mut words = call.command();
    let program = words.next().unwrap_or_default();
    if program.is_empty() {
        return Err(Failure::new(Exit::Usage, "there is no tool after `--`"));
    }
    // What is cut out of the file: others read it, and what only might be a secret must not break it.
    let of_file = Redactor::default();
    hide_variables(std::env::vars_os(), world.redactor, &of_file);
    if let Some(directory) = call.get(&flag::SECRETS_DIRECTORY) {
        for redactor in [world.redactor, &of_file] {
            hide_files(Path::new(directory), redactor)?;
        }
    }
    let seconds = call.get(&flag::TIMEOUT).and_then(|text| text.parse().ok());
    let tool = Tool::new(program)
        .args(words)
        .keeps_variables()
        .limit(seconds.map_or(LIMIT, Duration::from_secs));
    let output = call.get(&flag::OUTPUT).map(Path::new);
    let tool = match output {
        Some(_) => tool,
        None => tool.logs_output(),
    };
    let ran = tool.run(world).map_err(|error| {
        let is_missing = matches!(error, ToolError::Start { .. });
        let failure = Failure::from(error);
        match is_missing {
            true => failure.help("this step must run in the tool's image; a tool that is not in PATH is called by its path"),
            false => failure,
        }
    })?;
    if !ran.is_fine() {
        let message = format!("`{program}` failed ({})", ran.ending());
        return Err(match ran.status.code() {
            Some(code) if code == i32::from(TRANSIENT) => Failure::new(Exit::Transient, message)
                .help("it says that it may work later: run again"),
            Some(_) => Failure::new(Exit::Failed, message).help("what it says is above"),
            None => Failure::new(Exit::Failed, message)
                .help("it was killed, often for memory: give the step more"),
        });
    }
    let Some(path) = output else {
        return Ok(());
    };
    if ran.is_cut {
        let message = format!("`{program}` printed more than the 8 MiB that are kept");
        return Err(Failure::new(Exit::Failed, message)
            .help("let it write a file by itself, or print less"));
    }
    files::write(path, &of_file.bytes(&ran.output))
}

/// Hides the values of variables that are named like secrets; short ones in the log alone.
fn hide_variables(
    variables: impl Iterator<Item = (std::ffi::OsString, std::ffi::OsString)>,
    of_log: &Redactor,
    of_file: &Redactor,
) {
    for (name, value) in variables {
        let name = name.to_string_lossy().to_uppercase();
        if !SECRET_NAMES.iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let value = Secret::new(value.as_encoded_bytes());
        of_log.hide(&value);
        if value.expose().len() >= SHORTEST {
            of_file.hide(&value);
        }
    }
}

/// Hides what files of a mounted Secret hold. Kubernetes keeps what it mounts in `..data`, beside links to it.
fn hide_files(directory: &Path, redactor: &Redactor) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| {
        let message = format!("cannot read `{}`: {error}", directory.display());
        Failure::new(Exit::Usage, message).help("a Secret must be mounted there")
    };
    for entry in std::fs::read_dir(directory).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_file() {
            redactor.hide(&Secret::read_exact(&path)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::testing::{call, with_world};
    use std::ffi::OsString;
    use std::fs;

    fn exec(arguments: &[&str]) -> Result<(), Failure> {
        let all = [&["exec"], arguments].concat();
        with_world(|world| run(&call(&all), world))
    }

    #[test]
    fn a_tool_gets_its_arguments_and_its_output_goes_into_a_file_without_secrets() {
        let directory = tempfile::tempdir().unwrap();
        let secrets = directory.path().join("secrets");
        fs::create_dir(&secrets).unwrap();
        fs::write(secrets.join("token"), "s3cr3t\n").unwrap();
        let file = directory.path().join("output");
        let flags = [
            format!("--output={}", file.display()),
            format!("--secrets-directory={}", secrets.display()),
        ];
        exec(&[
            &flags[0],
            &flags[1],
            "--",
            "printf",
            "%s|%s",
            "$(id) s3cr3t",
            "--output=x",
        ])
        .unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "$(id) ***|--output=x");
        // Nothing but the file: no temporary one is left.
        assert_eq!(fs::read_dir(&directory).unwrap().count(), 2);
    }

    #[test]
    fn how_a_tool_ends_has_the_exit_codes_of_all_verbs() {
        for (script, exit, words) in [
            ("exit 1", Exit::Failed, "exit code 1"),
            ("exit 75", Exit::Transient, "exit code 75"),
            ("exit 2", Exit::Failed, "exit code 2"),
            ("kill -9 $$", Exit::Failed, "signal 9"),
        ] {
            let failure = exec(&["--", "/bin/sh", "-c", script]).unwrap_err();
            assert_eq!(failure.exit, exit, "{script}");
            assert!(failure.message.contains(words), "{}", failure.message);
        }
        assert_eq!(exec(&["--", "true"]), Ok(()));
        let missing = exec(&["--", "no-such-tool"]).unwrap_err();
        assert_eq!(missing.exit, Exit::Usage);
        let late = exec(&["--timeout-seconds=1", "--", "sleep", "60"]).unwrap_err();
        assert!(late.message.contains("did not end"), "{}", late.message);
    }

    #[test]
    fn output_that_is_too_large_is_no_output() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("output");
        let flag = format!("--output={}", file.display());
        let failure = exec(&[&flag, "--", "head", "-c", "9000000", "/dev/zero"]).unwrap_err();
        assert!(failure.message.contains("8 MiB"), "{}", failure.message);
        assert!(!file.exists());
        let failure = exec(&[&flag, "--", "false"]).unwrap_err();
        assert_eq!(failure.exit, Exit::Failed);
        assert!(!file.exists());
    }

    #[test]
    fn variables_that_are_named_like_secrets_are_hidden() {
        let (of_log, of_file) = (Redactor::default(), Redactor::default());
        let pair = |name: &str, value: &str| (OsString::from(name), OsString::from(value));
        let variables = [
            pair("npm_token", "s3cr3t-t0ken"),
            pair("CACHE_KEY", "true"),
            pair("PLACE", "visible"),
        ];
        hide_variables(variables.into_iter(), &of_log, &of_file);
        let text = r#"{"s3cr3t-t0ken": true, "at": "visible"}"#;
        assert_eq!(of_log.text(text), r#"{"***": ***, "at": "visible"}"#);
        // A file stays what it is.
        assert_eq!(of_file.text(text), r#"{"***": true, "at": "visible"}"#);
    }
}
