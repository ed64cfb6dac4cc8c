//! What the rules find, less what is accepted.

use std::collections::HashSet;

use luban_diagnostic::{Finding, sort_findings};

use crate::ignores::{self, Ignores};
use crate::levels::Levels;
use crate::objects::Objects;
use crate::options::Options;
use crate::rules::{RULES, rule};
use crate::run::find;
use crate::subject::name_objects;

/// What came of a check.
#[derive(Debug, Default)]
pub struct Checked {
    /// What was found, sorted by file and place.
    pub findings: Vec<Finding>,
    /// How many findings were accepted, by comments or by [`Options::levels`].
    pub accepted: usize,
    /// The levels, by their number, that take the findings of a rule away and had none to take.
    pub idle_levels: Vec<(usize, String)>,
}

/// Says everything that the rules find in the objects, sorted by file and place.
///
/// Objects that are given apart are not checked themselves. A mistake in an object that others refer to is said once, in that
/// object; what is only wrong together is said at the reference. What comments and [`Options::levels`] accept is left out.
#[must_use]
pub fn check(objects: &Objects, options: &Options) -> Vec<Finding> {
    check_all(objects, options).findings
}

/// As [`check`], and says what was accepted.
#[must_use]
pub fn check_all(objects: &Objects, options: &Options) -> Checked {
    let mut asked = options.clone();
    if asked.only.contains(ignores::UNUSED) {
        // Whether a comment has an effect shows when all rules look.
        asked.only.clear();
    }
    let ran = RULES.iter().filter(|rule| asked.has(rule));
    let ran: HashSet<&'static str> = ran.map(|rule| rule.id).collect();
    let mut ignores = Ignores::of(objects);
    let mut levels = Levels::new(&options.levels);
    let mut findings = find(objects, &asked);
    let refused = objects.refused.iter();
    findings.extend(
        refused
            .filter(|found| !asked.off.contains(found.rule))
            .cloned(),
    );
    let mut accepted = 0;
    let mut keep = |finding: &mut Finding, is_ignored: bool| {
        let severity = levels.severity(finding);
        finding.severity = severity.unwrap_or(finding.severity);
        let is_kept = severity.is_some() && !is_ignored;
        accepted += usize::from(!is_kept);
        is_kept
    };
    findings.retain_mut(|finding| {
        let is_ignored = ignores.accept(finding);
        keep(finding, is_ignored)
    });
    if asked.only.len() != options.only.len() {
        findings.retain(|finding| rule(finding.rule).is_none_or(|rule| options.has(rule)));
    }
    let mut of_comments = ignores.findings(&ran);
    of_comments.retain(|finding| rule(finding.rule).is_some_and(|rule| options.has(rule)));
    of_comments.retain_mut(|finding| keep(finding, false));
    findings.extend(of_comments);
    sort_findings(&mut findings);
    name_objects(objects, &mut findings);
    Checked {
        findings,
        accepted,
        idle_levels: levels.idle(&ran),
    }
}
