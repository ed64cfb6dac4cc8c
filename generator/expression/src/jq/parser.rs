//! The grammar of jq, after `parser.go.y` of gojq v0.12.19, and the names that `compiler.go` looks up.

use std::ops::Range;

use super::Query;
use super::builtins;
use super::token::{self, Token, Word};
use crate::path::{Path, Segment, Step};
use crate::problem::{Kind, Problem, Suggestions, counted};

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

    fn term(&mut self) -> Parsed<()> {
        let mut path: Option<Vec<Segment>> = None;
        match self.word.token {
            Token::Field => {
                let span = self.advance()?;
                path = Some(vec![self.field(span)]);
            }
            Token::Number => {
                self.advance()?;
            }
            Token::Format => {
                let (name, span) = self.take(Token::Format, "a format")?;
                self.check_format(&name, span);
                if self.word.token == Token::Quote {
                    self.text()?;
                }
            }
            Token::Quote => {
                self.text()?;
            }
            Token::Variable => {
                let (name, span) = self.take(Token::Variable, "a variable")?;
                self.check_variable(&name, span);
            }
            Token::Name => self.call()?,
            Token::Keyword => self.keyword()?,
            Token::Sign => match self.shown() {
                ".." => {
                    self.advance()?;
                }
                "." => {
                    self.advance()?;
                    path = Some(Vec::new());
                    if self.word.token == Token::Quote {
                        let key = self.text()?;
                        path = self.picked(path, key);
                    } else if self.is("[") {
                        path = self.bracket(path)?;
                    }
                }
                "+" | "-" => {
                    self.advance()?;
                    return self.deeper(Self::term);
                }
                "(" => {
                    self.advance()?;
                    self.query()?;
                    self.expect(")")?;
                }
                "[" => {
                    self.advance()?;
                    if !self.is("]") {
                        self.query()?;
                    }
                    self.expect("]")?;
                }
                "{" => self.object()?,
                _ => return Err(self.unexpected(": a value belongs here")),
            },
            Token::End => return Err(self.unexpected(": a value belongs here")),
        }
        self.suffixes(path)
    }

    fn field(&self, span: Range<usize>) -> Segment {
        let name = self.text.get(span.start + 1..span.end).unwrap_or_default();
        Segment::name(span.start + 1..span.end, name)
    }

    fn suffixes(&mut self, mut path: Option<Vec<Segment>>) -> Parsed<()> {
        let mut guarded = false;
        loop {
            if self.word.token == Token::Field {
                let span = self.advance()?;
                let segment = self.field(span);
                if let Some(path) = &mut path {
                    path.push(segment);
                }
            } else if self.is("[") {
                path = self.bracket(path)?;
            } else if self.eat("?")? {
                guarded = true;
            } else if self.is(".") {
                self.advance()?;
                if self.word.token == Token::Quote {
                    let key = self.text()?;
                    path = self.picked(path, key);
                } else if self.is("[") {
                    path = self.bracket(path)?;
                } else {
                    return Err(self.unexpected(": a name belongs behind a dot"));
                }
            } else {
                break;
            }
        }
        if let Some(segments) = path.filter(|it| self.at_input && !it.is_empty()) {
            self.found.reads.push(Path { segments, guarded });
        }
        Ok(())
    }

    fn picked(
        &self,
        path: Option<Vec<Segment>>,
        key: Option<(String, Range<usize>)>,
    ) -> Option<Vec<Segment>> {
        let mut path = path?;
        let end = self.behind..self.behind;
        path.push(match key {
            Some((name, span)) => Segment::name(span, name),
            None => Segment {
                span: end,
                step: Step::Computed,
            },
        });
        Some(path)
    }

    /// `[]`, `["a"]`, `[1:2]`.
    fn bracket(&mut self, path: Option<Vec<Segment>>) -> Parsed<Option<Vec<Segment>>> {
        let open = self.advance()?;
        let start = self.word.span.clone();
        let mut step = Step::Computed;
        let mut span = open.end..open.end;
        if self.is("]") {
            step = Step::All;
        } else if self.eat(":")? {
            self.query()?;
        } else {
            let constant = self.word.token;
            let inside = self.text.get(start.start..).unwrap_or_default();
            self.query()?;
            span = start.start..self.behind.max(start.start);
            let written = inside.get(..span.len()).unwrap_or_default();
            match constant {
                Token::Number => {
                    if let Ok(number) = written.parse() {
                        step = Step::Index(number);
                    }
                }
                Token::Quote => {
                    let inner = written
                        .get(1..written.len().saturating_sub(1))
                        .unwrap_or_default();
                    if written.ends_with('"') && !inner.contains(['"', '\\']) {
                        step = Step::Key(inner.to_owned());
                        span = span.start + 1..span.end - 1;
                    }
                }
                _ => {}
            }
            if self.eat(":")? {
                step = Step::All;
                if !self.is("]") {
                    self.query()?;
                }
            }
        }
        self.expect("]")?;
        Ok(path.map(|mut path| {
            path.push(Segment { span, step });
            path
        }))
    }

    fn object(&mut self) -> Parsed<()> {
        self.expect("{")?;
        while !self.is("}") {
            let variable = self.word.token == Token::Variable;
            let query = self.is("(");
            if variable {
                let (name, span) = self.take(Token::Variable, "a variable")?;
                if !self.is(":") {
                    self.check_variable(&name, span);
                }
            } else {
                self.key()?;
            }
            if self.eat(":")? {
                self.expression(0)?;
                let at_input = self.at_input;
                while self.eat("|")? {
                    self.at_input = false;
                    self.expression(0)?;
                }
                self.at_input = at_input;
            } else if query {
                return Err(self.unexpected(": `:` and a value belong behind a key in parentheses"));
            }
            if !self.eat(",")? && !self.is("}") {
                return Err(self.unexpected(": `,` or `}` belongs here"));
            }
            if self.is(",") {
                return Err(self.unexpected(": a key belongs behind the comma"));
            }
        }
        self.expect("}")
    }

    fn keyword(&mut self) -> Parsed<()> {
        match self.shown() {
            "null" | "true" | "false" => self.advance().map(|_| ()),
            "if" => {
                self.advance()?;
                loop {
                    self.query()?;
                    self.expect("then")?;
                    self.query()?;
                    if !self.eat("elif")? {
                        break;
                    }
                }
                if self.eat("else")? {
                    self.query()?;
                }
                self.expect("end")
            }
            "try" => {
                self.advance()?;
                self.deeper(Self::term)?;
                if self.eat("catch")? {
                    self.elsewhere(|it| it.deeper(Self::term))?;
                }
                Ok(())
            }
            "reduce" | "foreach" => self.fold(),
            "break" => {
                self.advance()?;
                let (name, span) = self.take(Token::Variable, "the name of a label")?;
                if !self.scope.labels.contains(&name) {
                    self.say(span, format!("there is no label `{name}` here"));
                }
                Ok(())
            }
            _ => Err(self.unexpected(": a value belongs here")),
        }
    }

    fn fold(&mut self) -> Parsed<()> {
        let most = if self.is("foreach") { 3 } else { 2 };
        self.advance()?;
        self.expression(0)?;
        self.expect("as")?;
        let variables = self.scope.variables.len();
        self.pattern()?;
        self.expect("(")?;
        self.query()?;
        self.expect(";")?;
        self.elsewhere(Self::query)?;
        if most == 3 && self.eat(";")? {
            self.elsewhere(Self::query)?;
        }
        self.scope.variables.truncate(variables);
        self.expect(")")
    }

    fn call(&mut self) -> Parsed<()> {
        let (name, span) = self.take(Token::Name, "a name")?;
        let mut arguments = 0;
        if self.eat("(")? {
            loop {
                // What a function does with its argument's `.` is its own affair.
                self.elsewhere(Self::query)?;
                arguments += 1;
                if !self.eat(";")? {
                    break;
                }
            }
            if self.is(",") {
                return Err(self.unexpected(": `;` stands between arguments"));
            }
            self.expect(")")?;
        }
        self.check_call(&name, arguments, span);
        Ok(())
    }

    /// A text; its value and place if no query stands in it.
    fn text(&mut self) -> Parsed<Option<(String, Range<usize>)>> {
        let start = self.word.span.start;
        let mut constant = true;
        let mut at = start + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(distance) = rest.find(['"', '\\']) else {
                let message = "the text is never closed: end it with `\"`";
                return Err(Problem::syntax(start..start + 1, message));
            };
            at += distance;
            if rest.get(distance..).is_some_and(|it| it.starts_with('"')) {
                break;
            }
            let escape = rest.get(distance + 1..).unwrap_or_default();
            constant = false;
            match escape.chars().next() {
                Some('(') => at = self.interpolated(at)?,
                Some('"' | '/' | '\\' | 'b' | 'f' | 'n' | 'r' | 't') => at += 2,
                Some('u')
                    if escape
                        .get(1..5)
                        .is_some_and(|it| it.bytes().all(|it| it.is_ascii_hexdigit())) =>
                {
                    at += 6
                }
                other => {
                    let end = at + 1 + other.map_or(0, char::len_utf8);
                    let written = self.text.get(at..end).unwrap_or_default();
                    let message =
                        format!("`{written}` is no escape: a backslash itself is written `\\\\`");
                    return Err(Problem::syntax(at..end, message));
                }
            }
        }
        let inside = start + 1..at;
        self.behind = at + 1;
        self.word = token::next(self.text, at + 1)?;
        let value = self.text.get(inside.clone()).unwrap_or_default();
        Ok(constant.then(|| (value.to_owned(), inside)))
    }

    /// `\(query)` in a text; the place behind it.
    fn interpolated(&mut self, at: usize) -> Parsed<usize> {
        self.word = token::next(self.text, at + 2)?;
        self.query()?;
        if !self.is(")") {
            return Err(self.unexpected(": `)` belongs here"));
        }
        Ok(self.word.span.end)
    }

    // Names.

    fn check_call(&mut self, name: &str, arguments: usize, span: Range<usize>) {
        let own = self
            .scope
            .functions
            .iter()
            .filter(|(known, _)| known == name);
        let counts: Vec<usize> = own.map(|(_, count)| *count).collect();
        if counts.contains(&arguments) {
            return;
        }
        let builtin = builtins::counts(name);
        if arguments == 0 && matches!(name, "input" | "inputs") {
            let message = format!("`{name}` has nothing to read here: `.` is all of the input");
            self.say(span, message);
            return;
        }
        if builtin.contains(&arguments) || name.contains("::") {
            return;
        }
        let known: Vec<String> = counts.iter().chain(builtin).map(usize::to_string).collect();
        if known.is_empty() {
            let own = self.scope.functions.iter().map(|(name, _)| name.as_str());
            let all = own.take(20).chain(builtins::names());
            let near = self.suggestions.for_name(name, all);
            self.say(span, format!("there is no function `{name}`{near}"));
        } else {
            let message = format!(
                "`{name}` takes {} arguments, and gets {}",
                known.join(" or "),
                counted(arguments, "argument")
            );
            self.found
                .problems
                .push(Problem::new(Kind::Arguments, span, message));
        }
    }

    fn check_variable(&mut self, name: &str, span: Range<usize>) {
        let known = matches!(name, "$ENV" | "$__loc__") || name.contains("::");
        if known || self.scope.variables.iter().any(|it| it == name) {
            return;
        }
        let near = self.suggestions.for_name(
            name,
            self.scope.variables.iter().map(String::as_str).take(20),
        );
        self.say(span, format!("there is no variable `{name}` here{near}"));
    }

    fn check_format(&mut self, name: &str, span: Range<usize>) {
        const FORMATS: [&str; 11] = [
            "@text", "@json", "@html", "@uri", "@urid", "@csv", "@tsv", "@sh", "@base64",
            "@base64d", "@base32",
        ];
        if FORMATS.contains(&name) || name == "@base32d" {
            return;
        }
        let near = self.suggestions.for_name(name, FORMATS);
        self.say(span, format!("there is no format `{name}`{near}"));
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
