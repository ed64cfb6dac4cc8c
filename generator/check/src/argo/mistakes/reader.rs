//! Reads one expression or text where it stands.

use std::ops::Range;

use luban_expression::expr_lang::{self, ARGO_WORKFLOWS, Dialect, PLAIN};
use luban_expression::tags::argo::{Piece, split, with_placeholders};
use luban_expression::{Path, Problem, Type, depends, govaluate, jq, jsonpath, selector};
use luban_yaml::{Path as Way, Scalar};

use super::super::view::View;
use super::environment::{Environment, Unknown, Values};
use super::{Mistake, What, what};
use crate::expressions::place;

/// Puts together what is wrong with all expressions of an object.
pub(super) struct Reader<'v, 'a> {
    pub(super) view: &'v View<'a>,
    pub(super) mistakes: Vec<Mistake>,
}

/// How expr-lang is used.
#[derive(Clone, Copy)]
pub(super) struct Use {
    pub(super) values: Values,
    /// Whether it must give true or false.
    pub(super) is_condition: bool,
}

impl Values {
    fn dialect(self) -> &'static Dialect {
        match self {
            Self::Http | Self::Data(_) => &PLAIN,
            _ => &ARGO_WORKFLOWS,
        }
    }
}

impl<'v, 'a> Reader<'v, 'a> {
    pub(super) fn new(view: &'v View<'a>) -> Self {
        Self {
            view,
            mistakes: Vec::new(),
        }
    }

    pub(super) fn problem(
        &mut self,
        scalar: &Scalar<'_>,
        offset: usize,
        of: &str,
        problem: &Problem,
    ) {
        let message = if of.is_empty() {
            problem.message.clone()
        } else {
            format!("{of}: {}", problem.message)
        };
        let mistake = Mistake::new(what(problem), place(scalar, offset, &problem.span), message);
        self.mistakes.push(mistake);
    }

    /// A field that is an expression of expr-lang.
    pub(super) fn field(&mut self, environment: &Environment<'_, 'a>, path: &Way, usage: Use) {
        let Some(scalar) = self.own_scalar(path) else {
            return;
        };
        let text = scalar.text();
        if text.trim().is_empty() {
            return;
        }
        let (filled, holes) = with_placeholders(text, &split(text));
        self.expression(environment, &scalar, (0, &filled), &holes, usage);
    }

