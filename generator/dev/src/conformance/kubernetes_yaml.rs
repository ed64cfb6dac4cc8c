//! Our writer and reader beside `sigs.k8s.io/yaml`, with which everything in Kubernetes reads its manifests.

use super::judge::Judge;
use super::protocol::{Question, Verdict};
use super::report::{Place, Report};
use super::set::files;
use anyhow::{Context as _, Result};
use luban_diagnostic::{Severity, concise};
use luban_yaml::{Budget, parse, read, to_string};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

/// The judge's name.
pub(super) const YAML: &str = "yaml";

/// Strings that some reader could take for something else.
const AMBIGUOUS: &str = include_str!("../../../yaml/tests/ambiguous.json");

/// What our reader and the judge's read otherwise, and why.
const DIVERGENCES: &str = include_str!("kubernetes_yaml.txt");

/// So many documents are made up.
const MADE_UP: usize = 400;

/// A document, and what it must be read as; none where that does not matter, only that both readers say the same.
struct Case {
    label: String,
    yaml: String,
    meaning: Option<Value>,
}

/// Asks the judge about documents that we write, and about documents that both read: scalars in every form, the repository's own
/// files, the corpus.
pub(super) fn compare(judge: &Judge, report: &mut Report) -> Result<()> {
    let ambiguous: Vec<String> = serde_json::from_str(AMBIGUOUS)?;
    let mut cases = written(&ambiguous)?;
    cases.extend(plain(&ambiguous));
    cases.extend(found()?);
    let questions: Vec<Question> = cases
        .iter()
        .map(|case| Question::Document {
            yaml: case.yaml.clone(),
            group: String::new(),
            submit: false,
            flags: BTreeMap::new(),
        })
        .collect();
    let divergences: Vec<&str> = DIVERGENCES
        .lines()
        .filter_map(|line| Some(line.split_once(" | ")?.0))
        .collect();
    for (case, verdict) in cases.iter().zip(judge.ask(questions.iter())?) {
        let error = difference(case, &verdict);
        let is_known = divergences.contains(&case.label.as_str());
        let verdict = match (error, is_known) {
            (None, false) | (Some(_), true) => Verdict {
                ok: true,
                ..Verdict::default()
            },
            (None, true) => Verdict {
                error: "is listed as a divergence, but is none".to_owned(),
                ..Verdict::default()
            },
            (Some(error), false) => Verdict {
                error,
                ..Verdict::default()
            },
        };
        let place = Place {
            set: YAML.to_owned(),
            path: case.label.clone(),
            label: String::new(),
        };
        report.judged(YAML, place, &verdict);
    }
    Ok(())
}

/// How upstream's reading differs from what was meant, or from ours.
fn difference(case: &Case, verdict: &Verdict) -> Option<String> {
    let theirs = if verdict.ok {
        match serde_json::from_str(&verdict.output) {
            Ok(value) => Some(value),
            Err(error) => return Some(format!("the judge wrote no JSON: {error}")),
        }
    } else {
        None
    };
    if let Some(meaning) = &case.meaning
        && !theirs.as_ref().is_some_and(|theirs| same(meaning, theirs))
    {
        let shown = theirs.map_or_else(|| verdict.error.clone(), |theirs| theirs.to_string());
        return Some(format!(
            "{meaning} is written {:?}, read {shown}",
            case.yaml
        ));
    }
    match (ours(&case.yaml), theirs) {
        (Ok(ours), Some(theirs)) if same(&ours, &theirs) => None,
        (Err(_), None) => None,
        (Ok(ours), Some(theirs)) => Some(format!("we read {ours}, they read {theirs}")),
        (Ok(ours), None) => Some(format!("we read {ours}, they refuse: {}", verdict.error)),
        (Err(error), Some(theirs)) => Some(format!("they read {theirs}, we refuse: {error}")),
    }
}

fn ours(yaml: &str) -> Result<Value, String> {
    let documents = parse("yaml", yaml.as_bytes(), &Budget::default())
        .map_err(|findings| concise(&findings))?;
    let Some(document) = documents.first() else {
        return Ok(Value::Null);
    };
    let (value, mut findings) = read::<Value>(document);
    findings.retain(|finding| finding.severity == Severity::Error);
    match value {
        Some(value) if findings.is_empty() => Ok(value),
        _ => Err(concise(&findings)),
    }
}

