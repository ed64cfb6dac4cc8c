//! Tekton's variables: `$(params.x)`, `$(params["a.b"][0])`, `$(tasks.t.results.r.key)`, `$(tt.params.x)`.
//!
//! After tektoncd/pipeline v1.15 `pkg/substitution`, `pkg/internal/resultref`: texts are found and replaced whole, so a form
//! that no controller looks for is passed on as it is, mostly to a shell. A `$(…)` that is no path of names is the shell's.
//! `$$(params.x)` is replaced too: a `$` before it protects nothing (but from Kubernetes' own `$(VAR)` in commands).

use std::ops::Range;

use super::tekton_forms;
use crate::path::{Path, Segment, Step};
use crate::problem::{Problem, suggestion};

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text that stays as it is, `$(…)` of a shell too.
    Literal(Range<usize>),
    /// A variable.
    Variable(Variable),
}

/// A variable in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// From `$(` to `)`.
    pub span: Range<usize>,
    /// Its names. `params["a.b"][0].c` has the segments `params`, `a.b`, index 0, `c`.
    pub path: Path,
    /// Whether another `$` stands before it.
    pub after_dollar: bool,
}

/// A text, cut into pieces that follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Split {
    /// All of the text.
    pub pieces: Vec<Piece>,
    /// Forms that Tekton refuses or never replaces. Whether a name exists is not looked at.
    pub problems: Vec<Problem>,
}

impl Split {
    /// The variables, in order.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(variable) => Some(variable),
            Piece::Literal(_) => None,
        })
    }
}

/// Cuts `text` at its variables.
#[must_use]
pub fn split(text: &str) -> Split {
    let mut split = Split::default();
    let mut literal = 0;
    let mut at = 0;
    let mut close = 0;
    while let Some(distance) = text.get(at..).and_then(|rest| rest.find("$(")) {
        let start = at + distance;
        let inside = start + 2;
        // Several `$(` may stand before one `)`: it is looked for once.
        if close < inside {
            let Some(length) = text.get(inside..).and_then(|rest| rest.find(')')) else {
                let rest = inside..text.len();
                check_unclosed(text, start, rest, &mut split.problems);
                break;
            };
            close = inside + length;
        }
        let body = inside..close;
        // The shell's `$(a $(params.b))` begins a second time before it ends.
        let nested = text.get(body.clone()).is_some_and(|it| it.contains("$("));
        let read = if nested {
            None
        } else {
            path(text, body.clone())
        };
        match read {
            Some(Ok(path)) if is_variable(&path, text, &body) => {
                let span = start..body.end + 1;
                if literal < start {
                    split.pieces.push(Piece::Literal(literal..start));
                }
                tekton_forms::check(&path, &mut split.problems);
                split.pieces.push(Piece::Variable(Variable {
                    after_dollar: text
                        .get(..start)
                        .is_some_and(|before| before.ends_with('$')),
                    span: span.clone(),
                    path,
                }));
                literal = span.end;
                at = span.end;
            }
            Some(Ok(path)) => {
                check_root(&path, &mut split.problems);
                at = body.end + 1;
            }
            Some(Err(problem)) => {
                split.problems.push(problem);
                at = body.end + 1;
            }
            None => at = inside,
        }
    }
    if literal < text.len() {
        split.pieces.push(Piece::Literal(literal..text.len()));
    }
    split
}

/// The first names of Tekton's variables.
pub const ROOTS: &[&str] = &[
    "params",
    "tasks",
    "finally",
    "context",
    "workspaces",
    "results",
    "steps",
    "step",
    "artifacts",
    "credentials",
    "inputs",
    "outputs",
    "tt",
];

fn is_variable(path: &Path, text: &str, body: &Range<usize>) -> bool {
    let known = path.root().is_some_and(|root| ROOTS.contains(&root));
    // `$(params)` is a command of a shell as well as anything.
    known
        && (path.segments.len() > 1
            || text
                .get(body.clone())
                .is_some_and(|body| body.contains('[')))
}

/// A root that is nearly one of Tekton's; a shell's command has no dots and brackets of this form.
fn check_root(path: &Path, problems: &mut Vec<Problem>) {
    let (Some(first), Some(root)) = (path.segments.first(), path.root()) else {
        return;
    };
    if path.segments.len() < 2 || path.segments.iter().any(|it| it.step == Step::Computed) {
        return;
    }
    let near = suggestion(root, ROOTS.iter().copied().filter(|known| known.len() > 3));
    if !near.is_empty() {
        let message =
            format!("`{root}` is no variable of Tekton, so the text stays as it is{near}");
        problems.push(Problem::never(first.span.clone(), message));
    }
}

