//! Regular expressions of Go (`regexp/syntax` of Go 1.26, Perl flags): values of Argo Events' string filters, `=~` of
//! govaluate, `matches` of expr-lang and CEL, sprig's `regex…` functions.
//!
//! Only whether a pattern is one; upstream's limit on the size of the compiled program is not computed, and names of Unicode
//! classes are not looked up beyond their form.

mod classes;

use std::ops::Range;

use crate::problem::Problem;

/// Repetitions in repetitions may not multiply to more.
const MOST_REPEATED: u32 = 1000;
const DEEPEST: usize = 1000;

/// Checks a pattern.
///
/// # Errors
///
/// The first place at which Go's parser stops.
pub fn check(pattern: &str) -> Result<(), Problem> {
    let mut parser = Parser {
        text: pattern,
        at: 0,
        groups: vec![Group::default()],
    };
    parser.run()
}

/// What is known of a parenthesis that is open; the first is the pattern itself.
#[derive(Default)]
struct Group {
    start: usize,
    /// Whether a repetition has something to repeat here.
    operand: bool,
    /// How often the last operand is repeated within itself at most.
    last: u32,
    /// How often any operand so far is.
    most: u32,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    groups: Vec<Group>,
}

fn fail<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, Problem> {
    Err(Problem::syntax(span, message))
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn eat(&mut self, prefix: &str) -> bool {
        let found = self.rest().starts_with(prefix);
        if found {
            self.at += prefix.len();
        }
        found
    }

    fn operand(&mut self, repeated: u32) {
        if let Some(group) = self.groups.last_mut() {
            group.operand = true;
            group.last = repeated;
            group.most = group.most.max(repeated);
        }
    }

    fn run(&mut self) -> Result<(), Problem> {
        let mut after_repeat = false;
        while let Some(letter) = self.peek() {
            let start = self.at;
            let mut repeat = false;
            match letter {
                '(' => self.open()?,
                ')' => self.close()?,
                '|' => {
                    self.at += 1;
                    if let Some(group) = self.groups.last_mut() {
                        group.operand = false;
                    }
                }
                '[' => {
                    self.class()?;
                    self.operand(1);
                }
                '*' | '+' | '?' => {
                    self.at += 1;
                    self.repeat(start, None, after_repeat)?;
                    repeat = true;
                }
                '{' => match self.counts() {
                    Some(counts) => {
                        self.repeat(start, Some(counts), after_repeat)?;
                        repeat = true;
                    }
                    None => {
                        self.at = start + 1;
                        self.operand(1);
                    }
                },
                '\\' => self.escape_outside()?,
                _ => {
                    self.next();
                    self.operand(1);
                }
            }
            after_repeat = repeat;
        }
        match self.groups.get(1) {
            Some(group) => fail(
                group.start..group.start + 1,
                "the parenthesis is never closed: end it with `)`, or write `\\(`",
            ),
            None => Ok(()),
        }
    }

    fn open(&mut self) -> Result<(), Problem> {
        let start = self.at;
        if self.groups.len() > DEEPEST {
            return fail(start..start + 1, "parentheses are nested too deep");
        }
        self.at += 1;
        if self.rest().starts_with('?') && !self.perl_group(start)? {
            return Ok(());
        }
        self.groups.push(Group {
            start,
            ..Group::default()
        });
        Ok(())
    }

    /// What stands behind `(?`; says whether a group begins.
    fn perl_group(&mut self, start: usize) -> Result<bool, Problem> {
        self.at += 1;
        if self.eat("P<") || self.eat("<") {
            let rest = self.rest();
            let word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            let length = rest.find(|letter| !word(letter)).unwrap_or(rest.len());
            let Some(name) = rest.get(..length).filter(|name| {
                !name.is_empty() && rest.get(length..).is_some_and(|it| it.starts_with('>'))
            }) else {
                let message = if rest.starts_with(['=', '!']) {
                    "Go has no look-behind"
                } else {
                    "the name of a group is letters, digits and `_` up to `>`"
                };
                return fail(start..self.at, message);
            };
            self.at += name.len() + 1;
            return Ok(true);
        }
        let mut flags = false;
        let mut negative = false;
        loop {
            match self.next() {
                Some('i' | 'm' | 's' | 'U') => flags = true,
                Some('-') if !negative => {
                    negative = true;
                    flags = false;
                }
                Some(end @ (':' | ')')) if !negative || flags => return Ok(end == ':'),
                letter => {
                    let message = match letter {
                        Some('=' | '!') => "Go has no look-ahead",
                        _ => {
                            "`(?` must be followed by flags (`i`, `m`, `s`, `U`), `:` or `P<name>`"
                        }
                    };
                    return fail(start..self.at, message);
                }
            }
        }
    }

    fn close(&mut self) -> Result<(), Problem> {
        if self.groups.len() < 2 {
            return fail(
                self.at..self.at + 1,
                "no parenthesis is open here: write `\\)` for the sign itself",
            );
        }
        self.at += 1;
        let most = self.groups.pop().map_or(1, |group| group.most.max(1));
        self.operand(most);
        Ok(())
    }

    /// `{2}`, `{2,}`, `{2,3}`; none if it is none of these, and the brace is itself.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let inside = self.rest().strip_prefix('{')?;
        let end = inside.find(|it: char| it != ',' && !it.is_ascii_digit())?;
        let (inside, behind) = inside.split_at_checked(end)?;
        behind.strip_prefix('}')?;
        let number = |digits: &str| {
            let plain = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
            let padded = digits.len() > 1 && digits.starts_with('0');
            (plain && !padded).then(|| digits.parse().unwrap_or(u32::MAX))
        };
        let counts = match inside.split_once(',') {
            None => {
                let times = number(inside)?;
                (times, Some(times))
            }
            Some((least, "")) => (number(least)?, None),
            Some((least, most)) => (number(least)?, Some(number(most)?)),
        };
        self.at += inside.len() + 2;
        Some(counts)
    }

    fn repeat(
        &mut self,
        start: usize,
        counts: Option<(u32, Option<u32>)>,
        after_repeat: bool,
    ) -> Result<(), Problem> {
        let span = start..self.at;
        let written = self.text.get(span.clone()).unwrap_or_default().to_owned();
        if let Some((least, most)) = counts {
            let largest = most.unwrap_or(least).max(least);
            if largest > MOST_REPEATED || most.is_some_and(|most| least > most) {
                let message = format!(
                    "`{written}` repeats at most {MOST_REPEATED} times, the smaller number first"
                );
                return fail(span, message);
            }
        }
        let operand = self.groups.last().map(|group| (group.operand, group.last));
        let Some((true, inner)) = operand else {
            let message = format!("nothing stands before `{written}` that it could repeat");
            return fail(span, message);
        };
        self.eat("?");
        if after_repeat {
            let message =
                format!("`{written}` cannot repeat a repetition: put that in parentheses");
            return fail(span, message);
        }
        let inner = inner.max(1);
        let times = match counts {
            // Nothing inside counts if it is repeated no times.
            Some((_, Some(0))) => 0,
            Some((least, most)) => inner.saturating_mul(most.unwrap_or(least).max(1)),
            None => inner,
        };
        if times > MOST_REPEATED {
            let message = format!("repetitions in repetitions come to more than {MOST_REPEATED}");
            return fail(span, message);
        }
        self.operand(times);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_go_has_not_is_said_at_its_place() {
        for (pattern, wrong) in [
            ("a(b", "("),
            ("a)b", ")"),
            ("[a-", "["),
            ("[z-a]", "z-a"),
            ("*a", "*"),
            ("a**", "*"),
            ("a{1001}", "{1001}"),
            ("(?=a)", "(?="),
            ("(a)\\1", "\\1"),
            ("a\\Z", "\\Z"),
            ("[[:alhpa:]]", "[:alhpa:]"),
            ("(a{100}){11}", "{11}"),
            ("refs/heads/\\", "\\"),
        ] {
            let problem = check(pattern).unwrap_err();
            assert_eq!(
                &pattern[problem.span.clone()],
                wrong,
                "{pattern}: {problem:?}"
            );
        }
    }
}
