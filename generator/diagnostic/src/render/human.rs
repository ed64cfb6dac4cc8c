//! The form for people: the source line with the place marked under it, as rustc shows its errors.

use std::collections::HashSet;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::snippet::snippet;
use super::{one_line, redacted_lines};
use crate::{Finding, Place, Severity, Sources};

/// Every finding with its source lines, related places and help, an empty line after each.
///
/// A place whose file `sources` lacks is shown without its line. `colour` adds ANSI escapes.
#[must_use]
pub fn human(findings: &[Finding], sources: &Sources, colour: bool) -> String {
    let mut page = Page {
        out: String::new(),
        sources,
        colour,
        redacted: redacted_lines(findings),
    };
    for finding in findings {
        page.finding(finding);
    }
    page.out
}

const BOLD: Style = Style::new().bold();
const MARGIN: Style = AnsiColor::BrightBlue.on_default().bold();

fn style_of(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::BrightYellow,
        Severity::Note => AnsiColor::BrightGreen,
    };
    colour.on_default().bold()
}

struct Page<'a> {
    out: String,
    sources: &'a Sources,
    colour: bool,
    redacted: HashSet<(&'a str, u32)>,
}

impl Page<'_> {
    fn finding(&mut self, finding: &Finding) {
        let style = style_of(finding.severity);
        self.styled(style, &format!("{}[{}]", finding.severity, finding.rule));
        self.styled(BOLD, &format!(": {}", one_line(&finding.message)));
        self.out.push('\n');

        let places = finding
            .place
            .iter()
            .chain(finding.related.iter().map(|related| &related.place));
        let margin = places
            .map(|place| place.span.start.line.to_string().len())
            .max()
            .unwrap_or(0);
        if let Some(place) = &finding.place {
            self.place("-->", place, margin, ('^', style), "");
        }
        for related in &finding.related {
            self.place(
                ":::",
                &related.place,
                margin,
                ('-', MARGIN),
                &related.message,
            );
        }
        if let Some(help) = &finding.help {
            if margin > 0 {
                self.margin(margin, "", " |");
                self.out.push('\n');
            }
            for (number, line) in help.lines().enumerate() {
                let lead = if number == 0 { " = " } else { "   " };
                self.margin(margin, "", lead);
                if number == 0 {
                    self.styled(BOLD, "help");
                    self.out.push_str(": ");
                } else {
                    self.out.push_str("      ");
                }
                self.out.push_str(&one_line(line));
                self.out.push('\n');
            }
        }
        self.out.push('\n');
    }

    /// One place: where it is, its line, and `mark` repeated under it with `label`.
    fn place(
        &mut self,
        arrow: &str,
        place: &Place,
        margin: usize,
        mark: (char, Style),
        label: &str,
    ) {
        let (mark, style) = mark;
        let start = place.span.start;
        self.margin(margin, "", arrow);
        let _ = writeln!(
            self.out,
            " {}:{}:{}",
            one_line(&place.file),
            start.line,
            start.column
        );
        let snippet = self
            .sources
            .text(&place.file)
            .filter(|_| !self.redacted.contains(&(&*place.file, start.line)))
            .and_then(|text| snippet(text, place.span));
        let Some(snippet) = snippet else {
            if !label.is_empty() {
                self.margin(margin, "", " = ");
                let _ = writeln!(self.out, "{}", one_line(label));
            }
            return;
        };
        self.margin(margin, "", " |");
        self.out.push('\n');
        self.margin(margin, &start.line.to_string(), " |");
        let _ = writeln!(self.out, " {}", snippet.line);
        self.margin(margin, "", " |");
        let _ = write!(self.out, " {:1$}", "", snippet.before);
        self.styled(style, &mark.to_string().repeat(snippet.marks));
        if !label.is_empty() {
            self.out.push(' ');
            self.styled(style, &one_line(label));
        }
        self.out.push('\n');
    }

    /// The left margin: a line number or space for one, then `text`.
    fn margin(&mut self, width: usize, number: &str, text: &str) {
        self.styled(MARGIN, &format!("{number:>width$}{text}"));
    }

    fn styled(&mut self, style: Style, text: &str) {
        if self.colour {
            let _ = write!(self.out, "{style}{text}{style:#}");
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests;
