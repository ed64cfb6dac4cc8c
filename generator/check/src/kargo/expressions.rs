//! The expressions of a promotion, each with its step.

use luban_expression::expr_lang::{self, Environment, KARGO};
use luban_expression::tags::kargo::{Piece, split};
use luban_expression::{Kind, Path as Read, Problem, Type};
use luban_yaml::Scalar;

use crate::objects::Entry;

use super::steps;

/// The expressions of one text.
pub(crate) struct Found<'a> {
    pub(crate) scalar: Scalar<'a>,
    /// The step that it stands in, from 0.
    pub(crate) step: Option<usize>,
    /// What they read, by places in the text.
    pub(crate) reads: Vec<Read>,
    /// What is wrong with them, by places in the text.
    pub(crate) problems: Vec<Problem>,
}

/// All expressions of an object's variables and steps.
pub(crate) fn expressions(entry: &Entry) -> Vec<Found<'_>> {
    let document = &entry.document;
    let list = steps(entry);
    let vars = [
        entry.path.key("spec").key("vars"),
        entry
            .path
            .key("spec")
            .key("promotionTemplate")
            .key("spec")
            .key("vars"),
    ];
    let mut found = Vec::new();
    for path in vars {
        found.extend(
            document
                .scalars(&path)
                .filter_map(|scalar| of_text(scalar, None)),
        );
    }
    for index in 0..document.length_at(&list).unwrap_or(0) {
        for field in ["config", "vars", "if"] {
            let scalars = document.scalars(&list.index(index).key(field));
            found.extend(scalars.filter_map(|scalar| of_text(scalar, Some(index))));
        }
    }
    found
}

fn of_text(scalar: Scalar<'_>, step: Option<usize>) -> Option<Found<'_>> {
    let text = scalar.text();
    if scalar.is_key || !(text.contains("${{") || text.contains("${%")) {
        return None;
    }
    let cut = split(text);
    let mut found = Found {
        scalar,
        step,
        reads: Vec::new(),
        problems: cut.problems,
    };
    for piece in cut.pieces {
        let Piece::Expression { body, .. } = piece else {
            continue;
        };
        let Some(expression) = text
            .get(body.clone())
            .filter(|expression| !expression.trim().is_empty())
        else {
            continue;
        };
        match expr_lang::parse(expression) {
            Ok(parsed) => {
                let environment = Environment {
                    dialect: &KARGO,
                    variable: &|_| Type::UNKNOWN,
                };
                let checked = parsed.check(&environment);
                found.reads.extend(
                    checked
                        .reads
                        .into_iter()
                        .map(|read| read.shifted(body.start)),
                );
                // Types are only known when it runs.
                let problems = checked.problems.into_iter().filter(|problem| {
                    matches!(problem.kind, Kind::Name | Kind::Syntax | Kind::Arguments)
                });
                found
                    .problems
                    .extend(problems.map(|problem| problem.shifted(body.start)));
            }
            Err(problem) => found.problems.push(problem.shifted(body.start)),
        }
    }
    Some(found)
}
