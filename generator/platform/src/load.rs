//! From bytes to a platform.

use crate::{Platform, input, lower};
use luban_diagnostic::{Finding, Severity, sort_findings};
use luban_yaml::{Budget, parse, read};

/// What reading a platform gave: a platform unless a finding is an error.
#[derive(Debug)]
pub struct Loaded {
    /// The platform, if no finding is an error.
    pub platform: Option<Platform>,
    /// Errors and warnings, sorted by place.
    pub findings: Vec<Finding>,
}

/// Reads and resolves the platform in `bytes`; `file` is its path as findings show it.
pub fn load(file: &str, bytes: &[u8]) -> Loaded {
    let documents = match parse(file, bytes, &Budget::default()) {
        Ok(documents) => documents,
        Err(findings) => {
            return Loaded {
                platform: None,
                findings,
            };
        }
    };
    let [document] = &documents[..] else {
        let message = format!(
            "`{file}` has {} YAML documents; a platform is one",
            documents.len()
        );
        return Loaded {
            platform: None,
            findings: vec![Finding::error("wrong-kind", message)],
        };
    };
    let (typed, mut findings) = read::<input::Document>(document);
    let (platform, lowered) = match &typed {
        Some(typed) => lower::lower(typed, document),
        None => (None, Vec::new()),
    };
    // What was read as something else says nothing more: a neutral value stands in its place.
    let misread: Vec<_> = findings
        .iter()
        .filter_map(|finding| finding.place.clone())
        .collect();
    findings.extend(lowered.into_iter().filter(|finding| {
        finding
            .place
            .as_ref()
            .is_none_or(|place| !misread.contains(place))
    }));
    sort_findings(&mut findings);
    let is_fine = findings
        .iter()
        .all(|finding| finding.severity != Severity::Error);
    Loaded {
        platform: platform.filter(|_| is_fine),
        findings,
    }
}
