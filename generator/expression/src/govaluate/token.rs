//! Words of govaluate, after `parsing.go` of the version of October 2017: what a word may be depends on what stands before it.

use std::ops::Range;

use super::times;
use crate::letters::{is_digit, is_letter};
use crate::problem::Problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    Prefix,
    Numeric,
    Boolean,
    Variable,
    Pattern,
    Accessor,
    Text,
    Time,
    Clause,
    ClauseClose,
    Modifier,
    Comparator,
    Logical,
    Ternary,
    Separator,
    /// What stands in the place of a template tag: any value.
    Hole,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
    /// The name, the text without quotes and escapes, or the symbol.
    pub(super) value: String,
}

impl Kind {
    /// What may follow, from `lexerState.go`.
    pub(super) fn may_precede(self, next: Kind) -> bool {
        use Kind::{
            Accessor, Boolean, Clause, ClauseClose, Comparator, Hole, Logical, Modifier, Numeric,
            Pattern, Prefix, Separator, Start, Ternary, Text, Time, Variable,
        };
        if next == Hole {
            return [Numeric, Boolean, Variable, Text]
                .into_iter()
                .any(|kind| self.may_precede(kind));
        }
        if self == Hole {
            return Variable.may_precede(next);
        }
        let value = matches!(next, Numeric | Boolean | Variable | Accessor | Text | Time);
        let operator = matches!(
            next,
            Modifier | Comparator | Logical | ClauseClose | Separator
        );
        match self {
            Start => value || matches!(next, Prefix | Pattern | Clause),
            Clause | Comparator => value || matches!(next, Prefix | Pattern | Clause | ClauseClose),
            ClauseClose => {
                operator
                    || (value && next != Accessor)
                    || matches!(next, Pattern | Clause | Ternary)
            }
            Numeric | Boolean | Text | Variable | Hole => operator || next == Ternary,
            Time | Pattern => operator,
            Modifier => (value && next != Time) || matches!(next, Prefix | Clause | ClauseClose),
            Logical => value || matches!(next, Prefix | Clause | ClauseClose),
            Prefix => {
                (value && !matches!(next, Text | Time)) || matches!(next, Clause | ClauseClose)
            }
            Ternary => value || matches!(next, Prefix | Clause | Separator),
            Accessor => operator || matches!(next, Clause | Ternary),
            Separator => value || matches!(next, Prefix | Clause),
        }
    }

    pub(super) fn may_end(self) -> bool {
        matches!(
            self,
            Kind::ClauseClose
                | Kind::Numeric
                | Kind::Boolean
                | Kind::Text
                | Kind::Time
                | Kind::Pattern
                | Kind::Variable
                | Kind::Accessor
                | Kind::Hole
        )
    }
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    holes: &'a [Range<usize>],
}

