//! What holds for every text: no panic, places inside the text and on characters, time that grows with the length.

use std::ops::Range;
use std::time::Instant;

use luban_expression::{
    Path, Problem, Type, cel, conditions, cron, depends, duration, expr_lang, gjson, go_regexp,
    go_template, govaluate, jq, jsonpath, lua, quantity, selector,
    tags::{application_set, argo, kargo, tekton, triggers},
};
use proptest::prelude::*;

/// What was found in a text.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    paths: Vec<Path>,
    spans: Vec<Range<usize>>,
}

impl Found {
    fn problem<T>(&mut self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.problems.push(problem)).ok()
    }
}

/// Every language read from the text.
fn read(text: &str) -> Found {
    let mut found = Found::default();
    if let Some(expression) = found.problem(expr_lang::parse(text)) {
        for dialect in [&expr_lang::ARGO_WORKFLOWS, &expr_lang::KARGO] {
            let environment = expr_lang::Environment {
                dialect,
                variable: &|path| {
                    if path.segments.len() == 1 {
                        Type::TEXT
                    } else {
                        Type::UNKNOWN
                    }
                },
            };
            let checked = expr_lang::check_condition(&expression, &environment);
            found.problems.extend(checked.problems);
            found.paths.extend(checked.reads);
        }
    }
    let split = argo::split(text);
    found.problems.extend(split.problems.clone());
    found
        .spans
        .extend(split.pieces.iter().map(|piece| piece.span().clone()));
    let (filled, holes) = argo::with_placeholders(text, &split);
    assert_eq!(filled.len(), text.len());
    for checked in [
        govaluate::parse(text, &[]),
        govaluate::parse_when(&filled, &holes),
    ] {
        if let Some(checked) = found.problem(checked) {
            found.problems.extend(checked.problems);
            found.paths.extend(checked.reads);
        }
    }
    if let Some(expression) = found.problem(cel::parse(text)) {
        for program in [
            cel::Program::TriggersInterceptor,
            cel::Program::TektonWhen,
            cel::Program::Kubernetes,
        ] {
            let checked = expression.check(program, &[("self", Type::UNKNOWN)]);
            found.problems.extend(checked.problems);
            found.paths.extend(checked.reads);
        }
    }
    for program in [
        go_template::Program::ArgoEvents,
        go_template::Program::ApplicationSets,
    ] {
        if let Some(template) = found.problem(go_template::parse(text, program)) {
            found.problems.extend(template.problems);
            found.paths.extend(template.reads);
        }
    }
    if let Some(conditions) = found.problem(conditions::parse(text)) {
        found.paths.extend(conditions.names);
    }
    if let Some(depends) = found.problem(depends::parse(text)) {
        found.problems.extend(depends.problems);
        found.paths.extend(depends.tasks);
    }
    let path = gjson::parse(text);
    found
        .spans
        .extend(path.parts.iter().map(|part| part.span.clone()));
    found.paths.extend(path.plain());
    found.problems.extend(path.problems);
    if let Some(destination) = found.problem(gjson::parse_destination(text)) {
        found.problems.extend(destination.problems);
        found.paths.push(destination.path);
    }
    if let Some(template) = found.problem(jsonpath::parse(text)) {
        found.problems.extend(template.problems);
        found.paths.extend(template.reads);
    }
    if let Some(script) = found.problem(lua::parse(text)) {
        found.problems.extend(script.unknown(&["event"]));
        found.paths.extend(script.reads);
    }
    if let Some(query) = found.problem(jq::parse(text)) {
        found.problems.extend(query.problems);
        found.paths.extend(query.reads);
    }
    let (expressions, problems) = triggers::split(text);
    found.problems.extend(problems);
    for expression in expressions {
        found.spans.push(expression.span);
        found.paths.extend(expression.reads);
    }
    let split = tekton::split(text);
    found
        .paths
        .extend(split.variables().map(|variable| variable.path.clone()));
    found.problems.extend(split.problems);
    let (tags, problems) = application_set::split(text);
    found.problems.extend(problems);
    found.spans.extend(tags.into_iter().map(|tag| tag.name));
    let split = kargo::split(text);
    found.problems.extend(split.problems);
    found.problem(go_regexp::check(text));
    found.problem(cron::parse(text));
    found.problem(duration::parse(text));
    found.problem(quantity::check(text));
    found.problem(selector::check(text));
    found
}

