//! What a repository's configuration makes of findings.

use std::collections::{BTreeSet, HashMap, HashSet};

use luban_diagnostic::{Finding, Severity};

/// What findings of some rules weigh in some files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Level {
    /// The rules, by id.
    pub rules: BTreeSet<String>,
    /// The files, as findings show them; all if it says nothing.
    pub files: Option<HashSet<String>>,
    /// What they weigh; nothing if they are not shown at all.
    pub severity: Option<Severity>,
}

impl Level {
    fn covers(&self, finding: &Finding) -> bool {
        let file = finding.place.as_ref().map(|place| &*place.file);
        let files = self.files.as_ref();
        files.is_none_or(|files| file.is_some_and(|file| files.contains(file)))
    }
}

/// Levels by rule, and which of them had something to cover.
pub(crate) struct Levels<'a> {
    all: &'a [Level],
    by_rule: HashMap<&'a str, Vec<usize>>,
    used: HashSet<(usize, &'static str)>,
}

impl<'a> Levels<'a> {
    pub(crate) fn new(all: &'a [Level]) -> Self {
        let mut by_rule: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, level) in all.iter().enumerate() {
            for rule in &level.rules {
                by_rule.entry(rule).or_default().push(number);
            }
        }
        Self {
            all,
            by_rule,
            used: HashSet::new(),
        }
    }

    /// What a finding weighs: by the last level that covers it, or as it is.
    pub(crate) fn severity(&mut self, finding: &Finding) -> Option<Severity> {
        let mut severity = Some(finding.severity);
        for number in self.by_rule.get(finding.rule).into_iter().flatten() {
            if let Some(level) = self.all.get(*number).filter(|level| level.covers(finding)) {
                self.used.insert((*number, finding.rule));
                severity = level.severity;
            }
        }
        severity
    }

    /// The levels, by number, that take findings of a rule away and had none to take, of those rules that `ran`.
    pub(crate) fn idle(&self, ran: &HashSet<&'static str>) -> Vec<(usize, String)> {
        let mut idle = Vec::new();
        for (number, level) in self.all.iter().enumerate() {
            let rules = level.rules.iter().filter_map(|rule| ran.get(rule.as_str()));
            let rules = rules.filter(|rule| !self.used.contains(&(number, **rule)));
            if level.severity.is_none() {
                idle.extend(rules.map(|rule| (number, (*rule).to_owned())));
            }
        }
        idle
    }
}