const MODIFIERS: [&str; 11] = ["+", "-", "*", "/", "%", "**", "&", "|", "^", ">>", "<<"];
const COMPARATORS: [&str; 8] = ["==", "!=", ">", ">=", "<", "<=", "=~", "!~"];

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str, holes: &'a [Range<usize>]) -> Self {
        Self { text, at: 0, holes }
    }

    pub(super) fn run(mut self) -> Result<Vec<Word>, Problem> {
        let mut words = Vec::new();
        let mut before = Kind::Start;
        while let Some(word) = self.word(before)? {
            before = word.kind;
            words.push(word);
        }
        Ok(words)
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.text.get(self.at..)?.chars().next()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    /// Characters from here as long as they are `wanted`; a backslash makes any character so. White space ends the word when
    /// it has begun, unless `spaces`. Says whether something ended it.
    fn until(
        &mut self,
        spaces: bool,
        wanted: impl Fn(char) -> bool,
    ) -> Result<(String, bool), Problem> {
        let mut value = String::new();
        loop {
            let start = self.at;
            let Some(letter) = self.next() else {
                return Ok((value, false));
            };
            if letter == '\\' {
                let Some(escaped) = self.next() else {
                    let message = "nothing stands behind the backslash: the engine fails on it";
                    return Err(Problem::syntax(start..self.at, message));
                };
                value.push(escaped);
                continue;
            }
            if letter.is_whitespace() && !spaces {
                if value.is_empty() {
                    continue;
                }
                return Ok((value, true));
            }
            if !wanted(letter) {
                self.at = start;
                return Ok((value, true));
            }
            value.push(letter);
        }
    }

    fn word(&mut self, before: Kind) -> Result<Option<Word>, Problem> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.len() - rest.trim_start().len();
        let start = self.at;
        let Some(letter) = self.next() else {
            return Ok(None);
        };
        let (kind, value) = if is_numeric(letter) {
            (Kind::Numeric, self.number(start, letter)?)
        } else {
            match letter {
                ',' => (Kind::Separator, ",".to_owned()),
                '[' => self.bracket(start)?,
                '\'' | '"' => self.quoted(start)?,
                '(' => (Kind::Clause, "(".to_owned()),
                ')' => (Kind::ClauseClose, ")".to_owned()),
                letter if is_letter(letter) => self.name(start)?,
                _ => self.symbol(start, before)?,
            }
        };
        let mut end = self.at;
        // White space that ended a word was read with it.
        let read = self.text.get(start..end).unwrap_or_default();
        if !matches!(kind, Kind::Text | Kind::Time) {
            end = start + read.trim_end().len();
        }
        let span = start..end.max(start);
        let kind = if matches!(kind, Kind::Variable | Kind::Boolean | Kind::Accessor)
            && self.is_hole(&span)
        {
            Kind::Hole
        } else {
            kind
        };
        Ok(Some(Word { kind, span, value }))
    }

    fn is_hole(&self, span: &Range<usize>) -> bool {
        // They are in order and do not overlap.
        let first = self.holes.partition_point(|hole| hole.end <= span.start);
        self.holes
            .get(first)
            .is_some_and(|hole| hole.start < span.end)
    }

    fn number(&mut self, start: usize, first: char) -> Result<String, Problem> {
        if first == '0'
            && self
                .text
                .get(self.at..)
                .is_some_and(|it| it.starts_with('x'))
        {
            self.at += 1;
            let is_hex = |letter: char| {
                let lower = letter.to_lowercase().next().unwrap_or(letter);
                is_digit(lower) || matches!(lower, 'a'..='f')
            };
            let (digits, _) = self.until(false, is_hex)?;
            if u64::from_str_radix(&digits, 16).is_ok() && !digits.starts_with('+') {
                return Ok(digits);
            }
        } else {
            self.at = start;
            let (digits, _) = self.until(false, is_numeric)?;
            let number = digits.parse::<f64>().ok().filter(|it| it.is_finite());
            let plain = digits.bytes().all(|it| it.is_ascii_digit() || it == b'.');
            // What a backslash lets in may be a number all the same.
            if number.is_some() && (plain || digits.parse::<f64>().is_ok()) {
                return Ok(digits);
            }
        }
        let end = start
            + self
                .text
                .get(start..self.at)
                .unwrap_or_default()
                .trim_end()
                .len();
        let written = self.text.get(start..end).unwrap_or_default();
        let message = format!("`{written}` is no number: put it in quotes if it is a text");
        Err(Problem::syntax(start..end, message))
    }

    fn bracket(&mut self, start: usize) -> Result<(Kind, String), Problem> {
        let (name, closed) = self.until(true, |letter| letter != ']')?;
        if !closed {
            let message = "the bracket is never closed: end the name with `]`";
            return Err(Problem::syntax(start..start + 1, message));
        }
        self.next();
        Ok((Kind::Variable, name))
    }

    fn quoted(&mut self, start: usize) -> Result<(Kind, String), Problem> {
        let (value, closed) = self.until(true, |letter| !matches!(letter, '\'' | '"'))?;
        if !closed {
            let message = "the text is never closed: it begins with this quote, and either kind of quote ends a text";
            return Err(Problem::syntax(start..start + 1, message));
        }
        self.next();
        let kind = if times::is_time(&value) {
            Kind::Time
        } else {
            Kind::Text
        };
        Ok((kind, value))
    }

    fn name(&mut self, start: usize) -> Result<(Kind, String), Problem> {
        self.at = start;
        let is_name =
            |letter: char| is_letter(letter) || is_digit(letter) || matches!(letter, '_' | '.');
        let (name, _) = self.until(false, is_name)?;
        let mut parts = name.split('.');
        let first = parts.next().unwrap_or_default();
        if !first.is_empty() && first.len() < name.len() {
            let read = self.text.get(start..self.at).unwrap_or_default();
            let span = start..start + read.trim_end().len();
            if self.is_hole(&span) {
                return Ok((Kind::Accessor, name));
            }
            if name.ends_with('.') {
                let message = format!("`{name}` ends in a dot: put it in quotes if it is a text");
                return Err(Problem::syntax(span, message));
            }
            let lower = parts
                .filter_map(|part| part.chars().next())
                .any(|letter| letter.to_uppercase().next() != Some(letter));
            if lower {
                let message = format!(
                    "`{name}` is read as a field of a value, and the engine refuses it: put it in quotes if it is a text"
                );
                return Err(Problem::syntax(span, message));
            }
            return Ok((Kind::Accessor, name));
        }
        let kind = match name.as_str() {
            "true" | "false" => Kind::Boolean,
            "in" | "IN" => return Ok((Kind::Comparator, "in".to_owned())),
            _ => Kind::Variable,
        };
        Ok((kind, name))
    }

    fn symbol(&mut self, start: usize, before: Kind) -> Result<(Kind, String), Problem> {
        self.at = start;
        let is_symbol = |letter: char| {
            !(is_letter(letter)
                || is_digit(letter)
                || matches!(letter, '(' | ')' | '[' | ']' | '\'' | '"'))
        };
        let (symbol, _) = self.until(false, is_symbol)?;
        if symbol.is_empty() {
            let letter = self.next().unwrap_or(' ');
            let message = format!("unexpected `{letter}`: put it in quotes if it is a text");
            return Err(Problem::syntax(start..self.at, message));
        }
        let written = symbol.as_str();
        let kind = if before.may_precede(Kind::Prefix) && matches!(written, "-" | "!" | "~") {
            Kind::Prefix
        } else if MODIFIERS.contains(&written) {
            Kind::Modifier
        } else if matches!(written, "&&" | "||") {
            Kind::Logical
        } else if COMPARATORS.contains(&written) {
            Kind::Comparator
        } else if matches!(written, "?" | ":" | "??") {
            Kind::Ternary
        } else {
            let read = self.text.get(start..self.at).unwrap_or_default();
            let end = start + read.trim_end().len();
            return Err(Problem::syntax(start..end, self.bad_symbol(&symbol)));
        };
        Ok((kind, symbol))
    }

    fn bad_symbol(&self, symbol: &str) -> String {
        let hint = match symbol {
            "=" => ": `==` compares".to_owned(),
            "_" => ": a name begins with a letter; put it in quotes if it is a text".to_owned(),
            _ if symbol.contains("{{") || symbol.contains("}}") => {
                ": a tag of a template cannot stand here".to_owned()
            }
            _ => (1..symbol.len())
                .filter(|at| symbol.is_char_boundary(*at))
                .map(|at| symbol.split_at(at))
                .find(|(left, right)| {
                    (COMPARATORS.contains(left)
                        || MODIFIERS.contains(left)
                        || matches!(*left, "&&" | "||" | "!"))
                        && matches!(*right, "-" | "!" | "~")
                })
                .map(|(left, right)| {
                    format!(": put a space or a parenthesis between `{left}` and `{right}`")
                })
                .unwrap_or_else(|| ": put it in quotes if it is a text".to_owned()),
        };
        format!("`{symbol}` is no operator{hint}")
    }
}

fn is_numeric(letter: char) -> bool {
    is_digit(letter) || letter == '.'
}
