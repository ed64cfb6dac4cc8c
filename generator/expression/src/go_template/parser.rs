//! The grammar of Go's templates, after `text/template/parse/parse.go` of Go 1.26, and what `exec.go` refuses whatever is given.

mod calls;
mod pipeline;

use std::collections::BTreeSet;
use std::ops::Range;

use super::scope::{Place, Scope, further};
use super::token::{Token, Word};
use super::{Program, Template};
use crate::path::Step;
use crate::problem::{Kind, Problem, Suggestions};

const DEEPEST: usize = 100;
/// Variables that an unknown one is compared with.
const MOST_COMPARED: usize = 20;

/// What ends a list of texts and actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    End,
    Else,
    /// `else if`, `else with`: the word is still to be read.
    ElseIf,
    Nothing,
}

pub(super) struct Parser<'a> {
    text: &'a str,
    words: &'a [Word],
    at: usize,
    program: Program,
    scope: Scope,
    depth: usize,
    found: Template,
    defined: Vec<(String, Range<usize>)>,
    /// Those that have more than white space in them.
    filled: BTreeSet<String>,
    invoked: Vec<(String, Range<usize>)>,
    suggestions: Suggestions,
}

type Parsed<T> = Result<T, Problem>;

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, words: &'a [Word], program: Program) -> Self {
        Self {
            text,
            words,
            at: 0,
            program,
            scope: Scope::new(Some(Vec::new())),
            depth: 0,
            found: Template::default(),
            defined: Vec::new(),
            filled: BTreeSet::new(),
            invoked: Vec::new(),
            suggestions: Suggestions::default(),
        }
    }

    pub(super) fn finish(mut self) -> Template {
        let defined: BTreeSet<String> = self.defined.iter().map(|(name, _)| name.clone()).collect();
        for (name, span) in std::mem::take(&mut self.invoked) {
            if !defined.contains(&name) {
                let near = self
                    .suggestions
                    .for_name(&name, defined.iter().map(String::as_str));
                let message = format!("no template `{name}` is defined here{near}");
                self.say(Kind::Name, span, message);
            }
        }
        self.found
            .problems
            .sort_by_key(|problem| problem.span.start);
        self.found
    }

    fn say(&mut self, kind: Kind, span: Range<usize>, message: impl Into<String>) {
        self.found.problems.push(Problem::new(kind, span, message));
    }

    // Words.

    fn token(&self) -> Token {
        self.words.get(self.at).map_or(Token::End, |it| it.token)
    }

    fn span(&self) -> Range<usize> {
        let end = self.text.len()..self.text.len();
        self.words.get(self.at).map_or(end, |it| it.span.clone())
    }

    fn word(&self) -> &'a str {
        self.text.get(self.span()).unwrap_or_default()
    }

    fn advance(&mut self) {
        if self.token() != Token::End {
            self.at += 1;
        }
    }

    fn skip_space(&mut self) {
        while self.token() == Token::Space {
            self.advance();
        }
    }

    fn is_keyword(&self, word: &str) -> bool {
        self.token() == Token::Keyword && self.word() == word
    }

    fn unexpected(&self, context: &str) -> Problem {
        let span = self.span();
        let word = self.word();
        let message = match self.token() {
            Token::End => format!("the template ends inside {context}"),
            Token::Close => format!("{context} ends too early"),
            _ => {
                let hint = match word {
                    "=" => ": values are compared with `eq`, a variable is set with `:=`",
                    "&" => ": both are asked with `and`",
                    "!" => ": `not` negates, `ne` compares",
                    "<" | ">" => ": numbers are compared with `lt`, `le`, `gt`, `ge`",
                    "*" | "/" | "%" => ": numbers are worked with `mul`, `div`, `mod`",
                    "," => ": arguments have spaces between them",
                    _ => "",
                };
                format!("unexpected `{word}` in {context}{hint}")
            }
        };
        Problem::syntax(span, message)
    }

    fn close(&mut self, context: &str) -> Parsed<()> {
        self.skip_space();
        if self.token() == Token::Close {
            self.advance();
            return Ok(());
        }
        Err(self.unexpected(context))
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("a template may be nested {DEEPEST} deep");
            return Err(Problem::syntax(self.span(), message));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    // Grammar.

    pub(super) fn run(&mut self) -> Parsed<()> {
        while self.token() != Token::End {
            let open = self.span();
            if self.token() == Token::Open {
                let start = self.at;
                self.advance();
                self.skip_space();
                if self.is_keyword("define") {
                    self.advance();
                    self.define("`define`", None)?;
                    continue;
                }
                self.at = start;
            }
            match self.text_or_action()? {
                Ending::Nothing => {}
                Ending::End => {
                    let message = "this `end` has nothing to end";
                    return Err(Problem::syntax(open, message));
                }
                Ending::Else | Ending::ElseIf => {
                    let message = "this `else` stands in no `if`, `with` or `range`";
                    return Err(Problem::syntax(open, message));
                }
            }
        }
        Ok(())
    }

    /// A template of its own: what it is given is not known where it stands, but for `block`.
    fn define(&mut self, context: &str, given: Option<Place>) -> Parsed<()> {
        if given.is_none() {
            let (name, span) = self.template_name(context)?;
            self.close(context)?;
            self.defined.push((name, span));
        }
        let body = self.at;
        let (name, span) = self.defined.last().cloned().unwrap_or_default();
        let outer = std::mem::replace(&mut self.scope, Scope::new(given.unwrap_or(None)));
        let ending = self.list(context)?;
        self.scope = outer;
        if ending != Ending::End {
            let message = format!("unexpected `else` in {context}");
            return Err(Problem::syntax(self.span(), message));
        }
        if self.has_content(body) && !self.filled.insert(name.clone()) {
            let message = format!("the template `{name}` is defined twice");
            return Err(Problem::syntax(span, message));
        }
        Ok(())
    }

    /// Whether more than white space stands between the word at `from` and the `end` that was read last.
    fn has_content(&self, from: usize) -> bool {
        let words = self.words.get(from..self.at).unwrap_or_default();
        let opened = words.iter().filter(|it| it.token == Token::Open).count();
        let is_text = |word: &Word| {
            let text = self.text.get(word.span.clone()).unwrap_or_default();
            word.token == Token::Text && !text.trim().is_empty()
        };
        opened > 1 || words.iter().any(is_text)
    }

    fn template_name(&mut self, context: &str) -> Parsed<(String, Range<usize>)> {
        self.skip_space();
        let span = self.span();
        let name = match self.token() {
            Token::Quoted | Token::Raw => self.constant_text()?,
            _ => {
                let problem = self.unexpected(context);
                let message = format!("{}: a name in quotes belongs here", problem.message);
                return Err(Problem::syntax(problem.span, message));
            }
        };
        Ok((name, span))
    }

    fn list(&mut self, context: &str) -> Parsed<Ending> {
        let opened = self.at.saturating_sub(1);
        self.skip_space();
        while self.token() != Token::End {
            let ending = self.text_or_action()?;
            if ending != Ending::Nothing {
                return Ok(ending);
            }
        }
        let span = self.words.get(opened).map_or(0..0, |it| it.span.clone());
        Err(Problem::syntax(
            span,
            format!("{context} is never ended: write `{{{{end}}}}`"),
        ))
    }

    fn text_or_action(&mut self) -> Parsed<Ending> {
        match self.token() {
            Token::Text => {
                self.advance();
                Ok(Ending::Nothing)
            }
            Token::Open => {
                self.advance();
                self.found.has_actions = true;
                self.deeper(Self::action)
            }
            _ => Err(self.unexpected("the template")),
        }
    }

    fn action(&mut self) -> Parsed<Ending> {
        self.skip_space();
        if self.token() != Token::Keyword {
            self.pipeline("an action", Token::Close, false)?;
            return Ok(Ending::Nothing);
        }
        let span = self.span();
        let word = self.word();
        self.advance();
        match word {
            "end" => {
                self.close("`end`")?;
                return Ok(Ending::End);
            }
            "else" => {
                self.skip_space();
                if self.is_keyword("if") || self.is_keyword("with") {
                    return Ok(Ending::ElseIf);
                }
                self.close("`else`")?;
                return Ok(Ending::Else);
            }
            "if" | "with" | "range" => self.control(word)?,
            "break" | "continue" => {
                self.close(&format!("`{word}`"))?;
                if self.scope.ranges == 0 {
                    let message = format!("`{word}` stands in no `range`");
                    return Err(Problem::syntax(span, message));
                }
            }
            "template" => {
                let (name, span) = self.template_name("`template`")?;
                self.invoked.push((name, span));
                self.skip_space();
                if self.token() == Token::Close {
                    self.advance();
                } else {
                    self.pipeline("`template`", Token::Close, false)?;
                }
            }
            "block" => {
                let name = self.template_name("`block`")?;
                let given = self.pipeline("`block`", Token::Close, false)?;
                self.defined.push(name);
                self.define("`block`", Some(given))?;
            }
            _ => {
                let message = format!("`{word}` cannot stand inside another action or block");
                return Err(Problem::syntax(span, message));
            }
        }
        Ok(Ending::Nothing)
    }

    /// An `if`, `with` or `range` up to its `end`, with all that hangs on it by `else`.
    fn control(&mut self, word: &str) -> Parsed<()> {
        let context = format!("`{word}`");
        let variables = self.scope.variables.len();
        while self.branch(word, &context)? == Ending::ElseIf {
            if !self.is_keyword(word) {
                return Err(self.unexpected(&format!("the `else` of {context}")));
            }
            self.advance();
        }
        self.scope.variables.truncate(variables);
        Ok(())
    }

    /// A condition and its list, and the list of a plain `else`. Variables of conditions are known up to the `end`.
    fn branch(&mut self, word: &str, context: &str) -> Parsed<Ending> {
        let ranges = self.scope.ranges;
        let before = self.found.reads.len();
        let given = self.pipeline(context, Token::Close, word == "range")?;
        if word != "range" {
            self.guard(before);
        }
        let dot = match word {
            "with" => given,
            "range" => {
                self.scope.ranges += 1;
                let end = self.span().start;
                further(given, end..end, Step::All)
            }
            _ => self.scope.dot.clone(),
        };
        let outer = std::mem::replace(&mut self.scope.dot, dot);
        let ending = self.list(context)?;
        self.scope.dot = outer;
        self.scope.ranges = ranges;
        if ending == Ending::Else && self.list(context)? != Ending::End {
            let message = format!("{context} has an `else` already: `end` belongs here");
            return Err(Problem::syntax(self.span(), message));
        }
        Ok(ending)
    }

    /// Marks what was read since as guarded.
    fn guard(&mut self, since: usize) {
        for path in self.found.reads.iter_mut().skip(since) {
            path.guarded = true;
        }
    }
}
