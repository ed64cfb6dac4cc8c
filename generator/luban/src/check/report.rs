//! What was found, in the form that was asked for, on standard output.

use crate::arguments::{Colour, Format};
use crate::findings::is_coloured;
use anyhow::{Context as _, Result};
use luban_check::{page, rule};
use luban_diagnostic::{Finding, Sources, Summary, concise, github, human, json};
use std::io::{self, Write};

/// What was found, and in how many files was looked.
pub(crate) struct Report<'a> {
    pub(crate) findings: &'a [Finding],
    pub(crate) sources: &'a Sources,
    pub(crate) files: usize,
    /// How many findings were accepted.
    pub(crate) accepted: usize,
}

impl Report<'_> {
    pub(crate) fn print(&self, format: Format, colour: Colour) -> Result<()> {
        let mut output = io::stdout().lock();
        let text = match format {
            Format::Human => self.human(match colour {
                Colour::Auto => is_coloured(&output),
                Colour::Always => true,
                Colour::Never => false,
            }),
            Format::Concise => concise(self.findings),
            Format::Json => json(self.findings),
            Format::Sarif => sarif(self.findings, self.sources),
            Format::Github => github(self.findings),
        };
        output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush())
            .context("cannot write to standard output")
    }

    fn human(&self, colour: bool) -> String {
        let plural = if self.files == 1 { "" } else { "s" };
        let accepted = match self.accepted {
            0 => String::new(),
            count => format!(", {count} accepted"),
        };
        format!(
            "{}{} in {} file{plural}{accepted}\n",
            human(self.findings, self.sources, colour),
            Summary::of(self.findings),
            self.files,
        )
    }
}

/// Findings as SARIF, with what is said about their rules.
pub(crate) fn sarif(findings: &[Finding], sources: &Sources) -> String {
    luban_diagnostic::sarif(findings, sources, env!("CARGO_PKG_VERSION"), |id| {
        rule(id).map(page::text)
    })
}
