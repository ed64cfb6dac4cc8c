//! Findings in the form that was asked for: for people on standard error, for programs on standard output.

use crate::arguments::Format;
use luban_diagnostic::{Finding, Severity, Sources, Summary, concise, github, human, json};
use std::io::IsTerminal;

/// Shows `findings`; `sources` are the files that they point at. Whether any is an error.
pub(crate) fn show(findings: &[Finding], sources: &Sources, format: Format) -> bool {
    let text = text(findings, sources, format);
    match format {
        Format::Json | Format::Github | Format::Sarif => print!("{text}"),
        Format::Human | Format::Concise => eprint!("{text}"),
    }
    has_error(findings)
}

/// Shows findings in any form on standard error, because objects are on standard output. Whether any is an error.
pub(crate) fn show_beside_objects(findings: &[Finding], sources: &Sources, format: Format) -> bool {
    eprint!("{}", text(findings, sources, format));
    has_error(findings)
}

fn has_error(findings: &[Finding]) -> bool {
    findings
        .iter()
        .any(|finding| finding.severity == Severity::Error)
}

/// Whether what goes to a stream is coloured: only people at a terminal see colours.
pub(crate) fn is_coloured(stream: &impl IsTerminal) -> bool {
    let is_refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    stream.is_terminal() && !is_refused
}

fn text(findings: &[Finding], sources: &Sources, format: Format) -> String {
    match format {
        Format::Json => format!("{}\n", json(findings).trim_end()),
        Format::Sarif => crate::check::sarif(findings, sources),
        _ if findings.is_empty() => String::new(),
        Format::Human => {
            let colour = is_coloured(&std::io::stderr());
            format!(
                "{}{}\n",
                human(findings, sources, colour),
                Summary::of(findings)
            )
        }
        Format::Concise => concise(findings),
        Format::Github => github(findings),
    }
}
