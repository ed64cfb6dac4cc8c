//! Upstream's own test texts, judged as upstream's engines judge them.

use luban_expression::{Kind, cel, expr_lang, go_regexp, go_template, govaluate};

/// The texts of a file on which this crate and upstream's engine differ.
fn differing(answers: &str, accepts: impl Fn(&str) -> bool) -> Vec<String> {
    let rows = answers.lines().map(|line| {
        serde_json::from_str::<(String, bool)>(line)
            .unwrap_or_else(|error| panic!("{line}: {error}"))
    });
    rows.filter(|(text, accepted)| accepts(text) != *accepted)
        .map(|(text, accepted)| {
            format!(
                "upstream {}: {text}",
                if accepted { "accepts" } else { "refuses" }
            )
        })
        .collect()
}

#[test]
fn expressions_are_accepted_as_expr_lang_accepts_them() {
    let answers = include_str!("known/expr-lang-1.17.8.jsonl");
    let differing = differing(answers, |text| expr_lang::parse(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn conditions_are_accepted_as_govaluate_accepts_them() {
    let answers = include_str!("known/govaluate-2017.jsonl");
    let differing = differing(answers, |text| govaluate::parse(text, &[]).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn patterns_are_accepted_as_go_accepts_them() {
    let answers = include_str!("known/go-regexp-1.26.jsonl");
    let differing = differing(answers, |text| go_regexp::check(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn templates_are_accepted_as_go_accepts_them() {
    let answers = include_str!("known/go-template-1.26-sprig-3.3.jsonl");
    let differing = differing(answers, |text| {
        let read = go_template::parse(text, go_template::Program::ArgoEvents);
        // Go looks for templates and for variables that are set again only when it runs.
        let refused = |kind: Kind, message: &str| {
            kind == Kind::Name
                && !message.contains("no template")
                && !message.contains("not set yet")
        };
        read.is_ok_and(|read| !read.problems.iter().any(|it| refused(it.kind, &it.message)))
    });
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn rules_are_accepted_as_cel_accepts_them() {
    let answers = include_str!("known/cel-go-0.30.jsonl");
    let differing = differing(answers, |text| cel::parse(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}
