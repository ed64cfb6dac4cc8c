//! The grammar of Go's templates, after `text/template/parse/parse.go` of Go 1.26, and what `exec.go` refuses whatever is given.

use std::collections::BTreeSet;
use std::ops::Range;

use super::scope::{Operand, Place, Scope, further};
use super::token::{Token, Word};
use super::{Program, Template, literals};
use crate::path::{Path, Step};
use crate::problem::{Kind, Problem, Suggestions, counted, expected, suggestion};

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

    fn pipeline(&mut self, context: &str, end: Token, range: bool) -> Parsed<Place> {
        self.skip_space();
        let declared = self.declarations(context, range)?;
        let start = self.span();
        let before = self.found.reads.len();
        let mut place = None;
        let mut commands = 0;
        let mut guarded = false;
        loop {
            self.skip_space();
            let token = self.token();
            if token == end {
                break;
            }
            if !starts_operand(token) {
                return Err(self.unexpected(context));
            }
            let first = self.span();
            let operands = self.command(context)?;
            if commands > 0 {
                self.check_stage(&operands, &first)?;
            }
            place = self.called(&operands, commands > 0);
            guarded |= operands.iter().any(|(operand, _)| gives_default(operand));
            commands += 1;
        }
        let close = self.span();
        self.advance();
        if commands == 0 {
            let message = format!("a value is missing in {context}");
            return Err(Problem::syntax(start.start..close.end, message));
        }
        if guarded {
            self.guard(before);
        }
        self.declare(declared, &place, range);
        Ok(place)
    }

    /// Names of variables before `:=` or `=`, and whether they are new.
    fn declarations(
        &mut self,
        context: &str,
        range: bool,
    ) -> Parsed<Vec<(String, Range<usize>, bool)>> {
        let mut declared = Vec::new();
        while self.token() == Token::Variable {
            let start = self.at;
            let (name, span) = (self.word().to_owned(), self.span());
            self.advance();
            self.skip_space();
            match self.token() {
                Token::Assign | Token::Declare => {
                    let new = self.token() == Token::Declare;
                    self.advance();
                    self.skip_space();
                    for (_, _, fresh) in &mut declared {
                        *fresh = new;
                    }
                    declared.push((name, span, new));
                    return Ok(declared);
                }
                Token::Sign if self.word() == "," => {
                    self.advance();
                    self.skip_space();
                    declared.push((name, span, true));
                    if !range || declared.len() > 1 {
                        let message = format!(
                            "too many variables in {context}: `range` can set two, others one"
                        );
                        return Err(Problem::syntax(self.span(), message));
                    }
                    match self.token() {
                        Token::Variable => {}
                        Token::Close | Token::CloseParen => return Ok(declared),
                        _ => {
                            let message = "a variable belongs behind the comma";
                            return Err(Problem::syntax(self.span(), message));
                        }
                    }
                }
                _ => {
                    self.at = start;
                    return Ok(declared);
                }
            }
        }
        Ok(declared)
    }

    fn declare(&mut self, declared: Vec<(String, Range<usize>, bool)>, place: &Place, range: bool) {
        let count = declared.len();
        for (index, (name, span, new)) in declared.into_iter().enumerate() {
            let place = match (range, index + 1 == count) {
                (true, true) => further(place.clone(), span.clone(), Step::All),
                (true, false) => None,
                (false, _) => place.clone(),
            };
            if new {
                self.scope.declare(&name, place);
            } else if self.scope.variable(&name).is_some() {
                self.scope.assign(&name);
            } else {
                let message = format!("the variable `{name}` is not set yet: set it with `:=`");
                self.say(Kind::Name, span, message);
                self.scope.declare(&name, None);
            }
        }
    }

    fn command(&mut self, context: &str) -> Parsed<Vec<(Operand, Range<usize>)>> {
        let mut operands = Vec::new();
        loop {
            self.skip_space();
            if let Some(operand) = self.operand(context)? {
                operands.push(operand);
            }
            match self.token() {
                Token::Space => {}
                Token::Close | Token::CloseParen => break,
                Token::Pipe => {
                    let pipe = self.span();
                    self.advance();
                    self.skip_space();
                    if matches!(self.token(), Token::Close | Token::CloseParen) {
                        self.say(
                            Kind::Never,
                            pipe,
                            "nothing stands behind `|`: a function belongs there",
                        );
                    }
                    break;
                }
                _ => return Err(self.unexpected(context)),
            }
        }
        if operands.is_empty() {
            return Err(self.unexpected(context));
        }
        Ok(operands)
    }

    fn operand(&mut self, context: &str) -> Parsed<Option<(Operand, Range<usize>)>> {
        let start = self.span().start;
        let token = self.token();
        let Some(operand) = self.term(context)? else {
            return Ok(None);
        };
        if self.token() != Token::Field {
            let end = self
                .words
                .get(self.at.saturating_sub(1))
                .map_or(start, |it| it.span.end);
            self.read(&operand);
            return Ok(Some((operand, start..end)));
        }
        if matches!(
            token,
            Token::Bool
                | Token::Quoted
                | Token::Raw
                | Token::Number
                | Token::Complex
                | Token::Letter
                | Token::Nil
                | Token::Dot
        ) {
            let written = self.text.get(start..self.span().start).unwrap_or_default();
            let message = format!("no field can be picked from `{written}`");
            return Err(Problem::syntax(self.span(), message));
        }
        let mut place = match operand {
            Operand::Value(place) => place,
            Operand::Function(name) => {
                self.call(&name, start..self.span().start, 0);
                None
            }
            _ => None,
        };
        while self.token() == Token::Field {
            place = self.field(place);
        }
        let end = self
            .words
            .get(self.at.saturating_sub(1))
            .map_or(start, |it| it.span.end);
        let operand = Operand::Value(place);
        self.read(&operand);
        Ok(Some((operand, start..end)))
    }

    fn field(&mut self, place: Place) -> Place {
        let span = self.span();
        let name = self.word().get(1..).unwrap_or_default().to_owned();
        self.advance();
        further(place, span.start + 1..span.end, Step::Key(name))
    }

    fn read(&mut self, operand: &Operand) {
        if let Operand::Value(Some(segments)) = operand
            && !segments.is_empty()
        {
            self.found.reads.push(Path::new(segments.clone()));
        }
    }

    fn term(&mut self, context: &str) -> Parsed<Option<Operand>> {
        let span = self.span();
        let operand = match self.token() {
            Token::Name => {
                let name = self.word().to_owned();
                self.advance();
                if self.program.function(&name).is_none() {
                    let known = self.program.functions().map(|it| it.name);
                    let near = self.suggestions.for_name(&name, known);
                    let field = if near.is_empty() {
                        format!(": a field of what is given is `.{name}`")
                    } else {
                        near
                    };
                    self.say(
                        Kind::Name,
                        span,
                        format!("there is no function `{name}`{field}"),
                    );
                }
                Operand::Function(name)
            }
            Token::Dot => {
                self.advance();
                Operand::Value(self.scope.dot.clone())
            }
            Token::Field => {
                let dot = self.scope.dot.clone();
                Operand::Value(self.field(dot))
            }
            Token::Variable => {
                let name = self.word();
                self.advance();
                match self.scope.variable(name) {
                    Some(variable) => Operand::Value(variable.place.clone()),
                    None => {
                        let known = self.scope.variables.iter().take(MOST_COMPARED);
                        let near = suggestion(name, known.map(|it| it.name.as_str()));
                        let message = format!("there is no variable `{name}` here{near}");
                        self.say(Kind::Name, span, message);
                        Operand::Value(None)
                    }
                }
            }
            Token::Nil | Token::Bool => {
                self.advance();
                Operand::Other { constant: true }
            }
            Token::Number | Token::Complex | Token::Letter => self.number()?,
            Token::Quoted | Token::Raw => Operand::Text(self.constant_text()?),
            Token::OpenParen => {
                self.advance();
                let inside =
                    self.deeper(|it| it.pipeline("parentheses", Token::CloseParen, false))?;
                match inside {
                    Some(place) => Operand::Value(Some(place)),
                    None => Operand::Other { constant: false },
                }
            }
            _ => {
                let _ = context;
                return Ok(None);
            }
        };
        Ok(Some(operand))
    }

    fn number(&mut self) -> Parsed<Operand> {
        let (span, written, token) = (self.span(), self.word(), self.token());
        let fine = match token {
            Token::Letter => {
                let inside = written
                    .get(1..written.len().saturating_sub(1))
                    .unwrap_or_default();
                literals::unquote(inside, '\'').is_some_and(|it| it.chars().count() == 1)
            }
            // The reader has seen that both halves are numbers.
            Token::Complex => true,
            _ => literals::is_number(written),
        };
        if !fine {
            let message = match written {
                "-" | "+" => {
                    format!("`{written}` is no operator: numbers are worked with `add`, `sub`")
                }
                _ if token == Token::Letter => {
                    format!("{written} is no letter: a text stands in double quotes")
                }
                _ => format!("`{written}` is no number"),
            };
            return Err(Problem::syntax(span, message));
        }
        self.advance();
        Ok(match written.parse() {
            Ok(number) => Operand::Number(number),
            Err(_) => Operand::Other { constant: true },
        })
    }

    fn constant_text(&mut self) -> Parsed<String> {
        let (span, written) = (self.span(), self.word());
        let inside = written
            .get(1..written.len().saturating_sub(1))
            .unwrap_or_default();
        let value = if self.token() == Token::Raw {
            Some(inside.replace('\r', ""))
        } else {
            literals::unquote(inside, '"')
        };
        let Some(value) = value else {
            let message = "there is an escape in the text that Go does not know: a backslash itself is written `\\\\`, or the text is put between backticks";
            return Err(Problem::syntax(span, message));
        };
        self.advance();
        Ok(value)
    }

    // Calls.

    /// Behind a pipe only what can take a value may stand.
    fn check_stage(
        &mut self,
        operands: &[(Operand, Range<usize>)],
        first: &Range<usize>,
    ) -> Parsed<()> {
        let dot = self.text.get(first.clone()) == Some(".");
        let constant = matches!(
            operands.first(),
            Some((
                Operand::Text(_) | Operand::Number(_) | Operand::Other { constant: true },
                _
            ))
        );
        if dot || constant {
            let message = "behind `|` a function belongs, and this is a value";
            return Err(Problem::syntax(first.clone(), message));
        }
        Ok(())
    }

    /// What a command gives, and whether it can be run at all.
    fn called(&mut self, operands: &[(Operand, Range<usize>)], piped: bool) -> Place {
        let Some(((first, span), arguments)) = operands.split_first() else {
            return None;
        };
        // A function among the arguments is called without any of its own.
        for (argument, span) in arguments {
            if let Operand::Function(name) = argument {
                self.call(name, span.clone(), 0);
            }
        }
        let given = arguments.len() + usize::from(piped);
        match first {
            Operand::Function(name) => {
                self.call(name, span.clone(), given);
                (name == "index").then(|| self.index(arguments)).flatten()
            }
            Operand::Value(place) if given == 0 => place.clone(),
            _ if given == 0 => None,
            _ => {
                let written = self.text.get(span.clone()).unwrap_or_default();
                let message = format!(
                    "`{written}` is no function, and gets {}",
                    counted(given, "argument")
                );
                self.say(Kind::Type, span.clone(), message);
                None
            }
        }
    }

    fn call(&mut self, name: &str, span: Range<usize>, given: usize) {
        let Some(function) = self.program.function(name) else {
            return;
        };
        let (least, most) = function.arity();
        if given < least || most.is_some_and(|most| given > most) {
            let message = format!(
                "`{name}` takes {}, and gets {}",
                expected(least, most),
                counted(given, "argument")
            );
            self.say(Kind::Arguments, span, message);
        }
    }

    /// `index .a "b" 0` with constants is `.a.b[0]`.
    fn index(&mut self, arguments: &[(Operand, Range<usize>)]) -> Place {
        let ((first, _), picks) = arguments.split_first()?;
        let Operand::Value(place) = first else {
            return None;
        };
        let mut place = place.clone();
        for (pick, span) in picks {
            place = match pick {
                Operand::Text(name) => {
                    further(place, span.start + 1..span.end - 1, Step::Key(name.clone()))
                }
                Operand::Number(number) => further(place, span.clone(), Step::Index(*number)),
                _ => further(place, span.clone(), Step::Computed),
            };
        }
        self.read(&Operand::Value(place.clone()));
        place
    }
}

fn starts_operand(token: Token) -> bool {
    matches!(
        token,
        Token::Bool
            | Token::Letter
            | Token::Complex
            | Token::Dot
            | Token::Field
            | Token::Name
            | Token::Number
            | Token::Nil
            | Token::Raw
            | Token::Quoted
            | Token::Variable
            | Token::OpenParen
    )
}

fn gives_default(operand: &Operand) -> bool {
    matches!(operand, Operand::Function(name) if matches!(name.as_str(), "default" | "coalesce" | "empty" | "hasKey" | "dig" | "ternary"))
}
