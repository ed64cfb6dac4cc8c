//! `depends` of DAG tasks of Argo Workflows: `build.Succeeded && (lint || !test.Failed)`.
//!
//! After argo-workflows v4.1 `workflow/common/ancestry.go` and `workflow/controller/dag.go`: every word is taken for the name of a
//! task, `-` is turned into `_`, a name alone into the results that let its dependants run, and the whole is an expression of
//! [`crate::expr_lang`] that must give true or false.

use crate::expr_lang::{self, Environment, PLAIN};
use crate::path::Path;
use crate::problem::{Kind, Problem, suggestion};
use crate::types::Type;

/// The results that a task can have.
pub const RESULTS: [&str; 8] = [
    "Succeeded",
    "Failed",
    "Errored",
    "Skipped",
    "Omitted",
    "Daemoned",
    "AnySucceeded",
    "AllFailed",
];

/// What a task depends on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Depends {
    /// Each task where it is named, with the result that is asked for, if one is.
    pub tasks: Vec<Path>,
    /// What Argo fails on when the workflow runs.
    pub problems: Vec<Problem>,
}

/// Reads what a task depends on.
///
/// # Errors
///
/// Where expr-lang stops.
pub fn parse(text: &str) -> Result<Depends, Problem> {
    // Of the same length, so places stay.
    let expression = expr_lang::parse(&text.replace('-', "_")).map_err(|problem| {
        let word = text.get(problem.span.clone()).unwrap_or_default();
        if word.starts_with(|it: char| it.is_ascii_digit()) {
            let message = format!("`{word}` begins with a digit, and so cannot be named in `depends`: name the task differently");
            return Problem { message, ..problem };
        }
        problem
    })?;
    let environment = Environment {
        dialect: &PLAIN,
        variable: &|_| Type::BOOL,
    };
    let checked = expr_lang::check_condition(&expression, &environment);
    let mut found = Depends {
        tasks: checked.reads,
        problems: checked.problems,
    };
    for path in &mut found.tasks {
        for segment in &mut path.segments {
            if let Some(name) = text.get(segment.span.clone()) {
                segment.step = crate::path::Step::Key(name.to_owned());
            }
        }
        check_result(path, &mut found.problems);
    }
    check_words(text, &found.tasks, &mut found.problems);
    found.problems.sort_by_key(|problem| problem.span.start);
    Ok(found)
}

fn check_result(path: &Path, problems: &mut Vec<Problem>) {
    let [_, rest @ ..] = path.segments.as_slice() else {
        return;
    };
    let Some(result) = rest.first() else { return };
    let name = result.key().unwrap_or_default();
    if !RESULTS.contains(&name) {
        let near = suggestion(name, RESULTS);
        let message = format!("a task has no result `{name}`{near}");
        problems.push(Problem::new(Kind::Name, result.span.clone(), message));
    } else if let Some(more) = rest.get(1) {
        let message = format!("`{name}` is true or false: nothing more can be asked of it");
        problems.push(Problem::new(Kind::Name, more.span.clone(), message));
    }
}

/// Words that are part of the expression, which Argo takes for tasks all the same.
fn check_words(text: &str, tasks: &[Path], problems: &mut Vec<Problem>) {
    let of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let mut named = tasks
        .iter()
        .flat_map(|path| &path.segments)
        .map(|it| it.span.start)
        .collect::<Vec<_>>();
    named.sort_unstable();
    let mut at = 0;
    while let Some(distance) = text
        .get(at..)
        .and_then(|rest| rest.find(|it: char| it.is_ascii_alphanumeric()))
    {
        let start = at + distance;
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(|it| !of_word(it)).unwrap_or(rest.len());
        if named.binary_search(&start).is_err() {
            let word = text.get(start..end).unwrap_or_default();
            let hint = match word {
                "and" => ": write `&&`",
                "or" => ": write `||`",
                "not" => ": write `!`",
                _ => "",
            };
            let message = format!("`{word}` is taken for the name of a task{hint}");
            problems.push(Problem::new(Kind::Name, start..end, message));
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_are_named_where_they_stand() {
        let text = "(build-a.Succeeded || lint) && !map.Failed && filter";
        let found = parse(text).unwrap();
        assert_eq!(found.problems, []);
        let tasks: Vec<_> = found.tasks.iter().map(Path::to_string).collect();
        assert_eq!(tasks, ["build-a.Succeeded", "lint", "map.Failed", "filter"]);
        assert_eq!(&text[found.tasks[0].segments[0].span.clone()], "build-a");
    }

    #[test]
    fn what_argo_fails_on_is_said_at_the_word() {
        for (text, wrong) in [
            ("a.succeeded", "succeeded"),
            ("a.Success", "Success"),
            ("a and b", "and"),
            ("a && ", ""),
            ("1st.Failed", "1st"),
            ("(a", ""),
            ("a b", "b"),
            ("a + b", "+"),
            ("a.Failed.x", "x"),
            ("a && true", "true"),
        ] {
            let problems = match parse(text) {
                Ok(found) => found.problems,
                Err(problem) => vec![problem],
            };
            let first = problems.first().map(|it| &text[it.span.clone()]);
            assert_eq!(first, Some(wrong), "{text}: {problems:?}");
        }
    }
}
