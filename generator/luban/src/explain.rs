//! `luban explain`: rules, kinds and fields.

use crate::Outcome;
use crate::arguments::Explain;
use crate::schema::write;
use anyhow::{Context as _, Result, bail};
use luban_api::ExplainError;
use luban_check::{RULES, page, rule};
use luban_diagnostic::did_you_mean;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use terminal_size::{Width, terminal_size};

/// Lines longer than this are hard to read however wide the terminal is.
const WIDEST: usize = 120;

pub(crate) fn run(arguments: &Explain) -> Result<Outcome> {
    if let Some(folder) = &arguments.all {
        return pages(folder);
    }
    let text = match arguments.subject.as_deref() {
        None | Some("rules") => page::list(),
        Some(subject) => explanation(subject)?,
    };
    let width = io::stdout()
        .is_terminal()
        .then(terminal_size)
        .flatten()
        .map(|(Width(columns), _)| usize::from(columns).min(WIDEST));
    match width {
        Some(width) => print!("{}", wrapped(&text, width)),
        None => print!("{text}"),
    }
    Ok(Outcome::Fine)
}

/// What is said about a rule, a kind or a field.
fn explanation(subject: &str) -> Result<String> {
    if let Some(rule) = rule(subject) {
        return Ok(page::explanation(rule));
    }
    match luban_api::explain(subject) {
        Ok(explanation) => Ok(explanation.to_string()),
        Err(ExplainError::Kind { name, nearest }) => {
            let rules = RULES.iter().map(|rule| rule.id);
            match did_you_mean(subject, nearest.as_deref().into_iter().chain(rules)) {
                Some(meant) => {
                    bail!("no rule and no kind is called `{name}` (did you mean `{meant}`?)")
                }
                None => bail!(
                    "no rule and no kind is called `{name}`; `luban explain rules` lists the rules"
                ),
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes a page for each rule and removes those of rules that are gone.
fn pages(folder: &Path) -> Result<Outcome> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
    let mut wanted = BTreeMap::from([("README.md".to_owned(), page::index())]);
    wanted.extend(
        RULES
            .iter()
            .map(|rule| (format!("{}.md", rule.id), page::page(rule))),
    );
    let unreadable = || format!("cannot read `{}`", folder.display());
    for entry in fs::read_dir(folder).with_context(unreadable)? {
        let entry = entry.with_context(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_page =
            |path: &Path| fs::read_to_string(path).is_ok_and(|text| text.contains(page::GENERATED));
        if !wanted.contains_key(&name) && is_page(&entry.path()) {
            fs::remove_file(entry.path())
                .with_context(|| format!("cannot remove `{}`", entry.path().display()))?;
        }
    }
    let mut written = 0;
    for (name, text) in &wanted {
        written += usize::from(write(&folder.join(name), text)?);
    }
    println!("{} rules, {written} pages written", RULES.len());
    Ok(Outcome::Fine)
}

/// Breaks long lines, with what follows set in.
fn wrapped(text: &str, width: usize) -> String {
    text.lines()
        .map(|line| {
            let is_row = line.starts_with([' ', '*']);
            let indent = if is_row { "      " } else { "" };
            textwrap::fill(
                line,
                textwrap::Options::new(width).subsequent_indent(indent),
            ) + "\n"
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn long_lines_are_broken_and_set_in() {
        assert_eq!(
            wrapped("fields:\n  name  string  What it is called.\n", 20),
            "fields:\n  name  string  What\n      it is called.\n"
        );
    }
}
