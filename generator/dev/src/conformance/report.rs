//! What the judges said, as a table.

use super::cases::Wrong;
use super::protocol::Verdict;
use std::collections::BTreeMap;
use std::fmt;

/// What a verdict is about.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Place {
    /// Name of the set.
    pub(crate) set: String,
    /// Path in the set.
    pub(crate) path: String,
    /// Kind and name.
    pub(crate) label: String,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.set, self.path)?;
        if self.label.is_empty() {
            Ok(())
        } else {
            write!(formatter, ": {}", self.label)
        }
    }
}

/// Counts of one judge.
#[derive(Debug, Default)]
struct Row {
    documents: usize,
    rejected: usize,
    cases: usize,
    wrong: usize,
}

/// Everything that was said.
#[derive(Debug, Default)]
pub(crate) struct Report {
    rows: BTreeMap<String, Row>,
    /// Rejections and wrong cases: what about, and upstream's words.
    failures: Vec<(String, String)>,
    /// What no judge was asked: how many, and the first of them.
    not_judged: BTreeMap<String, (usize, String)>,
}

impl Report {
    /// Adds a row for a judge that may be asked nothing.
    pub(crate) fn expect(&mut self, judge: &str) {
        self.rows.entry(judge.to_owned()).or_default();
    }

    /// Counts a verdict.
    pub(crate) fn judged(&mut self, judge: &str, place: Place, verdict: &Verdict) {
        let row = self.rows.entry(judge.to_owned()).or_default();
        row.documents += 1;
        if !verdict.ok {
            row.rejected += 1;
            self.failures
                .push((format!("{judge} rejects {place}"), verdict.error.clone()));
        }
    }

    /// Counts the cases of a judge.
    pub(crate) fn cases(&mut self, judge: &str, cases: usize, wrong: Vec<Wrong>) {
        let row = self.rows.entry(judge.to_owned()).or_default();
        row.cases += cases;
        row.wrong += wrong.len();
        for case in wrong {
            self.failures
                .push((format!("{judge}: case `{}`", case.id), case.difference));
        }
    }

    /// Notes that nobody judges `what` at `place`.
    pub(crate) fn not_judged(&mut self, what: &str, place: &Place) {
        self.not_judged
            .entry(what.to_owned())
            .or_insert_with(|| (0, place.to_string()))
            .0 += 1;
    }

    /// Accepted verdicts and right cases, and the others.
    fn passed_and_failed(&self) -> (usize, usize) {
        let total: usize = self
            .rows
            .values()
            .map(|row| row.documents + row.cases)
            .sum();
        let failed = self.rows.values().map(|row| row.rejected + row.wrong).sum();
        (total - failed, failed)
    }

    /// Whether anything was rejected or a case is wrong.
    pub(crate) fn has_failed(&self) -> bool {
        self.passed_and_failed().1 > 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            formatter,
            "{:<18} {:>9} {:>8} {:>5} {:>5}",
            "judge", "documents", "rejected", "cases", "wrong"
        )?;
        for (judge, row) in &self.rows {
            writeln!(
                formatter,
                "{judge:<18} {:>9} {:>8} {:>5} {:>5}",
                row.documents, row.rejected, row.cases, row.wrong
            )?;
        }
        if !self.not_judged.is_empty() {
            writeln!(formatter, "\nnot judged")?;
            for (what, (count, first)) in &self.not_judged {
                writeln!(
                    formatter,
                    "{count:>5} {what} ({first}{})",
                    if *count > 1 { ", …" } else { "" }
                )?;
            }
        }
        for (what, error) in &self.failures {
            writeln!(formatter, "\n{what}")?;
            for line in error.lines() {
                writeln!(formatter, "    {line}")?;
            }
        }
        let (passed, failed) = self.passed_and_failed();
        write!(formatter, "\n{passed} passed, {failed} failed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_table_what_is_not_judged_each_failure_and_the_sum_on_a_line_of_its_own() {
        let place = |path: &str, label: &str| Place {
            set: "s".into(),
            path: path.into(),
            label: label.into(),
        };
        let mut report = Report::default();
        report.expect("cluster");
        report.judged(
            "kpack",
            place("a.yaml", "Image/a"),
            &Verdict {
                ok: true,
                ..Verdict::default()
            },
        );
        report.judged(
            "kpack",
            place("b.yaml", "Image/b"),
            &Verdict {
                error: "no\nno tag".into(),
                ..Verdict::default()
            },
        );
        report.not_judged(
            "kueue.x-k8s.io/v1beta2 ClusterQueue",
            &place("c.yaml", "ClusterQueue/c"),
        );
        report.not_judged(
            "kueue.x-k8s.io/v1beta2 ClusterQueue",
            &place("d.yaml", "ClusterQueue/d"),
        );
        report.cases(
            "kpack",
            3,
            vec![Wrong {
                id: "no tag".into(),
                difference: "accepted".into(),
            }],
        );
        let expected = "\
judge              documents rejected cases wrong
cluster                    0        0     0     0
kpack                      2        1     3     1

not judged
    2 kueue.x-k8s.io/v1beta2 ClusterQueue (s: c.yaml: ClusterQueue/c, …)

kpack rejects s: b.yaml: Image/b
    no
    no tag

kpack: case `no tag`
    accepted

3 passed, 2 failed";
        assert_eq!(report.to_string(), expected);
        assert!(report.has_failed());
    }
}
