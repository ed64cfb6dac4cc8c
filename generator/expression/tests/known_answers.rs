//! Upstream's own test texts, judged as upstream's engines judge them.

use luban_expression::{
    Kind, Problem, cel, cron, duration, expr_lang, go_regexp, go_template, govaluate, jq, jsonpath,
    lua, quantity, selector,
};

/// The texts of a file on which this crate and upstream's engine differ.
fn differing(answers: &str, accepts: impl Fn(&str) -> bool) -> Vec<String> {
    let rows = answers.lines().filter_map(|line| {
        let Ok((text, accepted)) = serde_json::from_str::<(String, bool)>(line) else {
            return Some(format!("this is no answer: {line}"));
        };
        let verdict = if accepted { "accepts" } else { "refuses" };
        (accepts(&text) != accepted).then(|| format!("upstream {verdict}: {text}"))
    });
    rows.collect()
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

/// Upstream takes what never works.
fn is_taken<T>(read: Result<T, Problem>) -> bool {
    read.map_or_else(|problem| problem.kind == Kind::Never, |_| true)
}

#[test]
fn schedules_are_accepted_as_robfigs_cron_accepts_them() {
    let answers = include_str!("known/robfig-cron-3.0.1.jsonl");
    let differing = differing(answers, |text| is_taken(cron::parse(text)));
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn durations_are_accepted_as_go_accepts_them() {
    let answers = include_str!("known/go-duration-1.26.jsonl");
    let differing = differing(answers, |text| duration::parse(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn amounts_are_accepted_as_kubernetes_accepts_them() {
    let answers = include_str!("known/kubernetes-quantity-0.36.jsonl");
    let differing = differing(answers, |text| is_taken(quantity::check(text)));
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn selectors_are_accepted_as_kubernetes_accepts_them() {
    let answers = include_str!("known/kubernetes-selector-0.36.jsonl");
    let differing = differing(answers, |text| is_taken(selector::check(text)));
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn scripts_are_accepted_as_gopher_lua_accepts_them() {
    let answers = include_str!("known/gopher-lua-1.1.2.jsonl");
    let differing = differing(answers, |text| lua::parse(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn paths_are_accepted_as_kubernetes_accepts_them() {
    let answers = include_str!("known/kubernetes-jsonpath-0.36.jsonl");
    let differing = differing(answers, |text| jsonpath::parse(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}

#[test]
fn queries_are_accepted_as_gojq_accepts_them() {
    let answers = include_str!("known/gojq-0.12.19.jsonl");
    let differing = differing(answers, |text| jq::parse(text).is_ok());
    assert!(differing.is_empty(), "{differing:#?}");
}
