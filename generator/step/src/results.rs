//! Results: what a verb found out, for the steps after it.

use std::path::PathBuf;

use luban_command::{Parsed, RESULT};

use crate::failure::{Exit, Failure};
use crate::files;

/// Where the results of a call go: `--result=NAME=PATH`.
#[derive(Debug)]
pub(crate) struct Results {
    paths: Vec<(String, PathBuf)>,
}

impl Results {
    /// The results that `call` asks for.
    ///
    /// # Errors
    /// For a name that the verb has no result of: `known` are all that it has.
    pub(crate) fn of(call: &Parsed, known: &[&str]) -> Result<Self, Failure> {
        let mut paths = Vec::new();
        for pair in call.list(&RESULT) {
            let (name, path) = pair.split_once('=').unwrap_or((pair, ""));
            if !known.contains(&name) || path.is_empty() {
                let message = match known {
                    [] => format!("`--result={pair}`: this verb has no results"),
                    known => format!(
                        "`--result={pair}`: expected NAME=PATH, and one of the results `{}`",
                        known.join("`, `")
                    ),
                };
                return Err(Failure::new(Exit::Usage, message)
                    .help("`luban generate` compiles the calls of this version of luban"));
            }
            paths.push((name.to_owned(), PathBuf::from(path)));
        }
        Ok(Self { paths })
    }

    /// Writes the result `name`, if it is asked for.
    ///
    /// # Errors
    /// When its file cannot be written.
    pub(crate) fn write(&self, name: &str, value: &str) -> Result<(), Failure> {
        let asked = self.paths.iter().filter(|(known, _)| known == name);
        for (_, path) in asked {
            files::write(path, value.as_bytes())?;
        }
        Ok(())
    }
}