fn check_unclosed(text: &str, start: usize, rest: Range<usize>, problems: &mut Vec<Problem>) {
    let word_end = text.get(rest.clone()).map_or(rest.end, |inside| {
        rest.start
            + inside
                .find(|letter: char| letter != '.' && !is_name(letter))
                .unwrap_or(inside.len())
    });
    let word = text.get(rest.start..word_end).unwrap_or_default();
    let root = word.split('.').next().unwrap_or_default();
    if word.contains('.') && ROOTS.contains(&root) {
        let message = format!("`$({word}` is never closed: end it with `)`");
        problems.push(Problem::never(start..word_end, message));
    }
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

/// The names in `body`: none if it is not of the form of a variable, a problem if it is nearly.
fn path(text: &str, body: Range<usize>) -> Option<Result<Path, Problem>> {
    let inside = text.get(body.clone())?;
    let mut segments = Vec::new();
    let mut at = 0;
    let word = |from: usize| {
        let rest = inside.get(from..).unwrap_or_default();
        from + rest.find(|letter| !is_name(letter)).unwrap_or(rest.len())
    };
    let first = word(0);
    if first == 0 {
        return None;
    }
    segments.push(Segment::name(
        body.start..body.start + first,
        inside.get(..first)?,
    ));
    at += first;
    while at < inside.len() {
        match inside.as_bytes().get(at)? {
            b'.' => {
                let end = word(at + 1);
                if end == at + 1 {
                    return dangling(&segments, body.start + at);
                }
                let span = body.start + at + 1..body.start + end;
                segments.push(Segment::name(span, inside.get(at + 1..end)?));
                at = end;
            }
            b'[' => {
                let Some(length) = inside.get(at..).and_then(|rest| rest.find(']')) else {
                    return bracket(&segments, body.start + at..body.end, "is never closed");
                };
                let span = body.start + at + 1..body.start + at + length;
                match step(inside.get(at + 1..at + length)?) {
                    Some((step, quotes)) => segments.push(Segment {
                        span: span.start + quotes..span.end - quotes,
                        step,
                    }),
                    None => {
                        return bracket(
                            &segments,
                            span.start - 1..span.end + 1,
                            "holds no quoted name, number or `*`",
                        );
                    }
                }
                at += length + 1;
            }
            _ => return None,
        }
    }
    Some(Ok(Path::new(segments)))
}

fn step(inside: &str) -> Option<(Step, usize)> {
    if inside == "*" {
        return Some((Step::All, 0));
    }
    for quote in ['\'', '"'] {
        if let Some(name) = inside
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote))
        {
            return (!name.is_empty()).then(|| (Step::Key(name.to_owned()), 1));
        }
    }
    let digits = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| (Step::Index(inside.parse().unwrap_or(i64::MAX)), 0))
}

fn is_ours(segments: &[Segment]) -> bool {
    segments
        .first()
        .and_then(Segment::key)
        .is_some_and(|root| ROOTS.contains(&root))
}

fn dangling(segments: &[Segment], at: usize) -> Option<Result<Path, Problem>> {
    is_ours(segments).then(|| {
        Err(Problem::never(
            at..at + 1,
            "a name belongs behind `.`: the text stays as it is",
        ))
    })
}

fn bracket(segments: &[Segment], span: Range<usize>, what: &str) -> Option<Result<Path, Problem>> {
    is_ours(segments).then(|| {
        let message = format!(
            "this bracket {what}: write `['a.name']`, `[0]` or `[*]`; the text stays as it is"
        );
        Err(Problem::never(span, message))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let split = split(text);
        let mut shown: Vec<_> = split
            .variables()
            .map(|variable| variable.path.to_string())
            .collect();
        for problem in &split.problems {
            shown.push(format!("! {}", &text[problem.span.clone()]));
        }
        shown.join(" ")
    }

    #[test]
    fn variables_are_told_from_what_is_the_shells() {
        for (text, expected) in [
            ("$(params.x)", "params.x"),
            ("a $(params['x.y'][0]) b", "params.x.y[0]"),
            ("$(params[\"x.y\"])", "params.x.y"),
            ("$(params.x[*])", "params.x[*]"),
            ("$(tasks.t.results.r.key)", "tasks.t.results.r.key"),
            ("$(pwd) $(cat a.txt) $(date +%s)", ""),
            ("$(basename $(params.x))", "params.x"),
            ("$(echo \"$(params.x)\")", "params.x"),
            ("$((1 + 2))", ""),
            ("$(go.mod)", ""),
            ("cost: $5 (params.x)", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        let escaped = split("$$(params.x)");
        assert!(escaped.variables().all(|variable| variable.after_dollar));
    }

    #[test]
    fn the_span_of_a_name_is_the_bare_name() {
        let text = "a $(params['x.y'][12])";
        let split = split(text);
        let spans: Vec<_> = split
            .variables()
            .flat_map(|variable| variable.path.segments.iter())
            .map(|segment| &text[segment.span.clone()])
            .collect();
        assert_eq!(spans, ["params", "x.y", "12"]);
    }

    #[test]
    fn forms_that_tekton_leaves_alone_are_said() {
        for (text, expected) in [
            ("$(param.x)", "! param"),
            ("$(workspace.source.path)", "! workspace"),
            ("$(params.x", "! $(params.x"),
            ("$(params.)", "! ."),
            ("$(params[x.y])", "! [x.y]"),
            ("$(params['x.y)", "! ['x.y"),
            ("$(params.a.b.c)", "params.a.b.c ! a.b.c"),
            ("$(tasks.t.result.r)", "tasks.t.result.r ! result"),
            ("$(context.taskRun.nam)", "context.taskRun.nam ! nam"),
            ("$(workspaces.source.pth)", "workspaces.source.pth ! pth"),
            ("$(tasks.t.results.r.a.b)", "tasks.t.results.r.a.b ! b"),
            ("$(tasks.t)", "tasks.t ! t"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
