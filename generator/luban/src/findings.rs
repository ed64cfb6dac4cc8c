//! Findings in the form that was asked for: for people on standard error, for programs on standard output.

use crate::arguments::Format;
use luban_diagnostic::{Finding, Severity, Sources, Summary, concise, github, human, json};
use std::io::IsTerminal;

/// Shows `findings`; `sources` are the files that they point at. Whether any is an error.
pub(crate) fn show(findings: &[Finding], sources: &Sources, format: Format) -> bool {
    let text = text(findings, sources, format);
    match format {
        Format::Json | Format::Github => print!("{text}"),
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

fn text(findings: &[Finding], sources: &Sources, format: Format) -> String {
    match format {
        Format::Json => format!("{}\n", json(findings).trim_end()),
        _ if findings.is_empty() => String::new(),
        Format::Human => {
            let stderr = std::io::stderr();
            let colour = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            format!(
                "{}{}\n",
                human(findings, sources, colour),
                summary(&Summary::of(findings))
            )
        }
        Format::Concise => concise(findings),
        Format::Github => github(findings),
    }
}

fn summary(summary: &Summary) -> String {
    let count = |number: usize, what: &str| {
        (number > 0).then(|| format!("{number} {what}{}", if number == 1 { "" } else { "s" }))
    };
    let parts: Vec<String> = [
        count(summary.errors, "error"),
        count(summary.warnings, "warning"),
        count(summary.notes, "note"),
    ]
    .into_iter()
    .flatten()
    .collect();
    parts.join(", ")
}
