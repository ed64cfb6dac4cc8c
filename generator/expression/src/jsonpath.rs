//! JSONPath in Kubernetes' dialect (client-go v0.36 `util/jsonpath`): `valueFrom.jsonPath` of Argo Workflows, as `kubectl -o
//! jsonpath=` prints it; and in the looser form of Tekton Triggers' bindings ([`crate::tags::triggers`]).
//!
//! A template is text with actions in braces; text outside of braces is printed as it is.

mod brackets;

use std::ops::Range;

use crate::letters::{is_digit, is_letter};
use crate::path::{Path, Segment, Step};
use crate::problem::{Kind, Problem, suggestion};

/// What a template reads, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Template {
    /// The path of each action, those in `range` with the list that is gone over before them.
    pub reads: Vec<Path>,
    /// What cannot work when it runs.
    pub problems: Vec<Problem>,
}

/// Reads a template.
///
/// # Errors
///
/// Where Kubernetes' parser stops.
pub fn parse(text: &str) -> Result<Template, Problem> {
    let mut reader = Reader::new(text);
    let mut at = 0;
    let mut actions = 0;
    while let Some(distance) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + distance;
        at = reader.action(start + 1, text.len(), start)?;
        actions += 1;
    }
    reader.finish();
    if actions == 0 && !text.trim().is_empty() {
        let path = text.trim().trim_start_matches(['$', '.']);
        let message = format!("this is printed as it is: a path stands in braces, `{{.{path}}}`");
        reader
            .found
            .problems
            .push(Problem::never(0..text.len(), message));
    }
    Ok(reader.found)
}

/// Reads what is inside braces, or what Tekton Triggers takes for that.
pub(crate) fn parse_inside(text: &str, span: Range<usize>) -> Result<Template, Problem> {
    let mut reader = Reader::new(text);
    reader.nested(span, 0)?;
    reader.end_action()?;
    Ok(reader.found)
}

const DEEPEST: usize = 50;

struct Reader<'a> {
    text: &'a str,
    found: Template,
    /// The path of the action so far.
    path: Vec<Segment>,
    /// Paths of the `range`s that are open, and where each begins.
    ranges: Vec<(Range<usize>, Vec<Segment>)>,
    /// The word of an action that begins with one.
    word: Option<(Range<usize>, String)>,
}

fn fail<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem::syntax(span, message))
}

