//! `luban check` beside upstream's code: what upstream rejects, `check` must say.
//!
//! Every document of the corpus and mutants of it are judged by both. `corpus` finds documents and what they refer to, `mutate`
//! makes mistakes in them with the numbers of `chance`, `checker` asks `luban check`, `known` holds the differences that stay,
//! `outcome` counts and shows.

mod chance;
mod checker;
mod corpus;
mod known;
mod mutate;
mod node;
mod outcome;

use super::judge::Judge;
use super::protocol::{Question, Verdict};
use anyhow::Result;
use chance::Chance;
use checker::Errors;
use corpus::Document;
use luban_check::Flags;
use outcome::{Case, Outcome};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::env;
use std::path::PathBuf;

/// What to compare.
#[derive(Debug, clap::Args)]
pub(crate) struct Comparison {
    /// Compare `luban check` with upstream on the corpus, and do nothing else
    #[arg(long)]
    differential: bool,
    /// So many mutants of each document of the corpus
    #[arg(long, value_name = "N", default_value_t = MUTATIONS)]
    mutations: usize,
    /// Make other mutants
    #[arg(long, value_name = "NUMBER", default_value_t = SEED)]
    seed: u64,
    /// Documents to mutate, in place of those of LUBAN_CORPUS
    #[arg(long, value_name = "DIR")]
    documents: Option<PathBuf>,
    /// Write the document of each difference below DIR
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Show what `check` rejects and upstream accepts, mutants too
    #[arg(long)]
    stricter: bool,
}

/// So many mutants of each document, unless told otherwise.
const MUTATIONS: usize = 6;
const SEED: u64 = 7;

/// What Tekton's examples need beyond the released defaults, for those that the defaults refuse.
const FLAGS: [(&str, &str); 4] = [
    ("enable-api-fields", "alpha"),
    ("enable-artifacts", "true"),
    ("enable-cel-in-whenexpression", "true"),
    ("enable-param-enum", "true"),
];

impl Comparison {
    /// Whether nothing else is asked for.
    pub(crate) fn is_alone(&self) -> bool {
        self.differential
    }

    /// Whether the run is the one whose differences are listed.
    fn is_default(&self) -> bool {
        self.mutations == MUTATIONS && self.seed == SEED && self.documents.is_none()
    }
}

/// Compares verdicts; none if there are no documents to compare them on.
///
/// # Errors
/// When documents cannot be read, or a judge cannot run.
pub(crate) fn run(arguments: &Comparison, judges: &[&Judge]) -> Result<Option<Outcome>> {
    let given = arguments.documents.clone();
    let Some(folder) = given.or_else(|| env::var_os("LUBAN_CORPUS").map(PathBuf::from)) else {
        return Ok(None);
    };
    let (documents, unknown) = corpus::documents(&folder)?;
    let mut outcome = Outcome::new(known::Known::listed()?, unknown);
    let asked = |judge: &&&Judge| {
        documents
            .iter()
            .any(|document| document.judge == judge.name)
    };
    let judged: Vec<Vec<Case>> = judges
        .par_iter()
        .filter(asked)
        .map(|judge| {
            let own = documents.iter().filter(|it| it.judge == judge.name);
            cases(judge, &own.collect::<Vec<_>>(), arguments)
        })
        .collect::<Result<_>>()?;
    for case in judged.into_iter().flatten() {
        outcome.add(case, arguments.stricter, arguments.keep.as_deref())?;
    }
    if arguments.is_default() {
        outcome.finish(|name| judges.iter().any(|judge| judge.name == name));
    }
    Ok(Some(outcome))
}

/// The documents of a judge, and mutants of those that it accepts.
fn cases(judge: &Judge, documents: &[&Document], arguments: &Comparison) -> Result<Vec<Case>> {
    let more: BTreeMap<String, String> = FLAGS
        .map(|(flag, value)| (flag.into(), value.into()))
        .into();
    let has_flags = judge.name == "tekton";
    let all: [&BTreeMap<String, String>; 2] = [&BTreeMap::new(), &more];
    let checkers = [Flags::default(), checker::flags(&more)?];
    let mut originals: Vec<(&Document, String, usize)> = documents
        .iter()
        .map(|document| (*document, document.text.clone(), 0))
        .collect();
    let mut verdicts = ask(judge, &originals, &all)?;
    if has_flags {
        for ((_, _, flags), verdict) in originals.iter_mut().zip(&verdicts) {
            *flags = usize::from(!verdict.ok);
        }
        verdicts = ask(judge, &originals, &all)?;
    }
    let mut mutated: Vec<(&Document, String, usize)> = Vec::new();
    let mut whats = Vec::new();
    for ((document, _, flags), verdict) in originals.iter().zip(&verdicts) {
        // What is refused already shows nothing about a mistake.
        if verdict.ok {
            let mut chance = Chance::new(arguments.seed, &document.path);
            for mutant in mutate::mutants(&document.tree, arguments.mutations, &mut chance) {
                mutated.push((document, mutant.text, *flags));
                whats.push(Some(mutant.what));
            }
        }
    }
    let whats = originals.iter().map(|_| None).chain(whats);
    verdicts.extend(ask(judge, &mutated, &all)?);
    let asked: Vec<_> = originals.iter().chain(&mutated).collect();
    let errors: Vec<Errors> = asked
        .par_iter()
        .map(|(document, text, flags)| {
            let flags = checkers.get(*flags).cloned().unwrap_or_default();
            checker::errors(text, &document.neighbours, &flags)
        })
        .collect();
    let judged = asked
        .into_iter()
        .zip(whats)
        .zip(verdicts.into_iter().zip(errors));
    Ok(judged
        .map(|(((document, text, _), what), (upstream, check))| Case {
            judge: document.judge,
            path: document.path.clone(),
            label: document.label.clone(),
            text: text.clone(),
            neighbours: document.neighbours.clone(),
            what,
            upstream,
            check,
        })
        .collect())
}

/// The judge's verdicts on texts, each among its document's neighbours.
fn ask(
    judge: &Judge,
    asked: &[(&Document, String, usize)],
    flags: &[&BTreeMap<String, String>],
) -> Result<Vec<Verdict>> {
    let mut questions = Vec::new();
    let mut own = Vec::new();
    for (index, (document, text, set)) in asked.iter().enumerate() {
        own.push(questions.len());
        for yaml in std::iter::once(text).chain(&document.neighbours) {
            questions.push(Question::Document {
                yaml: yaml.clone(),
                group: index.to_string(),
                submit: false,
                flags: flags
                    .get(*set)
                    .map(|flags| (*flags).clone())
                    .unwrap_or_default(),
            });
        }
    }
    let verdicts = judge.ask(questions.iter())?;
    Ok(own
        .into_iter()
        .filter_map(|index| verdicts.get(index).cloned())
        .collect())
}
