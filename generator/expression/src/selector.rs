//! Selectors by label: `app=x,tier in (a, b),!old`, as `labels.Parse` of apimachinery v0.36 reads them.

use std::ops::Range;

use crate::problem::Problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Word,
    In,
    NotIn,
    Sign,
    End,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    token: Token,
    span: Range<usize>,
}

const SIGNS: &str = "=!(),><";

/// Checks a selector.
///
/// # Errors
///
/// Where Kubernetes stops, and lists without values, which it takes.
pub fn check(text: &str) -> Result<(), Problem> {
    let mut parser = Parser {
        text,
        at: 0,
        token: Token::End,
        span: 0..0,
    };
    parser.advance()?;
    if parser.token == Token::End {
        return Ok(());
    }
    loop {
        parser.requirement()?;
        if parser.token == Token::End {
            return Ok(());
        }
        parser.expect(",", "`,` or the end belongs here")?;
        if !parser.is_word() && parser.word() != "!" {
            return parser.fail("a label belongs behind the comma");
        }
    }
}

/// Checks the key of a label: a name, with the domain of its owner before.
///
/// # Errors
///
/// What no key has.
pub fn check_key(key: &str) -> Result<(), Problem> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    let start = key.len() - name.len();
    if let Some(prefix) = prefix {
        let label = |part: &str| {
            let inner = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
            part.starts_with(inner)
                && part.ends_with(inner)
                && part.chars().all(|it| inner(it) || it == '-')
        };
        if prefix.len() > 253 || !prefix.split('.').all(label) {
            let message =
                format!("`{prefix}` is no domain: small letters, digits, `-` and `.` are allowed");
            return Err(Problem::syntax(0..prefix.len().max(1), message));
        }
    }
    if name.is_empty() && start > 0 {
        return Err(Problem::syntax(
            start - 1..start,
            "a name belongs behind `/`",
        ));
    }
    if !is_name(name) {
        let message = format!(
            "`{name}` is no name of a label: letters and digits, `-`, `_` and `.` between them, at most 63"
        );
        return Err(Problem::syntax(start..key.len(), message));
    }
    Ok(())
}

/// Checks the value of a label.
///
/// # Errors
///
/// What no value has.
pub fn check_value(value: &str) -> Result<(), Problem> {
    if value.is_empty() || is_name(value) {
        return Ok(());
    }
    let message = format!(
        "`{value}` is no value of a label: letters and digits, `-`, `_` and `.` between them, at most 63"
    );
    Err(Problem::syntax(0..value.len(), message))
}

fn is_name(name: &str) -> bool {
    let outer = |it: char| it.is_ascii_alphanumeric();
    name.len() <= 63
        && name.starts_with(outer)
        && name.ends_with(outer)
        && name
            .chars()
            .all(|it| outer(it) || matches!(it, '-' | '_' | '.'))
}

impl<'a> Parser<'a> {
    fn word(&self) -> &'a str {
        self.text.get(self.span.clone()).unwrap_or_default()
    }

    /// Where a value belongs, `in` is a word like any.
    fn is_word(&self) -> bool {
        matches!(self.token, Token::Word | Token::In | Token::NotIn)
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, Problem> {
        Err(Problem::syntax(self.span.clone(), message))
    }

    fn expect(&mut self, sign: &str, message: &str) -> Result<(), Problem> {
        if self.token == Token::Sign && self.word() == sign {
            return self.advance();
        }
        self.fail(message)
    }

    fn advance(&mut self) -> Result<(), Problem> {
        let space = |it: char| matches!(it, ' ' | '\t' | '\r' | '\n');
        let rest = self.text.get(self.at..).unwrap_or_default();
        let start = self.at + (rest.len() - rest.trim_start_matches(space).len());
        let rest = self.text.get(start..).unwrap_or_default();
        let (token, length) = if rest.is_empty() {
            (Token::End, 0)
        } else if rest.starts_with(|it| SIGNS.contains(it)) {
            let length = if rest.starts_with("==") || rest.starts_with("!=") {
                2
            } else {
                1
            };
            (Token::Sign, length)
        } else {
            let length = rest
                .find(|it| SIGNS.contains(it) || space(it))
                .unwrap_or(rest.len());
            let token = match rest.get(..length) {
                Some("in") => Token::In,
                Some("notin") => Token::NotIn,
                _ => Token::Word,
            };
            (token, length)
        };
        (self.token, self.span, self.at) = (token, start..start + length, start + length);
        Ok(())
    }

    fn requirement(&mut self) -> Result<(), Problem> {
        let absent = self.token == Token::Sign && self.word() == "!";
        if absent {
            self.advance()?;
        }
        if !self.is_word() {
            return self.fail("the key of a label belongs here");
        }
        let key = self.span.clone();
        check_key(self.word()).map_err(|problem| problem.shifted(key.start))?;
        self.advance()?;
        if absent || self.token == Token::End || self.word() == "," {
            return Ok(());
        }
        match (self.token, self.word()) {
            (Token::In | Token::NotIn, _) => self.list(),
            (Token::Sign, sign @ ("=" | "==" | "!=" | "<" | ">")) => self.value(sign),
            _ => self.fail("an operator belongs here: `=`, `!=`, `in`, `notin`, `<`, `>`"),
        }
    }

    fn value(&mut self, sign: &str) -> Result<(), Problem> {
        self.advance()?;
        let number = matches!(sign, "<" | ">");
        let word = if self.is_word() {
            let word = self.word();
            let start = self.span.start;
            check_value(word).map_err(|problem| problem.shifted(start))?;
            word
        } else if self.token == Token::End || self.word() == "," {
            ""
        } else {
            return self.fail("a value belongs here");
        };
        if number && word.parse::<i64>().is_err() {
            return self.fail(format!("`{sign}` compares with a whole number"));
        }
        if self.is_word() {
            self.advance()?;
        }
        Ok(())
    }

    fn list(&mut self) -> Result<(), Problem> {
        self.advance()?;
        let open = self.span.clone();
        self.expect("(", "values belong here in parentheses: `in (a, b)`")?;
        if self.word() == ")" {
            let message = "no value stands in the parentheses: this asks for the empty one";
            return Err(Problem::never(open.start..self.span.end, message));
        }
        loop {
            if self.is_word() {
                let start = self.span.start;
                check_value(self.word()).map_err(|problem| problem.shifted(start))?;
                self.advance()?;
            }
            // Values between commas may be empty.
            match (self.token, self.word()) {
                (Token::Sign, ")") => return self.advance(),
                (Token::Sign, ",") => self.advance()?,
                _ => return self.fail("`,` or `)` belongs here"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_no_selector_has_is_said_at_the_word() {
        for (text, wrong) in [
            ("app=x y", "y"),
            ("app in a", "a"),
            ("app in ()", "()"),
            ("app=x,", ""),
            ("app=a/b", "a/b"),
            ("App Name=x", "Name"),
            ("-a=x", "-a"),
            ("a>b", "b"),
            ("a in (b", ""),
            ("UP/x=1", "UP"),
        ] {
            let problem = check(text).unwrap_err();
            assert_eq!(&text[problem.span.clone()], wrong, "{text}: {problem:?}");
        }
        assert!(check("app=x,tier in (a, b),!old,n>3, x notin (,)").is_ok());
    }
}