fn check(text: &str) {
    let found = read(text);
    let spans = found.problems.iter().map(|problem| problem.span.clone());
    let paths = found.paths.iter().flat_map(|path| &path.segments);
    for span in spans
        .chain(paths.map(|it| it.span.clone()))
        .chain(found.spans.clone())
    {
        assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
    }
    for problem in &found.problems {
        assert!(
            !problem.message.is_empty() && !problem.message.ends_with('.'),
            "{problem:?}"
        );
        let empty = problem.span.is_empty();
        assert!(
            !empty || problem.span.end == text.len() || text.is_empty(),
            "{problem:?} of {text:?}"
        );
    }
}

/// Texts of pieces that mean something in one of the languages.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{{",
        "}}",
        "{{=",
        "${{",
        "$(",
        ")",
        "(",
        "[",
        "]",
        "{",
        "}",
        "'",
        "\"",
        "`",
        "\\",
        "|",
        "||",
        "&&",
        "==",
        "=~",
        "!",
        "-",
        ".",
        "..",
        "?.",
        "??",
        "?",
        ":",
        ",",
        ";",
        "#",
        "@",
        "$",
        "*",
        "/",
        "%",
        "^",
        "0",
        "1.5",
        "0x",
        "1e",
        "a",
        "body",
        "params",
        "inputs.parameters.x",
        "not ",
        " in ",
        "let ",
        "if ",
        "else ",
        "end",
        "range ",
        "define ",
        "with ",
        "filter(",
        "map(",
        "has(",
        "#(",
        "[?(",
        "@reverse",
        "{{- ",
        " -}}",
        "/*",
        "*/",
        "--",
        "[[",
        "]]",
        "function",
        "local ",
        "é",
        "\u{0}",
        "\n",
        " ",
        "\t",
        "@every ",
        "TZ=",
        "1h",
        "Gi",
        "x in (a)",
        "sprig.trim(",
        "'a'",
        "\"b\"",
        "tasks.t.results.r",
        "...",
        "::",
        "\\u{",
        "\\x4",
        "(?P<",
        "[:alpha:]",
        "{1,2}",
        "😀",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 600 } else { 20_000 }))]

    #[test]
    fn no_text_of_meaningful_pieces_makes_a_parser_fail(text in pieces()) {
        check(&text);
    }

    #[test]
    fn no_text_at_all_makes_a_parser_fail(text in any::<String>()) {
        check(&text);
    }
}

#[test]
fn upstreams_own_texts_keep_every_place_inside() {
    for answers in [
        include_str!("known/expr-lang-1.17.8.jsonl"),
        include_str!("known/govaluate-2017.jsonl"),
        include_str!("known/cel-go-0.30.jsonl"),
        include_str!("known/go-template-1.26-sprig-3.3.jsonl"),
        include_str!("known/kubernetes-jsonpath-0.36.jsonl"),
    ] {
        for line in answers.lines() {
            let (text, _) = serde_json::from_str::<(String, bool)>(line).unwrap();
            check(&text);
        }
    }
}

/// Deep and long texts, each made of one piece many times.
#[test]
fn deep_and_long_texts_take_time_that_grows_with_their_length() {
    for piece in [
        "(",
        "[",
        "{",
        "{{",
        "{{a",
        "{{=a",
        "$(",
        "$(params.x",
        "${{a}}",
        "${%",
        "a.",
        ".a",
        "a+",
        "a|b()|",
        "not ",
        "!",
        "-",
        "a?b:",
        "a ?? ",
        "'",
        "\"",
        "`",
        "\\",
        "#(",
        "a.#(b==",
        "[?(",
        "{range .a}",
        "{{if .a}}",
        "{{with .a.b}}{{$x}}",
        "{{.a}}",
        "{{define `a`}}",
        "{{$x := .a}}{{$x}}",
        "filter(a, ",
        "let a = 1;",
        "if a {",
        "f(",
        "local a = ",
        "function f() ",
        "[[",
        "[=",
        "--[[",
        "{1,",
        "(?:",
        "a{1}",
        "(?P<n>",
        "[[:alpha:",
        "*",
        "\\Q",
        "1h",
        "a,",
        "a in (b,",
        "@reverse|",
        "[a,",
        "a=1;",
        "0x",
        "1.",
        "/*",
        "//",
        "é",
        "\u{0}",
        ".a.b",
        "| upper ",
        "&&",
        "x in (a,b) && ",
    ] {
        let text = piece.repeat(40_000 / piece.len());
        let started = Instant::now();
        check(&text);
        let taken = started.elapsed();
        if taken.as_secs_f64() > 0.5 {
            eprintln!("SLOW {piece:?} {taken:?}");
        }
        assert!(
            taken.as_secs_f64() < 4.0,
            "{piece:?}: {taken:?} for {} bytes",
            text.len()
        );
    }
}
