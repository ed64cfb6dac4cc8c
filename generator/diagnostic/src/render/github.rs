//! Workflow commands, by which GitHub Actions shows findings beside the lines of a pull request.
//!
//! Escaping as in actions/toolkit, `packages/core/src/command.ts`.

use std::fmt::Write;

use crate::{Finding, Severity};

/// One `::error file=…,line=…::message` command a finding.
#[must_use]
pub fn github(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        out.push_str(match finding.severity {
            Severity::Error => "::error ",
            Severity::Warning => "::warning ",
            Severity::Note => "::notice ",
        });
        if let Some(place) = &finding.place {
            let (start, end) = (place.span.start, place.span.end);
            let _ = write!(
                out,
                "file={},line={},endLine={},",
                property(&place.file),
                start.line,
                end.line
            );
            // GitHub refuses columns of a stretch of several lines.
            if start.line == end.line {
                let _ = write!(out, "col={},endColumn={},", start.column, end.column);
            }
        }
        let _ = write!(
            out,
            "title={}::{}",
            property(finding.rule),
            data(&finding.message)
        );
        if let Some(help) = &finding.help {
            let _ = write!(out, "%0Ahelp: {}", data(help));
        }
        out.push('\n');
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lines;

    #[test]
    fn a_message_cannot_end_its_command() {
        let text = "ab\ncd";
        let lines = Lines::new(text);
        let findings = [
            Finding::error("r", "100%\n::set-output::x")
                .at(lines.place("a,b:c.yaml", text, 0..2))
                .help("say `y`"),
            Finding::note("s", "m").at(lines.place("d.yaml", text, 1..4)),
            Finding::warning("t", "m"),
        ];
        assert_eq!(
            github(&findings),
            "::error file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=1,endColumn=3,title=r::100%25%0A::set-output::x%0Ahelp: say `y`\n\
             ::notice file=d.yaml,line=1,endLine=2,title=s::m\n\
             ::warning title=t::m\n"
        );
    }
}
