//! The strings.

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// Characters of a name that a report shows.
const SHOWN: usize = 60;
/// How many there are at least.
const FEWEST: usize = 200;

/// A name and what it tries.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: String,
    tries: String,
}

impl Name {
    /// The name, cut and without control characters, and what it tries.
    pub(super) fn label(&self) -> String {
        let shown: String = self.text.escape_debug().take(SHOWN).collect();
        format!("`{shown}`, which wants {}", self.tries)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    tries: String,
    #[serde(default = "once")]
    times: usize,
    texts: Vec<String>,
}

fn once() -> usize {
    1
}

/// All strings of `file`.
///
/// # Errors
/// When it cannot be read, or holds fewer than it should.
pub(super) fn read(file: &Path) -> Result<Vec<Name>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let groups: Vec<Group> = serde_yaml::from_str(&text)
        .with_context(|| format!("`{}` is no list of names", file.display()))?;
    let names: Vec<Name> = groups
        .into_iter()
        .flat_map(|group| {
            let (tries, times) = (group.tries, group.times);
            group.texts.into_iter().map(move |text| Name {
                text: text.repeat(times),
                tries: tries.clone(),
            })
        })
        .collect();
    if names.len() < FEWEST {
        bail!(
            "`{}` holds {} names, fewer than {FEWEST}",
            file.display(),
            names.len()
        );
    }
    Ok(names)
}
