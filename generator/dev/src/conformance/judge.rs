//! The judges: Go programs that are built once for each state of their source, and asked through pipes.

use super::protocol::{Question, Request, Verdict};
use anyhow::{Context as _, Result, bail};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A judge's source.
#[derive(Debug)]
pub(crate) struct Source {
    /// Name of the judge and of its folder.
    pub(crate) name: String,
    /// Where its source and its cases are.
    pub(crate) folder: PathBuf,
}

/// A judge that is built.
#[derive(Debug)]
pub(crate) struct Judge {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    program: PathBuf,
}

/// The judges in `directory`, by name: each folder with a `go.mod` and cases of its own.
///
/// # Errors
/// When the directory cannot be read or has none.
pub(crate) fn find(directory: &Path) -> Result<Vec<Source>> {
    let directory = fs::canonicalize(directory)
        .with_context(|| format!("there is no `{}`", directory.display()))?;
    let mut found = Vec::new();
    for entry in fs::read_dir(&directory)? {
        let folder = entry?.path();
        if let Some(name) = folder.file_name().and_then(|name| name.to_str())
            && folder.join("go.mod").is_file()
            && folder.join("cases.jsonl").is_file()
        {
            found.push(Source {
                name: name.to_owned(),
                folder,
            });
        }
    }
    if found.is_empty() {
        bail!("there is no judge in `{}`", directory.display());
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

impl Source {
    /// Builds the judge unless it is built for this state of its source.
    ///
    /// # Errors
    /// When there is no Go, or the program does not compile.
    pub(crate) fn build(self) -> Result<Judge> {
        let program = self.program(&self.name, ".")?;
        Ok(Judge {
            name: self.name,
            folder: self.folder,
            program,
        })
    }

    /// The program of a package that this module has or requires, built unless it is built for this state.
    ///
    /// # Errors
    /// As [`Source::build`].
    pub(crate) fn program(&self, name: &str, package: &str) -> Result<PathBuf> {
        // `go` runs in the module's folder, where a relative path would mean something else.
        let builds = std::path::absolute(self.folder.with_file_name(".build"))?;
        let program = builds.join(format!("{name}-{}", self.key()?));
        if !program.is_file() {
            eprintln!("building {name}, which can take minutes");
            fs::create_dir_all(&builds)?;
            self.compile(&program, package)?;
            remove_older(name, &builds, &program)?;
        }
        Ok(program)
    }

    /// The first 12 hex digits of the SHA-256 of `go.sum` and of each `*.go` by name.
    fn key(&self) -> Result<String> {
        let mut files: Vec<PathBuf> = fs::read_dir(&self.folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|extension| extension == "go"));
        files.sort();
        files.insert(0, self.folder.join("go.sum"));
        let mut hash = Sha256::new();
        for file in files {
            hash.update(
                fs::read(&file).with_context(|| format!("cannot read `{}`", file.display()))?,
            );
        }
        Ok(hash
            .finalize()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }

    /// The command of tests/conformance/README.md; the program gets its name once it is whole.
    fn compile(&self, program: &Path, package: &str) -> Result<()> {
        let unfinished = program.with_extension("part");
        let status = Command::new("go")
            .args(["build", "-o"])
            .arg(&unfinished)
            .arg(package)
            .current_dir(&self.folder)
            .envs([
                ("GOTOOLCHAIN", "local"),
                ("CGO_ENABLED", "0"),
                ("GOFLAGS", "-trimpath -buildvcs=false"),
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status();
        match status {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                bail!(
                    "there is no `go` on the PATH: upstream's validators are Go programs; install Go 1.26"
                )
            }
            Err(error) => Err(error).context("cannot run `go`"),
            Ok(status) if !status.success() => {
                bail!("`go build` of `{}` failed", self.folder.display())
            }
            Ok(_) => fs::rename(&unfinished, program)
                .with_context(|| format!("cannot name `{}`", program.display())),
        }
    }
}

/// Removes programs of that name that were built from other states of their source.
fn remove_older(name: &str, builds: &Path, program: &Path) -> Result<()> {
    for entry in fs::read_dir(builds)? {
        let path = entry?.path();
        let found = path.file_name().and_then(|found| found.to_str());
        let key = found.and_then(|found| found.strip_prefix(name)?.strip_prefix('-'));
        let is_program = key
            .is_some_and(|key| key.len() == 12 && key.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if is_program && path != program {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

impl Judge {
    /// The program, for those who run it themselves.
    pub(crate) fn program(&self) -> &Path {
        &self.program
    }

    /// The verdicts on `questions`, in their order.
    ///
    /// # Errors
    /// When the judge cannot run or breaks the protocol.
    pub(crate) fn ask<'a>(
        &self,
        questions: impl Iterator<Item = &'a Question>,
    ) -> Result<Vec<Verdict>> {
        let mut lines = BufWriter::new(tempfile::tempfile()?);
        let mut count = 0;
        for question in questions {
            serde_json::to_writer(
                &mut lines,
                &Request {
                    id: count.to_string(),
                    question,
                },
            )?;
            lines.write_all(b"\n")?;
            count += 1;
        }
        let verdicts = self.ask_lines(lines.into_inner()?)?;
        let is_answered = verdicts
            .iter()
            .enumerate()
            .all(|(i, verdict)| verdict.id == i.to_string());
        if verdicts.len() != count || !is_answered {
            bail!(
                "judge `{}` gave {} verdicts, not one for each of {count} requests in order",
                self.name,
                verdicts.len()
            );
        }
        Ok(verdicts)
    }

    /// The verdicts on requests that are written already, in a file that was written to its end.
    ///
    /// # Errors
    /// When the judge cannot run or breaks the protocol.
    pub(crate) fn ask_lines(&self, mut requests: File) -> Result<Vec<Verdict>> {
        requests.rewind()?;
        let output = Command::new(&self.program)
            .stdin(requests)
            .output()
            .with_context(|| format!("cannot run `{}`", self.program.display()))?;
        if !output.status.success() {
            bail!(
                "judge `{}` failed: {}",
                self.name,
                String::from_utf8_lossy(&output.stderr).trim_end()
            );
        }
        serde_json::Deserializer::from_slice(&output.stdout)
            .into_iter()
            .collect::<Result<_, _>>()
            .with_context(|| format!("judge `{}` wrote what is no verdict", self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_changes_with_every_source_file() {
        let folder = tempfile::tempdir().unwrap();
        let source = || Source {
            name: "x".into(),
            folder: folder.path().to_owned(),
        };
        fs::write(folder.path().join("go.sum"), "sum\n").unwrap();
        fs::write(folder.path().join("main.go"), "main\n").unwrap();
        // printf 'sum\nmain\n' | sha256sum
        assert_eq!(source().key().unwrap(), "215f2e5ceb4b");
        fs::write(folder.path().join("a.go"), "a\n").unwrap();
        // printf 'sum\na\nmain\n' | sha256sum
        assert_eq!(source().key().unwrap(), "3b2eb48fcab2");
    }

    #[test]
    fn programs_of_other_states_go_and_those_of_other_judges_stay() {
        let builds = tempfile::tempdir().unwrap();
        for name in [
            "argo-0123456789ab",
            "argo-ba9876543210",
            "argo-cd-0123456789ab",
        ] {
            fs::write(builds.path().join(name), "").unwrap();
        }
        let kept = builds.path().join("argo-0123456789ab");
        remove_older("argo", builds.path(), &kept).unwrap();
        let mut left: Vec<_> = fs::read_dir(builds.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["argo-0123456789ab", "argo-cd-0123456789ab"]);
    }
}
