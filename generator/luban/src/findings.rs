//! Findings on standard error, or as JSON on standard output.

use crate::arguments::Format;
use luban_diagnostic::{Finding, Severity, Sources, Summary, concise, github, human, json};
use std::io::IsTerminal;

/// Shows `findings`; `sources` are the files that they point at. Whether any is an error.
pub(crate) fn show(findings: &[Finding], sources: &Sources, format: Format) -> bool {
    let has_error = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    match format {
        Format::Json => println!("{}", json(findings).trim_end()),
        _ if findings.is_empty() => {}
        Format::Human => {
            let stderr = std::io::stderr();
            let colour = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
            eprint!("{}", human(findings, sources, colour));
            eprintln!("{}", summary(&Summary::of(findings)));
        }
        Format::Concise => eprint!("{}", concise(findings)),
        Format::Github => print!("{}", github(findings)),
    }
    has_error
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
