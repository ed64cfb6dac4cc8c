//! The grammar of jq, after `parser.go.y` of gojq v0.12.19, and the names that `compiler.go` looks up.

mod names;
mod terms;

use std::ops::Range;

use super::Query;
use super::token::{self, Token, Word};
use crate::problem::{Kind, Problem, Suggestions};

const DEEPEST: usize = 80;

type Parsed<T> = Result<T, Problem>;

#[derive(Default)]
struct Scope {
    functions: Vec<(String, usize)>,
    variables: Vec<String>,
    labels: Vec<String>,
}

pub(super) struct Parser<'a> {
    text: &'a str,
    word: Word,
    /// The end of the word before.
    behind: usize,
    depth: usize,
    scope: Scope,
    suggestions: Suggestions,
    /// Whether `.` is what the query is given.
    at_input: bool,
    pub(super) found: Query,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Parsed<Self> {
        Ok(Self {
            text,
            word: token::next(text, 0)?,
            behind: 0,
            depth: 0,
            scope: Scope::default(),
            suggestions: Suggestions::default(),
            at_input: true,
            found: Query::default(),
        })
    }

    pub(super) fn run(&mut self) -> Parsed<()> {
        for word in ["module", "import", "include"] {
            if self.is(word) {
                let message = format!("`{word}` needs a place for modules, and there is none here");
                return Err(Problem::new(Kind::Name, self.word.span.clone(), message));
            }
        }
        // Definitions alone are a program, too.
        while self.is("def") {
            self.definition()?;
        }
        if self.word.token == Token::End {
            // A program may be definitions alone, but is not run then.
            let message = "a query is missing: `.` gives all of the input";
            let start = self.text.len() - self.text.len().min(1);
            let start = (0..=start)
                .rev()
                .find(|at| self.text.is_char_boundary(*at))
                .unwrap_or(0);
            let problem = Problem::syntax(start..self.text.len(), message);
            self.found.problems.push(problem);
        } else {
            self.query()?;
        }
        if self.word.token != Token::End {
            return Err(self.unexpected(": an operator or the end belongs here"));
        }
        Ok(())
    }

    // Words.

    fn shown(&self) -> &'a str {
        self.text.get(self.word.span.clone()).unwrap_or_default()
    }

    fn is(&self, word: &str) -> bool {
        matches!(self.word.token, Token::Keyword | Token::Sign) && self.shown() == word
    }

    fn advance(&mut self) -> Parsed<Range<usize>> {
        let span = self.word.span.clone();
        self.behind = span.end;
        self.word = token::next(self.text, span.end)?;
        Ok(span)
    }

    fn eat(&mut self, word: &str) -> Parsed<bool> {
        let found = self.is(word);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.eat(word)? {
            return Ok(());
        }
        Err(self.unexpected(&format!(": `{word}` belongs here")))
    }

    fn unexpected(&self, hint: &str) -> Problem {
        let span = self.word.span.clone();
        if self.word.token == Token::End {
            return Problem::syntax(span, format!("the query ends too early{hint}"));
        }
        Problem::syntax(span, format!("unexpected `{}`{hint}", self.shown()))
    }

    fn take(&mut self, token: Token, what: &str) -> Parsed<(String, Range<usize>)> {
        if self.word.token != token {
            return Err(self.unexpected(&format!(": {what} belongs here")));
        }
        let text = self.shown().to_owned();
        Ok((text, self.advance()?))
    }

    fn say(&mut self, span: Range<usize>, message: String) {
        self.found
            .problems
            .push(Problem::new(Kind::Name, span, message));
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("a query may be nested {DEEPEST} deep");
            return Err(Problem::syntax(self.word.span.clone(), message));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Reads what sees another `.`.
    fn elsewhere<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let outer = std::mem::replace(&mut self.at_input, false);
        let result = read(self);
        self.at_input = outer;
        result
    }

    // Queries.

    /// `|` binds loosest, then `,`; definitions and variables reach to the end.
    fn query(&mut self) -> Parsed<()> {
        self.deeper(|it| {
            let at_input = it.at_input;
            let result = it.pipe();
            it.at_input = at_input;
            result
        })
    }

    fn pipe(&mut self) -> Parsed<()> {
        let (functions, variables, labels) = (
            self.scope.functions.len(),
            self.scope.variables.len(),
            self.scope.labels.len(),
        );
        loop {
            if self.is("def") {
                self.definition()?;
                continue;
            }
            if self.eat("label")? {
                let (name, _) = self.take(Token::Variable, "the name of a label, `$out`,")?;
                self.expect("|")?;
                self.scope.labels.push(name);
                continue;
            }
            self.expression(0)?;
            if self.eat("as")? {
                // What stands before is gone through; the body sees the same `.`.
                self.patterns()?;
                self.expect("|")?;
                continue;
            }
            if self.eat(",")? {
                continue;
            }
            if self.eat("|")? {
                self.at_input = false;
                continue;
            }
            break;
        }
        self.scope.functions.truncate(functions);
        self.scope.variables.truncate(variables);
        self.scope.labels.truncate(labels);
        Ok(())
    }

    fn definition(&mut self) -> Parsed<()> {
        self.expect("def")?;
        let (name, _) = self.take(Token::Name, "a name")?;
        let mut parameters = Vec::new();
        if self.eat("(")? {
            loop {
                if !matches!(self.word.token, Token::Name | Token::Variable) {
                    return Err(self.unexpected(": a parameter belongs here"));
                }
                parameters.push(self.shown().to_owned());
                self.advance()?;
                if !self.eat(";")? {
                    break;
                }
            }
            self.expect(")")?;
        }
        self.expect(":")?;
        let (functions, variables) = (self.scope.functions.len(), self.scope.variables.len());
        let count = parameters.len();
        self.scope.functions.push((name.clone(), count));
        for parameter in parameters {
            // `$x` is a function `x` as well.
            let plain = parameter.trim_start_matches('$').to_owned();
            if plain.len() < parameter.len() {
                self.scope.variables.push(parameter);
            }
            self.scope.functions.push((plain, 0));
        }
        self.elsewhere(Self::query)?;
        self.scope.functions.truncate(functions);
        self.scope.variables.truncate(variables);
        self.expect(";")?;
        self.scope.functions.push((name, count));
        Ok(())
    }

    fn patterns(&mut self) -> Parsed<()> {
        self.pattern()?;
        while self.eat("?//")? {
            self.pattern()?;
        }
        Ok(())
    }

    fn pattern(&mut self) -> Parsed<()> {
        self.deeper(|it| {
            if it.word.token == Token::Variable {
                let (name, _) = it.take(Token::Variable, "a variable")?;
                it.scope.variables.push(name);
                return Ok(());
            }
            if it.eat("[")? {
                loop {
                    it.pattern()?;
                    if !it.eat(",")? {
                        break;
                    }
                }
                return it.expect("]");
            }
            it.expect("{").map_err(|problem| Problem {
                message: "a variable belongs here: `$x`, `[$a, $b]`, `{a: $x}`".to_owned(),
                ..problem
            })?;
            loop {
                it.object_pattern()?;
                if !it.eat(",")? {
                    break;
                }
            }
            it.expect("}")
        })
    }

    fn object_pattern(&mut self) -> Parsed<()> {
        if self.word.token == Token::Variable {
            let (name, _) = self.take(Token::Variable, "a variable")?;
            self.scope.variables.push(name);
            if !self.eat(":")? {
                return Ok(());
            }
        } else {
            self.key()?;
            self.expect(":")?;
        }
        self.pattern()
    }

    /// A key of an object but a variable: a word, a text, a query in parentheses.
    fn key(&mut self) -> Parsed<()> {
        match self.word.token {
            Token::Name | Token::Keyword if !self.shown().contains("::") => {
                self.advance().map(|_| ())
            }
            Token::Quote => self.text().map(|_| ()),
            Token::Sign if self.is("(") => {
                self.advance()?;
                self.query()?;
                self.expect(")")
            }
            _ => Err(self.unexpected(": a key is a word, a text, `$x` or a query in parentheses")),
        }
    }

    // Expressions.

    fn expression(&mut self, tightness: u8) -> Parsed<()> {
        self.deeper(|it| it.operators(tightness))
    }

    fn operators(&mut self, least: u8) -> Parsed<()> {
        self.term()?;
        // Some operators cannot follow another of their kind.
        let mut single = u8::MAX;
        while matches!(self.word.token, Token::Sign | Token::Keyword) {
            let Some((left, right)) = tightness(self.shown()) else {
                break;
            };
            if left < least {
                break;
            }
            if left == single {
                return Err(self.unexpected(": put one of the comparisons in parentheses"));
            }
            self.advance()?;
            self.expression(right)?;
            single = if matches!(left, 4 | 10) {
                left
            } else {
                u8::MAX
            };
        }
        Ok(())
    }
}

/// How tightly an operator binds, on each side.
fn tightness(operator: &str) -> Option<(u8, u8)> {
    Some(match operator {
        "//" => (3, 2),
        "=" | "|=" | "+=" | "-=" | "*=" | "/=" | "%=" | "//=" => (4, 5),
        "or" => (6, 7),
        "and" => (8, 9),
        "==" | "!=" | "<" | "<=" | ">" | ">=" => (10, 11),
        "+" | "-" => (12, 13),
        "*" | "/" | "%" => (14, 15),
        _ => return None,
    })
}