    pub(super) fn own_scalar(&self, path: &Way) -> Option<Scalar<'v>> {
        self.view.own()?.document().scalar(path)
    }

    /// An expression of expr-lang that begins at a byte of a scalar; in `holes` stands what is only known at run time.
    pub(super) fn expression(
        &mut self,
        environment: &Environment<'_, 'a>,
        scalar: &Scalar<'_>,
        (offset, text): (usize, &str),
        holes: &[Range<usize>],
        usage: Use,
    ) {
        let in_hole = |span: &Range<usize>| {
            holes
                .iter()
                .any(|hole| span.start < hole.end && hole.start < span.end)
        };
        let expression = match expr_lang::parse(text) {
            Ok(expression) => expression,
            Err(problem) => {
                if !in_hole(&problem.span) {
                    self.problem(scalar, offset, "", &problem);
                }
                return;
            }
        };
        let read = |path: &Path| {
            if in_hole(&path.span()) {
                return Type::UNKNOWN;
            }
            environment
                .read(path, usage.values)
                .unwrap_or(Type::UNKNOWN)
        };
        let known = expr_lang::Environment {
            dialect: usage.values.dialect(),
            variable: &read,
        };
        let checked = if usage.is_condition {
            expr_lang::check_condition(&expression, &known)
        } else {
            expression.check(&known)
        };
        let mut after = 0;
        let mut has_unknown = false;
        for path in &checked.reads {
            if in_hole(&path.span()) || path.span().start < after {
                continue;
            }
            let Err(unknown) = environment.read(path, usage.values) else {
                continue;
            };
            has_unknown |= unknown.what != What::Skipped;
            // An expression that decides by something else decides whether it reads this.
            if unknown.what == What::Skipped && text.contains('?') {
                continue;
            }
            match dashed(environment, usage, path, text, &unknown) {
                Some((span, message)) => {
                    after = span.end;
                    let place = place(scalar, offset, &span);
                    self.mistakes
                        .push(Mistake::new(What::Variable, place, message));
                }
                None => self.unknown(scalar, offset, path, unknown),
            }
        }
        for problem in &checked.problems {
            // What an unknown variable is, nobody knows.
            if in_hole(&problem.span) || has_unknown && problem.kind == luban_expression::Kind::Type
            {
                continue;
            }
            self.problem(scalar, offset, "", problem);
        }
    }

    fn unknown(&mut self, scalar: &Scalar<'_>, offset: usize, path: &Path, unknown: Unknown) {
        let span = path
            .segments
            .get(unknown.segment)
            .map(|segment| segment.span.clone());
        let span = span.unwrap_or_else(|| path.span());
        self.say(scalar, offset, &span, unknown);
    }

    pub(super) fn say(
        &mut self,
        scalar: &Scalar<'_>,
        offset: usize,
        span: &Range<usize>,
        unknown: Unknown,
    ) {
        let mut mistake = Mistake::new(unknown.what, place(scalar, offset, span), unknown.message);
        let own = self.view.own();
        mistake.related = unknown
            .related
            .map(|(message, path)| (message, own.and_then(|own| own.value(&path))));
        self.mistakes.push(mistake);
    }

    /// `when` of a step, task or metric: an expression of govaluate, after tags are replaced.
    pub(super) fn when(&mut self, path: &Way) {
        let Some(scalar) = self.own_scalar(path) else {
            return;
        };
        let text = scalar.text();
        if text.is_empty() {
            return;
        }
        let (filled, holes) = with_placeholders(text, &split(text));
        self.govaluate(&scalar, &holes, govaluate::parse_when(&filled, &holes));
    }

    /// `when` of a CronWorkflow: like that of a step, but a bare word is a variable, of which there are none.
    pub(super) fn cron_when(&mut self, environment: &Environment<'_, 'a>, path: &Way) {
        let Some(scalar) = self.own_scalar(path) else {
            return;
        };
        let text = scalar.text();
        if text.is_empty() {
            return;
        }
        self.text(environment, &scalar, Values::Cron);
        let (filled, holes) = with_placeholders(text, &split(text));
        let read = govaluate::parse(&filled, &holes);
        if let Ok(checked) = &read {
            for path in &checked.reads {
                let place = place(&scalar, 0, &path.span());
                let message = format!(
                    "`{path}` has no value here: a text needs quotes, a variable stands in `{{{{…}}}}`"
                );
                self.mistakes
                    .push(Mistake::new(What::Variable, place, message));
            }
            if !checked.gives.can_be(Type::BOOL) {
                let message = format!(
                    "`when` must be true or false, and this is {}",
                    checked.gives
                );
                self.mistakes.push(Mistake::new(
                    What::Type,
                    place(&scalar, 0, &(0..text.len())),
                    message,
                ));
            }
        }
        self.govaluate(&scalar, &holes, read);
    }

    fn govaluate(
        &mut self,
        scalar: &Scalar<'_>,
        holes: &[Range<usize>],
        read: Result<govaluate::Checked, Problem>,
    ) {
        let problems = match read {
            Ok(checked) => checked.problems,
            Err(problem) => vec![problem],
        };
        for problem in problems {
            let is_in_hole = |hole: &Range<usize>| {
                hole.start <= problem.span.start
                    && problem.span.end <= hole.end
                    && !problem.span.is_empty()
            };
            if !holes.iter().any(is_in_hole) {
                self.problem(scalar, 0, "`when`", &problem);
            }
        }
    }

    /// `depends` of a task; names and results in it are looked up elsewhere.
    pub(super) fn depends(&mut self, path: &Way) {
        let Some(scalar) = self.own_scalar(path) else {
            return;
        };
        if scalar.text().is_empty() || scalar.text().contains("{{") {
            return;
        }
        let problems = match depends::parse(scalar.text()) {
            Ok(found) => found.problems,
            Err(problem) => vec![problem],
        };
        for problem in problems
            .iter()
            .filter(|problem| problem.kind != luban_expression::Kind::Name)
            // A name that begins with a digit is a finding by itself.
            .filter(|problem| {
                !scalar
                    .text()
                    .get(problem.span.clone())
                    .is_some_and(|word| word.starts_with(|it: char| it.is_ascii_digit()))
            })
        {
            self.problem(&scalar, 0, "`depends`", problem);
        }
    }

    /// A field of another language.
    pub(super) fn other(&mut self, path: &Way, of: &str, read: impl Fn(&str) -> Vec<Problem>) {
        let Some(scalar) = self.own_scalar(path) else {
            return;
        };
        if scalar.text().is_empty() || scalar.text().contains("{{") {
            return;
        }
        for problem in read(scalar.text()) {
            self.problem(&scalar, 0, of, &problem);
        }
    }

    /// All tags in the texts below a path.
    pub(super) fn texts(&mut self, environment: &Environment<'_, 'a>, path: &Way, values: Values) {
        let Some(own) = self.view.own() else { return };
        for scalar in own.document().scalars(path) {
            let text = scalar.text();
            if text.contains("{{") {
                self.text(environment, &scalar, values);
            }
            if text.contains("$(") {
                self.foreign_tags(environment, &scalar);
            }
        }
    }

    fn text(&mut self, environment: &Environment<'_, 'a>, scalar: &Scalar<'_>, values: Values) {
        let text = scalar.text();
        let split = split(text);
        for piece in &split.pieces {
            match piece {
                Piece::Literal(_) => {}
                Piece::Expression { body, span } => {
                    let inside = text.get(body.clone()).unwrap_or_default();
                    // Mustache sets its braces this way.
                    if inside.trim_start().starts_with('<') {
                        continue;
                    }
                    let mut own = split
                        .problems
                        .iter()
                        .filter(|problem| {
                            span.start <= problem.span.start && problem.span.end <= span.end
                        })
                        .peekable();
                    if own.peek().is_some() {
                        for problem in own {
                            self.problem(scalar, 0, "", problem);
                        }
                        continue;
                    }
                    let usage = Use {
                        values,
                        is_condition: false,
                    };
                    self.expression(environment, scalar, (body.start, inside), &[], usage);
                }
                Piece::Tag { name, span } => self.tag(environment, scalar, (name, span), values),
                Piece::Nested { span, .. } => {
                    let inside = text.get(span.clone()).unwrap_or_default();
                    if !super::tags::names_argo(inside) {
                        continue;
                    }
                    let inside = |problem: &&Problem| {
                        span.start <= problem.span.start
                            && problem.span.end <= span.end
                            && problem.kind == luban_expression::Kind::Never
                    };
                    for problem in split.problems.iter().filter(inside) {
                        self.problem(scalar, 0, "", problem);
                    }
                }
            }
        }
    }
}

