//! jq, as gojq v0.12.19 reads it: transformations of Argo Events, `jqFilter` of Argo Workflows' resource templates.
//!
//! [`parse`] accepts what gojq parses (nested about 40 deep) but for programs with modules, which neither program can load. Functions,
//! variables, labels and formats that gojq's compiler does not find are problems.

mod builtins;
mod parser;
mod token;

use crate::path::Path;
use crate::problem::Problem;

/// What a query reads, and what its names lack.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// Fields of what it is given, as far as they are read directly; guarded are those with `?`.
    pub reads: Vec<Path>,
    /// Names that do not exist, calls with another number of arguments.
    pub problems: Vec<Problem>,
}

/// Reads a query.
///
/// # Errors
///
/// Where gojq stops.
pub fn parse(text: &str) -> Result<Query, Problem> {
    let mut parser = parser::Parser::new(text)?;
    parser.run()?;
    Ok(parser.found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let problems = match parse(text) {
            Ok(query) => query.problems,
            Err(problem) => vec![problem],
        };
        problems
            .iter()
            .map(|it| format!("{} | {}", &text[it.span.clone()], it.message))
            .collect()
    }

    #[test]
    fn what_gojq_refuses_is_said_at_the_word() {
        for (text, problem) in [
            (".a = ", " | the query ends too early: a value belongs here"),
            (
                ".a == 'b'",
                "' | `'` has no meaning in jq: texts stand in double quotes",
            ),
            (
                ".a && .b",
                "& | `&` has no meaning in jq: `and` joins two conditions",
            ),
            (
                ".a | selct(.b)",
                "selct | there is no function `selct` (did you mean `select`?)",
            ),
            ("test()", ") | unexpected `)`: a value belongs here"),
            (
                "map(.a; .b)",
                "map | `map` takes 1 arguments, and gets 2 arguments",
            ),
            ("$x", "$x | there is no variable `$x` here"),
            (
                "@bas64",
                "@bas64 | there is no format `@bas64` (did you mean `@base64`?)",
            ),
            (
                "if .a then 1",
                " | the query ends too early: `end` belongs here",
            ),
            ("{a: 1 b: 2}", "b | unexpected `b`: `,` or `}` belongs here"),
            (".a[0", " | the query ends too early: `]` belongs here"),
            ("\"a\\(.b\"", "\" | unexpected `\"`: `)` belongs here"),
            (
                "1 < 2 < 3",
                "< | unexpected `<`: put one of the comparisons in parentheses",
            ),
        ] {
            let found = problems(text);
            let first = found.first().map_or("", String::as_str);
            assert!(first.starts_with(problem), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_query_must_be_there_and_has_one_input() {
        assert!(problems("def f: 1;")[0].contains("a query is missing"));
        assert!(problems("# nothing")[0].contains("a query is missing"));
        assert!(problems("[inputs]")[0].starts_with("inputs | "));
    }

    #[test]
    fn fields_of_the_input_are_listed() {
        let text = "{ref: .body.ref, who: .body[\"pusher\"].name?} | .ref as $r | .x + $r";
        let query = parse(text).unwrap();
        assert_eq!(query.problems, []);
        let paths: Vec<_> = query.reads.iter().map(Path::to_string).collect();
        assert_eq!(paths, ["body.ref", "body.pusher.name"]);
        assert!(query.reads[1].guarded);
    }
}
