//! What came of comparing: counts for each judge, and every difference so that it can be made again.

use super::super::protocol::Verdict;
use super::checker::Errors;
use super::known::{Direction, Known};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

/// A document and both verdicts.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) judge: &'static str,
    pub(super) path: String,
    pub(super) label: String,
    pub(super) text: String,
    pub(super) neighbours: Vec<String>,
    /// What was done to the document; nothing if it is upstream's own.
    pub(super) what: Option<String>,
    pub(super) upstream: Verdict,
    /// What `check` says.
    pub(super) check: Errors,
}

impl Case {
    fn place(&self) -> String {
        let of = format!("{}: {}", self.path, self.label);
        match &self.what {
            Some(what) => format!("{of}: {what}"),
            None => of,
        }
    }
}

#[derive(Debug, Default)]
struct Row {
    documents: usize,
    mutants: usize,
    rejected: usize,
    passed: usize,
    refused: usize,
    stricter: usize,
    listed: usize,
}

/// What came of comparing.
#[derive(Debug)]
pub(crate) struct Outcome {
    rows: BTreeMap<&'static str, Row>,
    failures: Vec<(String, String)>,
    shown: Vec<(String, String)>,
    known: Known,
    /// Documents that no judge knows.
    unknown: usize,
    kept: usize,
}

impl Outcome {
    pub(super) fn new(known: Known, unknown: usize) -> Self {
        Self {
            rows: BTreeMap::new(),
            failures: Vec::new(),
            shown: Vec::new(),
            known,
            unknown,
            kept: 0,
        }
    }

    /// Counts a case; a difference is written below `keep`.
    pub(super) fn add(
        &mut self,
        case: Case,
        is_stricter_shown: bool,
        keep: Option<&Path>,
    ) -> Result<()> {
        let row = self.rows.entry(case.judge).or_default();
        match case.what {
            None => row.documents += 1,
            Some(_) => row.mutants += 1,
        }
        row.rejected += usize::from(!case.upstream.ok);
        let place = case.place();
        let (direction, said) = match (case.upstream.ok, &case.check) {
            (false, check) if check.all.is_empty() => {
                (Direction::Passed, case.upstream.error.clone())
            }
            (true, check) if !check.rejected.is_empty() => {
                (Direction::Refused, check.rejected.join("\n"))
            }
            _ => return Ok(()),
        };
        if self
            .known
            .has(direction, case.judge, &format!("{place}\n{said}"))
        {
            row.listed += 1;
            return Ok(());
        }
        match (direction, &case.what) {
            (Direction::Passed, _) => {
                row.passed += 1;
                let what = format!("{} rejects, check passes {place}", case.judge);
                self.failures.push((what, said));
            }
            (Direction::Refused, None) => {
                row.refused += 1;
                let what = format!("{} accepts, check rejects {place}", case.judge);
                self.failures.push((what, said));
            }
            // A mutant may be wrong in a way that its judge does not look at, and the API server does.
            (Direction::Refused, Some(_)) => {
                row.stricter += 1;
                if !is_stricter_shown {
                    return Ok(());
                }
                let what = format!("{} accepts, check rejects {place}", case.judge);
                self.shown.push((what, said));
            }
        }
        if let Some(folder) = keep {
            fs::create_dir_all(folder)?;
            self.kept += 1;
            let mut text = format!("# {}\n{}", place.replace('\n', " "), case.text);
            for neighbour in &case.neighbours {
                text.push_str("\n---\n");
                text.push_str(neighbour);
            }
            fs::write(
                folder.join(format!("{}-{}.yaml", case.judge, self.kept)),
                text,
            )?;
        }
        Ok(())
    }

    /// Entries of the list that nothing used are failures.
    pub(super) fn finish(&mut self, is_asked: impl Fn(&str) -> bool) {
        for entry in self.known.unused(is_asked) {
            let what = "a difference is listed and is none".to_owned();
            self.failures.push((what, entry.to_owned()));
        }
    }

    /// Whether there is a difference that is not listed, or a listed one that is none.
    pub(crate) fn has_failed(&self) -> bool {
        !self.failures.is_empty()
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{:<18} {:>9} {:>8} {:>8} {:>7} {:>8} {:>8} {:>7}",
            "check beside",
            "documents",
            "mutants",
            "rejected",
            "passed",
            "refused",
            "stricter",
            "listed"
        )?;
        for (judge, row) in &self.rows {
            writeln!(
                formatter,
                "{judge:<18} {:>9} {:>8} {:>8} {:>7} {:>8} {:>8} {:>7}",
                row.documents,
                row.mutants,
                row.rejected,
                row.passed,
                row.refused,
                row.stricter,
                row.listed
            )?;
        }
        if self.unknown > 0 {
            writeln!(formatter, "{} documents have no judge", self.unknown)?;
        }
        for (what, said) in self.shown.iter().chain(&self.failures) {
            writeln!(formatter, "\n{what}")?;
            for line in said.lines() {
                writeln!(formatter, "    {line}")?;
            }
        }
        write!(formatter, "\n{} differences", self.failures.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(what: Option<&str>, ok: bool, rejected: &[&str]) -> Case {
        let said: Vec<String> = rejected.iter().map(|said| (*said).to_owned()).collect();
        Case {
            judge: "tekton",
            path: "a.yaml".to_owned(),
            label: "Task/a".to_owned(),
            text: "kind: Task\n".to_owned(),
            neighbours: vec!["kind: Pipeline\n".to_owned()],
            what: what.map(str::to_owned),
            upstream: Verdict {
                ok,
                error: "no such step".to_owned(),
                ..Verdict::default()
            },
            check: Errors {
                all: said.clone(),
                rejected: said,
            },
        }
    }

    fn after(cases: Vec<Case>, keep: Option<&Path>) -> Outcome {
        let mut outcome = Outcome::new(Known::listed().unwrap(), 0);
        for case in cases {
            outcome.add(case, false, keep).unwrap();
        }
        outcome
    }

    #[test]
    fn what_both_say_is_no_difference() {
        let outcome = after(
            vec![case(None, true, &[]), case(Some("x"), false, &["r: m"])],
            None,
        );
        assert!(!outcome.has_failed());
    }

    #[test]
    fn what_upstream_alone_rejects_is_a_failure_with_upstreams_words_and_a_document_to_try() {
        let folder = tempfile::tempdir().unwrap();
        let outcome = after(
            vec![case(Some("`spec.steps` dropped"), false, &[])],
            Some(folder.path()),
        );
        assert!(outcome.has_failed());
        let shown = outcome.to_string();
        let words =
            "tekton rejects, check passes a.yaml: Task/a: `spec.steps` dropped\n    no such step\n";
        assert!(shown.contains(words), "{shown}");
        assert_eq!(
            fs::read_to_string(folder.path().join("tekton-1.yaml")).unwrap(),
            "# a.yaml: Task/a: `spec.steps` dropped\nkind: Task\n\n---\nkind: Pipeline\n"
        );
    }

    #[test]
    fn an_example_that_check_alone_rejects_is_a_failure_and_a_mutant_is_counted() {
        assert!(after(vec![case(None, true, &["r: m"])], None).has_failed());
        let outcome = after(vec![case(Some("x"), true, &["r: m"])], None);
        assert!(!outcome.has_failed());
        let row = outcome.rows.get("tekton").unwrap();
        assert_eq!((row.mutants, row.stricter), (1, 1));
    }
}
