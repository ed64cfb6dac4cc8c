//! The grammar of Lua 5.1 with `goto`, after `parse/parser.go.y` of gopher-lua v1.1.2.

mod values;

use std::ops::Range;

use super::Script;
use super::token::{Token, Word};
use crate::path::{Path, Segment};
use crate::problem::Problem;

const DEEPEST: usize = 100;
/// How tightly a sign binds, on each side of it.
const OPERATORS: [(&str, u8, u8); 15] = [
    ("or", 1, 2),
    ("and", 3, 4),
    ("<", 5, 6),
    (">", 5, 6),
    ("<=", 5, 6),
    (">=", 5, 6),
    ("==", 5, 6),
    ("~=", 5, 6),
    ("..", 8, 7),
    ("+", 9, 10),
    ("-", 9, 10),
    ("*", 11, 12),
    ("/", 11, 12),
    ("%", 11, 12),
    ("^", 16, 15),
];
const UNARY: u8 = 13;

type Parsed<T> = Result<T, Problem>;

/// What a value can be used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// A statement.
    Call,
    /// Left of `=`.
    Variable,
    /// Neither.
    Value,
}

pub(super) struct Parser<'a> {
    text: &'a str,
    words: &'a [Word],
    at: usize,
    depth: usize,
    loops: usize,
    /// Whether `...` has a value in each function around, the inmost last.
    variadic: Vec<bool>,
    locals: Vec<&'a str>,
    pub(super) found: Script,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, words: &'a [Word]) -> Self {
        Self {
            text,
            words,
            at: 0,
            depth: 0,
            loops: 0,
            variadic: vec![true],
            locals: Vec::new(),
            found: Script::default(),
        }
    }

    pub(super) fn run(&mut self) -> Parsed<()> {
        self.block()?;
        if self.token() != Token::End {
            return Err(self.unexpected(""));
        }
        Ok(())
    }

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

    fn is(&self, word: &str) -> bool {
        matches!(self.token(), Token::Keyword | Token::Sign) && self.word() == word
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.is(word);
        if found {
            self.advance();
        }
        found
    }

    fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.eat(word) {
            return Ok(());
        }
        Err(self.unexpected(&format!(": `{word}` belongs here")))
    }

    fn name(&mut self) -> Parsed<&'a str> {
        if self.token() != Token::Name {
            return Err(self.unexpected(": a name belongs here"));
        }
        let name = self.word();
        self.advance();
        Ok(name)
    }

    fn unexpected(&self, hint: &str) -> Problem {
        if self.token() == Token::End {
            return Problem::syntax(self.span(), format!("the script ends too early{hint}"));
        }
        Problem::syntax(self.span(), format!("unexpected `{}`{hint}", self.word()))
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("a script may be nested {DEEPEST} deep");
            return Err(Problem::syntax(self.span(), message));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    // Statements.

    fn block(&mut self) -> Parsed<()> {
        let locals = self.locals.len();
        let result = self.deeper(Self::statements);
        self.locals.truncate(locals);
        result
    }

    fn statements(&mut self) -> Parsed<()> {
        loop {
            if self.eat(";") {
                continue;
            }
            if self.token() == Token::End
                || ["end", "else", "elseif", "until"]
                    .iter()
                    .any(|word| self.is(word))
            {
                return Ok(());
            }
            let span = self.span();
            if self.eat("return") {
                let ends = self.token() == Token::End
                    || [";", "end", "else", "elseif", "until"]
                        .iter()
                        .any(|word| self.is(word));
                if !ends {
                    self.expressions()?;
                }
                return self.last("return");
            }
            if self.eat("break") {
                if self.loops == 0 {
                    return Err(Problem::syntax(span, "`break` stands in no loop"));
                }
                return self.last("break");
            }
            self.statement()?;
        }
    }

    /// Nothing may follow in the block.
    fn last(&mut self, word: &str) -> Parsed<()> {
        self.eat(";");
        let ends = self.token() == Token::End
            || ["end", "else", "elseif", "until"]
                .iter()
                .any(|word| self.is(word));
        if ends {
            return Ok(());
        }
        Err(self.unexpected(&format!(": nothing can follow `{word}` in a block")))
    }

    fn inner(&mut self, end: &str) -> Parsed<()> {
        self.loops += 1;
        let result = self.block();
        self.loops -= 1;
        result?;
        self.expect(end)
    }

    fn statement(&mut self) -> Parsed<()> {
        if self.eat("do") {
            self.block()?;
            self.expect("end")
        } else if self.eat("while") {
            self.expression(0)?;
            self.expect("do")?;
            self.inner("end")
        } else if self.eat("repeat") {
            self.inner("until")?;
            self.expression(0)
        } else if self.eat("if") {
            self.conditions()
        } else if self.eat("for") {
            self.for_loop()
        } else if self.eat("function") {
            let span = self.span();
            let name = self.name()?;
            let plain = !self.is(".") && !self.is(":");
            while self.eat(".") {
                self.name()?;
            }
            if self.eat(":") {
                self.name()?;
            }
            if plain {
                self.set(name);
            } else {
                self.read(Path::new(vec![Segment::name(span, name)]));
            }
            self.function()
        } else if self.eat("local") {
            self.local()
        } else if self.eat("::") {
            self.name()?;
            self.expect("::")
        } else if self.eat("goto") {
            self.name().map(|_| ())
        } else {
            self.expression_statement()
        }
    }

    fn conditions(&mut self) -> Parsed<()> {
        loop {
            self.expression(0)?;
            self.expect("then")?;
            self.block()?;
            if !self.eat("elseif") {
                break;
            }
        }
        if self.eat("else") {
            self.block()?;
        }
        self.expect("end")
    }

    fn for_loop(&mut self) -> Parsed<()> {
        let mut names = vec![self.name()?];
        if self.eat("=") {
            self.expression(0)?;
            self.expect(",")?;
            self.expression(0)?;
            if self.eat(",") {
                self.expression(0)?;
            }
        } else {
            while self.eat(",") {
                names.push(self.name()?);
            }
            self.expect("in")?;
            self.expressions()?;
        }
        self.expect("do")?;
        let locals = self.locals.len();
        self.locals.extend(names);
        let result = self.inner("end");
        self.locals.truncate(locals);
        result
    }

    fn local(&mut self) -> Parsed<()> {
        if self.eat("function") {
            let name = self.name()?;
            self.locals.push(name);
            return self.function();
        }
        let mut names = vec![self.name()?];
        while self.eat(",") {
            names.push(self.name()?);
        }
        if self.eat("=") {
            self.expressions()?;
        }
        self.locals.extend(names);
        Ok(())
    }

    fn expression_statement(&mut self) -> Parsed<()> {
        let start = self.span();
        let before = self.found.reads.len();
        let mut used = self.prefixed()?;
        if used == Use::Call && !self.is("=") && !self.is(",") {
            return Ok(());
        }
        let first = before;
        loop {
            let set = used == Use::Variable && (self.is("=") || self.is(","));
            if !set {
                let end = self.span().start.max(start.end);
                let span = start.start..self.text.get(..end).map_or(end, |it| it.trim_end().len());
                let message = "this is no statement: call a function, or set a variable with `=`";
                return Err(Problem::syntax(span, message));
            }
            if !self.eat(",") {
                break;
            }
            used = self.prefixed()?;
        }
        self.expect("=")?;
        let targets = self.found.reads.len();
        self.expressions()?;
        // What is set is not read: plain names are new globals.
        let set: Vec<Path> = self.found.reads.drain(first..targets).collect();
        for path in set {
            match path.segments.as_slice() {
                [only] => {
                    if let Some(name) = only.key() {
                        self.found.sets.insert(name.to_owned());
                    }
                }
                _ => self.found.reads.push(path),
            }
        }
        Ok(())
    }

    fn set(&mut self, name: &str) {
        if !self.locals.contains(&name) {
            self.found.sets.insert(name.to_owned());
        }
    }

    fn read(&mut self, path: Path) {
        let local = path.root().is_some_and(|root| self.locals.contains(&root));
        if !local {
            self.found.reads.push(path);
        }
    }
}
