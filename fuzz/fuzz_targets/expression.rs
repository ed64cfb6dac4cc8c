//! A text in every language of expressions: whatever is said of it stands in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use luban_expression::{
    Path, Problem, Type, cel, conditions, cron, depends, duration, expr_lang, gjson, go_regexp,
    go_template, govaluate, jq, jsonpath, lua, prometheus, quantity, selector, tags,
};
use std::ops::Range;

fuzz_target!(|text: &str| {
    let said = Said(text);
    for program in [
        cel::Program::TektonWhen,
        cel::Program::TriggersInterceptor,
        cel::Program::Kubernetes,
    ] {
        if let Some(expression) = said.of(cel::parse(text)) {
            let checked = expression.check(program, &[("body", Type::UNKNOWN)]);
            said.all(&checked.reads, &checked.problems);
        }
    }
    for dialect in [
        &expr_lang::PLAIN,
        &expr_lang::ARGO_WORKFLOWS,
        &expr_lang::KARGO,
    ] {
        if let Some(expression) = said.of(expr_lang::parse(text)) {
            let environment = expr_lang::Environment {
                dialect,
                variable: &|_| Type::UNKNOWN,
            };
            let checked = expr_lang::check_condition(&expression, &environment);
            said.all(&checked.reads, &checked.problems);
        }
    }
    for program in [
        go_template::Program::Plain,
        go_template::Program::ArgoEvents,
        go_template::Program::ApplicationSets,
    ] {
        if let Some(template) = said.of(go_template::parse(text, program)) {
            said.all(&template.reads, &template.problems);
        }
    }
    for parsed in [
        govaluate::parse(text, &[]),
        govaluate::parse_when(text, &[]),
    ] {
        if let Some(checked) = said.of(parsed) {
            said.all(&checked.reads, &checked.problems);
        }
    }
    if let Some(query) = said.of(jq::parse(text)) {
        said.all(&query.reads, &query.problems);
    }
    if let Some(template) = said.of(jsonpath::parse(text)) {
        said.all(&template.reads, &template.problems);
    }
    if let Some(script) = said.of(lua::parse(text)) {
        said.all(&script.reads, &script.unknown(&["obj"]));
    }
    if let Some(depends) = said.of(depends::parse(text)) {
        said.all(&depends.tasks, &depends.problems);
    }
    if let Some(conditions) = said.of(conditions::parse(text)) {
        said.all(&conditions.names, &[]);
    }
    if let Some(destination) = said.of(gjson::parse_destination(text)) {
        said.all(&[destination.path], &destination.problems);
    }
    let path = gjson::parse(text);
    said.all(&[], &path.problems);
    for part in &path.parts {
        said.holds(&part.span);
    }
    said.of(cron::parse(text));
    said.of(cron::parse_fields(text));
    said.of(duration::parse(text));
    said.of(duration::parse_seconds_or_duration(text));
    said.of(go_regexp::check(text));
    said.of(prometheus::check_metric(text));
    said.of(prometheus::check_label(text));
    said.of(quantity::check(text));
    said.of(selector::check(text));
    said.of(selector::check_key(text));
    said.of(selector::check_value(text));
    in_tags(text, &said);
});

/// The ways to put variables into text.
fn in_tags(text: &str, said: &Said<'_>) {
    let argo = tags::argo::split(text);
    said.all(&[], &argo.problems);
    for piece in &argo.pieces {
        said.holds(piece.span());
    }
    let (replaced, holes) = tags::argo::with_placeholders(text, &argo);
    for parsed in [
        govaluate::parse(&replaced, &holes),
        govaluate::parse_when(&replaced, &holes),
    ] {
        if let Some(checked) = Said(&replaced).of(parsed) {
            Said(&replaced).all(&checked.reads, &checked.problems);
        }
    }
    let tekton = tags::tekton::split(text);
    said.all(&[], &tekton.problems);
    for variable in tekton.variables() {
        said.holds(&variable.span);
        said.path(&variable.path);
    }
    said.all(&[], &tags::kargo::split(text).problems);
    let (expressions, problems) = tags::triggers::split(text);
    said.all(&[], &problems);
    for expression in &expressions {
        said.holds(&expression.span);
        said.all(&expression.reads, &[]);
    }
    let (found, problems) = tags::application_set::split(text);
    said.all(&[], &problems);
    for tag in &found {
        said.holds(&tag.span);
        said.holds(&tag.name);
    }
}

/// The text that things are said of.
struct Said<'a>(&'a str);

impl Said<'_> {
    fn of<T>(&self, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.problem(&problem)).ok()
    }

    fn all(&self, paths: &[Path], problems: &[Problem]) {
        paths.iter().for_each(|path| self.path(path));
        problems.iter().for_each(|problem| self.problem(problem));
    }

    fn path(&self, path: &Path) {
        for segment in &path.segments {
            self.holds(&segment.span);
        }
    }

    fn problem(&self, problem: &Problem) {
        assert!(self.0.get(problem.span.clone()).is_some(), "{problem:?}");
    }

    fn holds(&self, span: &Range<usize>) {
        assert!(self.0.get(span.clone()).is_some(), "{span:?}");
    }
}
