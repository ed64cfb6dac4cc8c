//! One message about one place.

use std::fmt;
use std::sync::Arc;

use crate::Place;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It must be put right.
    Error,
    /// It should be put right.
    Warning,
    /// It is good to know.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// The object that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    /// Its API group and version.
    pub api_version: String,
    /// Its kind.
    pub kind: String,
    /// Its name, or how its name begins if it is generated; empty if it has none.
    pub name: String,
}

/// Another place that a finding is about, and what it has to do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// What stands there.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// What is wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name in kebab case.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// Where, unless it is about no file.
    pub place: Option<Place>,
    /// The object that stands there, if one does.
    pub object: Option<Arc<Subject>>,
    /// The other ends: the first of two duplicates, the declaration that a reference misses.
    pub related: Vec<Related>,
    /// What would be right.
    pub help: Option<String>,
    /// Whether the place may hold a secret: renderers do not show its line.
    pub is_redacted: bool,
}

impl Finding {
    /// A finding of any severity, without a place.
    #[must_use]
    pub fn new(rule: &'static str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            place: None,
            object: None,
            related: Vec::new(),
            help: None,
            is_redacted: false,
        }
    }

    /// What must be put right.
    #[must_use]
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, message)
    }

    /// What should be put right.
    #[must_use]
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, message)
    }

    /// What is good to know.
    #[must_use]
    pub fn note(rule: &'static str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Note, message)
    }

    /// This finding at a place, or at none.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// This finding with another place that it is about; nothing is added where there is no place.
    #[must_use]
    pub fn related(mut self, message: impl Into<String>, place: impl Into<Option<Place>>) -> Self {
        self.related.extend(place.into().map(|place| Related {
            message: message.into(),
            place,
        }));
        self
    }

    /// This finding with its line kept out of what is shown: a secret may stand there.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        self.is_redacted = true;
        self
    }

    /// This finding with what would be right.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Sorts by file, offset, rule and message; findings about no file come first.
pub fn sort_findings(findings: &mut [Finding]) {
    fn key(finding: &Finding) -> (Option<(&str, u32)>, &str, &str) {
        let place = finding
            .place
            .as_ref()
            .map(|place| (&*place.file, place.span.start.offset));
        (place, finding.rule, &finding.message)
    }
    findings.sort_by(|left, right| key(left).cmp(&key(right)));
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Summary {
    /// Counts `findings`.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let count = |severity| {
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count()
        };
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

impl fmt::Display for Summary {
    /// `2 errors, 1 warning`; `no findings` when there are none.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let parts = counts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<_> = parts
            .map(|(count, name)| format!("{count} {name}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        formatter.write_str(if parts.is_empty() { "no findings" } else { "" })?;
        formatter.write_str(&parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lines;

    #[test]
    fn findings_are_sorted_by_file_then_offset_then_rule() {
        let text = "0123456789";
        let at =
            |file: &'static str, offset| Lines::new(text).place(file, text, offset..offset + 1);
        let mut findings = vec![
            Finding::error("b", "4").at(at("b.yaml", 1)),
            Finding::error("b", "3").at(at("a.yaml", 9)),
            Finding::note("b", "2").at(at("a.yaml", 2)),
            Finding::warning("a", "1").at(at("a.yaml", 2)),
            Finding::error("z", "0"),
        ];
        sort_findings(&mut findings);
        assert_eq!(
            findings
                .iter()
                .map(|finding| finding.message.as_str())
                .collect::<Vec<_>>(),
            ["0", "1", "2", "3", "4"]
        );
    }

    #[test]
    fn a_summary_names_only_what_there_is() {
        let summary = Summary::of(&[
            Finding::error("a", ""),
            Finding::error("a", ""),
            Finding::note("a", ""),
        ]);
        assert_eq!(summary.to_string(), "2 errors, 1 note");
        assert_eq!(Summary::default().to_string(), "no findings");
    }
}
