//! A line a finding, as compilers and editors exchange them.

use std::fmt::Write;

use super::one_line;
use crate::Finding;

/// `file:line:column: severity[rule] message`, a line each.
#[must_use]
pub fn concise(findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        if let Some(place) = &finding.place {
            let start = place.span.start;
            let _ = write!(
                out,
                "{}:{}:{}: ",
                one_line(&place.file),
                start.line,
                start.column
            );
        }
        let _ = writeln!(
            out,
            "{}[{}] {}",
            finding.severity,
            finding.rule,
            one_line(&finding.message)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lines;

    #[test]
    fn a_finding_is_one_line_whatever_it_quotes() {
        let place = Lines::new("a\nb").place("a.yaml", "a\nb", 2..3);
        assert_eq!(
            concise(&[
                Finding::error("r", "bad `x\n\u{1b}[31m`").at(place),
                Finding::note("s", "fine")
            ]),
            "a.yaml:2:1: error[r] bad `x\\n\\u{1b}[31m`\nnote[s] fine\n"
        );
    }
}
