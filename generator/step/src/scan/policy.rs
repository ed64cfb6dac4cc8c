//! Which vulnerabilities an image may have.

use std::collections::BTreeSet;
use std::fmt;

use super::report::{Finding, Key, Report};

/// How bad a vulnerability is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    Unknown,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Unknown, "unknown"),
        (Self::Low, "low"),
        (Self::Medium, "medium"),
        (Self::High, "high"),
        (Self::Critical, "critical"),
    ];

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, name)| *name == text);
        found.map(|(severity, _)| *severity)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = Self::ALL.iter().find(|(severity, _)| severity == self);
        formatter.write_str(found.map_or("", |(_, name)| name))
    }
}

/// What the platform's `policies.scan` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    /// Severities that count.
    pub(crate) fail_on: BTreeSet<Severity>,
    /// Whether what has no fix yet does not count.
    pub(crate) ignores_unfixed: bool,
}

/// What becomes of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing counts.
    Passes,
    /// What counts was in the image that it replaces too.
    AddsNothing(Vec<Finding>),
    /// These are new, or there is nothing that it replaces.
    Refused(Vec<Finding>),
}

impl Policy {
    /// Reads severities, one a text or several separated by commas.
    ///
    /// # Errors
    /// The text that is none.
    pub(crate) fn new<'a>(
        fail_on: impl Iterator<Item = &'a str>,
        ignores_unfixed: bool,
    ) -> Result<Self, String> {
        let names = fail_on.flat_map(|text| text.split(',')).map(str::trim);
        let fail_on = names
            .filter(|name| !name.is_empty())
            .map(|name| {
                let severity = Severity::parse(&name.to_lowercase());
                severity
                    .filter(|severity| *severity != Severity::Unknown)
                    .ok_or_else(|| name.to_owned())
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            fail_on,
            ignores_unfixed,
        })
    }

    /// What counts of a report, the worst first.
    pub(crate) fn counted(&self, report: &Report) -> Vec<Finding> {
        let counts = |finding: &&Finding| {
            self.fail_on.contains(&finding.severity)
                && !(self.ignores_unfixed && finding.fixed.is_none())
        };
        let mut counted: Vec<Finding> = report.findings.iter().filter(counts).cloned().collect();
        counted.sort_by(|a, b| {
            b.severity
                .cmp(&a.severity)
                .then_with(|| a.key().cmp(&b.key()))
        });
        counted
    }
}

/// What becomes of an image of which `counted` counts, when the one that it replaces has `before`.
pub(crate) fn verdict(counted: Vec<Finding>, before: Option<&BTreeSet<Key>>) -> Verdict {
    if counted.is_empty() {
        return Verdict::Passes;
    }
    let Some(before) = before else {
        return Verdict::Refused(counted);
    };
    let new: Vec<Finding> = counted
        .iter()
        .filter(|finding| !before.contains(&finding.key()))
        .cloned()
        .collect();
    match new.is_empty() {
        true => Verdict::AddsNothing(counted),
        false => Verdict::Refused(new),
    }
}
