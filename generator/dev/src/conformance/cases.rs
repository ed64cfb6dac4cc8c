//! The judges' own cases: they show that a judge still refuses what it should.

use super::judge::Judge;
use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use serde_json::Value;
use std::fs;
use std::io::{BufWriter, Write};

/// A request and the verdict that upstream gives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    ok: bool,
    /// A part of the message of a refusal.
    error: String,
    request: Value,
}

/// A case whose verdict is another.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrong {
    /// The case's id.
    pub(crate) id: String,
    /// What was expected and what came.
    pub(crate) difference: String,
}

/// How many cases `judge` has, and those that it gets wrong.
///
/// # Errors
/// When the cases cannot be read or the judge cannot run.
pub(crate) fn cases(judge: &Judge) -> Result<(usize, Vec<Wrong>)> {
    let path = judge.folder.join("cases.jsonl");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut cases: Vec<Case> = serde_json::Deserializer::from_str(&text)
        .into_iter()
        .collect::<Result<_, _>>()
        .with_context(|| format!("`{}` has a line that is no case", path.display()))?;
    let mut lines = BufWriter::new(tempfile::tempfile()?);
    for case in &mut cases {
        if let Some(root) = case.request.get_mut("root") {
            *root = judge
                .folder
                .join(root.as_str().unwrap_or_default())
                .display()
                .to_string()
                .into();
        }
        serde_json::to_writer(&mut lines, &case.request)?;
        lines.write_all(b"\n")?;
    }
    let verdicts = judge.ask_lines(lines.into_inner()?)?;
    if verdicts.len() != cases.len() {
        bail!(
            "judge `{}` gave {} verdicts on {} cases",
            judge.name,
            verdicts.len(),
            cases.len()
        );
    }
    let differences = cases.iter().zip(&verdicts).filter_map(|(case, verdict)| {
        let difference = difference(case, verdict.ok, &verdict.error)?;
        Some(Wrong {
            id: verdict.id.clone(),
            difference,
        })
    });
    Ok((cases.len(), differences.collect()))
}

/// How a verdict differs from the one that a case expects.
fn difference(case: &Case, ok: bool, error: &str) -> Option<String> {
    match (case.ok, ok) {
        (true, false) => Some(format!("refused: {error}")),
        (false, true) => Some(format!(
            "accepted; a refusal with `{}` was expected",
            case.error
        )),
        (false, false) if !error.contains(&case.error) => {
            Some(format!("refused without `{}`: {error}", case.error))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_for_another_reason_is_a_difference() {
        let case = |ok, error: &str| Case {
            ok,
            error: error.into(),
            request: Value::Null,
        };
        assert_eq!(difference(&case(true, ""), true, ""), None);
        assert_eq!(
            difference(&case(false, "unknown"), false, "an unknown field"),
            None
        );
        assert_eq!(
            difference(&case(true, ""), false, "no").unwrap(),
            "refused: no"
        );
        assert_eq!(
            difference(&case(false, "unknown"), false, "no").unwrap(),
            "refused without `unknown`: no"
        );
        assert!(
            difference(&case(false, "unknown"), true, "")
                .unwrap()
                .starts_with("accepted")
        );
    }
}