fn is_terminator(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\t' | '\r' | '\n' | '.' | ',' | '[' | ']' | '$' | '@' | '{' | '}'
    )
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            found: Template::default(),
            path: Vec::new(),
            ranges: Vec::new(),
            word: None,
        }
    }

    fn rest(&self, at: usize, end: usize) -> &'a str {
        self.text.get(at..end).unwrap_or_default()
    }

    /// Reads up to the closing brace; gives the place behind it.
    fn action(&mut self, at: usize, end: usize, open: usize) -> Result<usize, Problem> {
        let (at, closed) = self.inside(at, end, 0)?;
        if !closed {
            return fail(
                open..open + 1,
                "the action is never closed: end it with `}`",
            );
        }
        self.end_action()?;
        Ok(at)
    }

    /// What has a brace around it only in the engine.
    fn nested(&mut self, span: Range<usize>, depth: usize) -> Result<(), Problem> {
        if depth > DEEPEST {
            return fail(span, "a path may be nested 50 deep");
        }
        let mut at = span.start;
        loop {
            let (next, closed) = self.inside(at, span.end, depth)?;
            // Behind a brace of its own comes text, and perhaps another action.
            let another = closed
                .then(|| self.rest(next, span.end).find('{'))
                .flatten();
            match another {
                Some(distance) => at = next + distance + 1,
                None => return Ok(()),
            }
        }
    }

    fn inside(&mut self, from: usize, end: usize, depth: usize) -> Result<(usize, bool), Problem> {
        let mut at = from;
        let mut recursive = false;
        loop {
            let rest = self.rest(at, end);
            let Some(letter) = rest.chars().next() else {
                return Ok((at, false));
            };
            if letter == '}' {
                return Ok((at + 1, true));
            }
            let was_recursive = std::mem::take(&mut recursive);
            if rest.starts_with("[?(") {
                at = self.filter(at, end, depth)?;
            } else if rest.starts_with("..") {
                if was_recursive {
                    return fail(at..at + 2, "`..` stands there twice");
                }
                self.push(at..at + 2, Step::Computed);
                let next = self.rest(at + 2, end).chars().next();
                let named = next.is_some_and(|it| it == '_' || is_letter(it) || is_digit(it));
                at += 2;
                recursive = !named;
                if named {
                    // The engine drops the first letter's place, not the letter.
                    at = self.field(at, end);
                }
            } else {
                match letter {
                    '\r' | '\n' => {
                        return fail(at..at + 1, "the action is never closed: a line ends here");
                    }
                    ' ' | '@' | '$' => at += 1,
                    '[' => at = self.array(at, end, depth)?,
                    '"' | '\'' => at = self.quote(at, end, letter)?,
                    '.' => at = self.field(at + 1, end),
                    letter if matches!(letter, '+' | '-') || is_digit(letter) => {
                        at = self.number(at, end)?
                    }
                    letter if letter == '_' || is_letter(letter) => at = self.identifier(at, end),
                    letter => {
                        let message = format!("`{letter}` has no meaning in a path");
                        return fail(at..at + letter.len_utf8(), message);
                    }
                }
            }
        }
    }

    fn push(&mut self, span: Range<usize>, step: Step) {
        self.path.push(Segment { span, step });
    }

    fn field(&mut self, at: usize, end: usize) -> usize {
        let mut name = String::new();
        let mut length = 0;
        let mut letters = self.rest(at, end).char_indices();
        while let Some((offset, letter)) = letters.next() {
            length = offset;
            if letter == '\\' {
                if let Some((_, escaped)) = letters.next() {
                    name.push(escaped);
                }
            } else if is_terminator(letter) {
                break;
            } else {
                name.push(letter);
            }
            length = self.rest(at, end).len() - letters.as_str().len();
        }
        let span = at..at + length;
        let step = if self.rest(at, at + length) == "*" {
            Step::All
        } else {
            Step::Key(name.replace('\\', ""))
        };
        // `{.}` and `.['a']` name nothing here.
        if !span.is_empty() {
            self.push(span, step);
        }
        at + length
    }

    fn identifier(&mut self, at: usize, end: usize) -> usize {
        let rest = self.rest(at, end);
        let length = rest.find(is_terminator).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        if !matches!(word, "true" | "false") && self.word.is_none() {
            self.word = Some((at..at + length, word.to_owned()));
        }
        at + length
    }

    fn number(&mut self, at: usize, end: usize) -> Result<usize, Problem> {
        let rest = self.rest(at, end);
        let sign = usize::from(rest.starts_with(['+', '-']));
        let digits = rest.get(sign..).unwrap_or_default();
        let length = sign
            + digits
                .find(|it| it != '.' && !is_digit(it))
                .unwrap_or(digits.len());
        let written = rest.get(..length).unwrap_or_default();
        if written.parse::<f64>().is_err() {
            return fail(at..at + length, format!("`{written}` is no number"));
        }
        Ok(at + length)
    }

    fn quote(&mut self, at: usize, end: usize, quote: char) -> Result<usize, Problem> {
        let rest = self.rest(at, end);
        let mut before = quote;
        for (offset, letter) in rest.char_indices().skip(1) {
            if letter == '\n' {
                break;
            }
            if letter == quote && before != '\\' {
                let inside = rest.get(1..offset).unwrap_or_default();
                if !inside.contains('\\') || crate::go_template::unquote(inside, quote).is_some() {
                    return Ok(at + offset + 1);
                }
                return fail(
                    at..at + offset + 1,
                    "there is an escape in the text that Go does not know",
                );
            }
            before = letter;
        }
        fail(
            at..at + 1,
            format!("the text is never closed: end it with `{quote}`"),
        )
    }

    /// The end of an action: what it reads, and the words that rule what follows.
    fn end_action(&mut self) -> Result<(), Problem> {
        let path = std::mem::take(&mut self.path);
        let word = self.word.take();
        let mut segments = self
            .ranges
            .last()
            .map(|(_, base)| base.clone())
            .unwrap_or_default();
        let own = !path.is_empty();
        segments.extend(path);
        let base = segments.clone();
        if own {
            self.found.reads.push(Path::new(segments));
        }
        match word {
            Some((span, word)) if word == "range" => {
                if self.ranges.len() > DEEPEST {
                    return fail(span, "ranges may be nested 50 deep");
                }
                self.ranges.push((span, base));
            }
            Some((_, word)) if word == "end" && self.ranges.pop().is_some() => {}
            Some((span, word)) if word == "end" => {
                let problem = Problem::new(Kind::Name, span, "`end` has no `range` to end");
                self.found.problems.push(problem);
            }
            Some((span, word)) => {
                let near = suggestion(&word, ["range", "end"]);
                let hint = if near.is_empty() {
                    format!(": a field is `.{word}`")
                } else {
                    near
                };
                let message = format!("there is no word `{word}`{hint}");
                self.found
                    .problems
                    .push(Problem::new(Kind::Name, span, message));
            }
            None => {}
        }
        Ok(())
    }

    fn finish(&mut self) {
        for (span, _) in std::mem::take(&mut self.ranges) {
            let problem = Problem::new(Kind::Name, span, "`range` is never ended: write `{end}`");
            self.found.problems.push(problem);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_template_reads_is_listed() {
        for (text, reads) in [
            ("{.status.phase}", "status.phase"),
            ("{$.items[0].metadata.name}", "items[0].metadata.name"),
            (
                "{.metadata.labels.app\\.kubernetes\\.io/name}",
                "metadata.labels.app.kubernetes.io/name",
            ),
            ("{.metadata.labels['app\\.x']}", "metadata.labels.app.x"),
            (
                "{range .items[*]}{.name}{\"\\n\"}{end}{.kind}",
                "items[*] items[*].name kind",
            ),
            (
                "{.status.conditions[?(@.type==\"Ready\")].status}",
                "status.conditions[…].status",
            ),
        ] {
            let read = parse(text).unwrap();
            let paths: Vec<_> = read.reads.iter().map(Path::to_string).collect();
            assert_eq!(paths.join(" "), reads, "{text}");
            assert_eq!(read.problems, [], "{text}");
        }
    }

    #[test]
    fn what_cannot_work_is_said_at_the_word() {
        for (text, wrong) in [
            (".status.phase", ".status.phase"),
            ("{status.phase}", "status"),
            ("{.a", "{"),
            ("{.a[\"b\"]}", "\"b\""),
            ("{.a['b.c']}", "b.c"),
            ("{.a[x]}", "x"),
            ("{.a[0}", "["),
            ("{.a[?(@.b==1)}", ")"),
            ("{.a[?(@.b=~1)]}", "~"),
            ("{range .a}", "range"),
        ] {
            let problems = match parse(text) {
                Ok(read) => read.problems,
                Err(problem) => vec![problem],
            };
            let found: Vec<_> = problems.iter().map(|it| &text[it.span.clone()]).collect();
            assert_eq!(found, [wrong], "{text}: {problems:?}");
        }
    }
}