/// A name with `-` that is read as a subtraction: where it stands, and what to write.
fn dashed(
    environment: &Environment<'_, '_>,
    usage: Use,
    path: &Path,
    text: &str,
    unknown: &Unknown,
) -> Option<(Range<usize>, String)> {
    let segment = path.segments.get(unknown.segment)?;
    let rest = text.get(segment.span.end..)?.strip_prefix('-')?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    let length = rest.find(|letter| !is_name(letter)).unwrap_or(rest.len());
    let span = segment.span.start..segment.span.end + 1 + length;
    let name = text.get(span.clone())?;
    let mut meant = path.clone();
    meant.segments.truncate(unknown.segment + 1);
    if let Some(last) = meant.segments.last_mut() {
        last.step = luban_expression::Step::Key(name.to_owned());
    }
    if let Err(still) = environment.read(&meant, usage.values)
        && still.segment <= unknown.segment
    {
        return None;
    }
    let before = path
        .names()
        .take(unknown.segment)
        .collect::<Vec<_>>()
        .join(".");
    let message = format!("`-` is minus in an expression: write `{before}['{name}']`");
    Some((span, message))
}

/// The problems of a JSONPath.
pub(super) fn json_path(text: &str) -> Vec<Problem> {
    jsonpath::parse(text).map_or_else(|problem| vec![problem], |found| found.problems)
}

/// The problems of a jq filter.
pub(super) fn jq_filter(text: &str) -> Vec<Problem> {
    jq::parse(text).map_or_else(|problem| vec![problem], |found| found.problems)
}

/// The problems of a condition on a resource.
pub(super) fn resource_condition(text: &str) -> Vec<Problem> {
    selector::check(text).err().into_iter().collect()
}