/// Whether two values are the same, numbers by their worth: JSON does not tell `1` from `1.0`.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || left.as_f64() == right.as_f64()
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(key, left)| right.get(key).is_some_and(|right| same(left, right)))
        }
        _ => left == right,
    }
}

/// What our writer makes of hostile strings, as values and as keys, alone and in documents that are made up.
fn written(ambiguous: &[String]) -> Result<Vec<Case>> {
    let mut meanings: Vec<(String, Value)> = ambiguous
        .iter()
        .map(|text| {
            let value = json!({"value": text, text: [text, {text: text}], "list": [[text]]});
            (format!("written {text:?}"), value)
        })
        .collect();
    let mut chance = Chance(0x4c75_6261_6e21);
    meanings.extend((0..MADE_UP).map(|index| {
        let value = chance.value(ambiguous, 4);
        (format!("made up {index}"), json!({ "value": value }))
    }));
    meanings
        .into_iter()
        .map(|(label, meaning)| {
            Ok(Case {
                label,
                yaml: to_string(&meaning)?,
                meaning: Some(meaning),
            })
        })
        .collect()
}

/// Puts a text into a document as it stands.
type Form = fn(&str) -> String;

/// The same strings as they stand, for both readers to make sense of.
fn plain(ambiguous: &[String]) -> Vec<Case> {
    let forms: [(&str, Form); 4] = [
        ("value", |text| format!("a: {text}\n")),
        ("key", |text| format!("{text}: a\n")),
        ("item", |text| format!("- {text}\n")),
        ("flow", |text| format!("[{text}]\n")),
    ];
    ambiguous
        .iter()
        .flat_map(|text| {
            forms.map(|(form, yaml)| Case {
                label: format!("{form} {text:?}"),
                yaml: yaml(text),
                meaning: None,
            })
        })
        .collect()
}

/// Files of this repository and of the corpus that hold one document.
fn found() -> Result<Vec<Case>> {
    let mut roots = vec!["pipelines".to_owned(), "overlays".to_owned()];
    roots.extend(env::var("LUBAN_CORPUS"));
    let mut cases = Vec::new();
    for root in roots {
        for path in files(Path::new(&root))? {
            let is_yaml = [".yaml", ".yml", ".json"]
                .iter()
                .any(|extension| path.ends_with(extension));
            if !is_yaml {
                continue;
            }
            let file = Path::new(&root).join(&path);
            let yaml = fs::read_to_string(&file)
                .with_context(|| format!("cannot read `{}`", file.display()))?;
            let is_one = parse(&path, yaml.as_bytes(), &Budget::default())
                .map_or(true, |documents| documents.len() == 1);
            if is_one {
                cases.push(Case {
                    label: path,
                    yaml,
                    meaning: None,
                });
            }
        }
    }
    Ok(cases)
}

/// Numbers that look random and are the same each time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap_or(0)
    }

    fn text(&mut self, pieces: &[String]) -> String {
        let count = self.next(4);
        (0..count)
            .filter_map(|_| pieces.get(self.next(pieces.len())))
            .map(String::as_str)
            .collect()
    }

    fn value(&mut self, pieces: &[String], depth: usize) -> Value {
        match self.next(if depth == 0 { 5 } else { 7 }) {
            0 => Value::Null,
            1 => json!(self.next(2) == 0),
            2 => json!(self.next(usize::MAX) as i64),
            3 => json!(self.next(1_000_000) as f64 / 1024.0),
            4 => json!(self.text(pieces)),
            5 => (0..self.next(5))
                .map(|_| self.value(pieces, depth - 1))
                .collect(),
            _ => {
                let mut fields = Map::new();
                for _ in 0..self.next(5) {
                    let key = self.text(pieces);
                    let value = self.value(pieces, depth - 1);
                    fields.insert(key, value);
                }
                Value::Object(fields)
            }
        }
    }
}
