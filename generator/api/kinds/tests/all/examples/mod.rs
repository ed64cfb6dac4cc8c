//! Upstream's examples, and what is known not to hold for some.

use std::path::PathBuf;
use std::{env, fs};

/// The examples that `LUBAN_CORPUS` names.
pub(crate) struct Examples {
    folder: PathBuf,
    /// Where an example is, and what its file is called upstream.
    paths: Vec<(String, String)>,
    /// Part of a path and the reason.
    exceptions: Vec<(&'static str, &'static str)>,
    met: Vec<bool>,
    held: usize,
    failures: Vec<String>,
}

impl Examples {
    /// The examples, if there are any. `exceptions` has a line `part of a path | reason` for each that fails.
    pub(crate) fn open(exceptions: &'static str) -> Option<Self> {
        let Some(folder) = env::var_os("LUBAN_CORPUS").map(PathBuf::from) else {
            println!("LUBAN_CORPUS is not set: no example is read");
            return None;
        };
        let index =
            fs::read_to_string(folder.join("index.jsonl")).expect("the corpus has an index");
        let paths = index
            .lines()
            .map(|line| {
                let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
                let text = |key: &str| line[key].as_str().expect("a line has a path").to_owned();
                (text("path"), text("source"))
            })
            .collect();
        let exceptions: Vec<_> = exceptions
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.split_once(" | ").expect("an exception has a reason"))
            .collect();
        Some(Self {
            folder,
            paths,
            met: vec![false; exceptions.len()],
            exceptions,
            held: 0,
            failures: Vec::new(),
        })
    }

    /// Gives the name of each example's file and its text to `test`.
    pub(crate) fn each(&mut self, test: impl Fn(&str, &str) -> Result<(), String>) {
        for (path, source) in &self.paths {
            let text = fs::read_to_string(self.folder.join(path)).expect("the index names files");
            let exception = self
                .exceptions
                .iter()
                .position(|(part, _)| path.contains(part));
            match (test(source, &text), exception) {
                (Ok(()), Some(_)) => {
                    let failure = format!("{path}: holds, though it is an exception");
                    self.failures.push(failure);
                }
                (Ok(()), None) => self.held += 1,
                (Err(_), Some(index)) => self.met[index] = true,
                (Err(error), None) => self.failures.push(format!("{path}: {}", error.trim())),
            }
        }
    }

    /// Says how many hold; fails unless all do but the exceptions, and each of these was met.
    pub(crate) fn finish(self) {
        println!(
            "{} of {} examples hold; {} exceptions",
            self.held,
            self.paths.len(),
            self.exceptions.len()
        );
        let unmet = self.exceptions.iter().zip(&self.met);
        let unmet = unmet.filter(|(_, met)| !**met);
        let unmet = unmet.map(|((part, _), _)| format!("no example is called `{part}`"));
        let failures: Vec<String> = self.failures.into_iter().chain(unmet).collect();
        assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    }
}
