//! Stand-ins of tools for tests: they know the command line of the real one and refuse all else, and remember how they were called.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

/// A tool of `tests/fakes`, in a directory of its own.
pub(crate) struct FakeTool {
    directory: TempDir,
    name: &'static str,
}

impl FakeTool {
    pub(crate) fn new(name: &'static str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        // A link: a program that was written a moment ago cannot be started while another thread forks.
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fakes");
        let program = PathBuf::from(program).join(name);
        std::os::unix::fs::symlink(program, directory.path().join(name)).unwrap();
        Self { directory, name }
    }

    pub(crate) fn program(&self) -> PathBuf {
        self.directory.path().join(self.name)
    }

    /// What it gives for a digest, in a format.
    pub(crate) fn give(&self, digest: &str, format: &str, text: &str) {
        let name = format!("{}.{format}", digest.trim_start_matches("sha256:"));
        fs::write(self.directory.path().join(name), text).unwrap();
    }

    /// Takes back what it gives.
    pub(crate) fn take(&self, digest: &str, format: &str) {
        let name = format!("{}.{format}", digest.trim_start_matches("sha256:"));
        fs::remove_file(self.directory.path().join(name)).unwrap();
    }

    /// Lets its next calls fail, each with one of these last words.
    pub(crate) fn fail(&self, words: &[&str]) {
        let text = words.join("\n") + "\n";
        fs::write(self.directory.path().join("faults"), text).unwrap();
    }

    /// A file that it wrote.
    pub(crate) fn file(&self, name: &str) -> String {
        fs::read_to_string(self.directory.path().join(name)).unwrap_or_default()
    }
}
