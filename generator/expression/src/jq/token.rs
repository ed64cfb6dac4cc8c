//! Words of jq, after `lexer.go` of gojq v0.12.19. Texts are read by the parser, for queries stand in them.

use std::ops::Range;

use crate::problem::Problem;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    Name,
    Keyword,
    /// `$name`.
    Variable,
    /// `.name`.
    Field,
    /// `@name`.
    Format,
    Number,
    /// The quote that begins a text.
    Quote,
    Sign,
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) span: Range<usize>,
}

pub(super) const KEYWORDS: [&str; 21] = [
    "or", "and", "module", "import", "include", "def", "as", "label", "break", "null", "true",
    "false", "if", "then", "elif", "else", "end", "try", "catch", "reduce", "foreach",
];

const SIGNS: [&str; 34] = [
    "?//", "//=", "..", "|=", "+=", "-=", "*=", "/=", "%=", "//", "==", "!=", ">=", "<=", ".", "|",
    "+", "-", "*", "/", "%", "=", ">", "<", "?", ",", ":", ";", "(", ")", "[", "]", "{", "}",
];

fn is_first(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_'
}

fn is_word(letter: char) -> bool {
    is_first(letter) || letter.is_ascii_digit()
}

/// The word at `at` or behind white space and comments.
pub(super) fn next(text: &str, at: usize) -> Result<Word, Problem> {
    let start = space(text, at);
    let rest = text.get(start..).unwrap_or_default();
    let word = |token, length: usize| {
        Ok(Word {
            token,
            span: start..start + length,
        })
    };
    let name = |from: usize| from + length(rest.get(from..).unwrap_or_default(), is_word);
    let begins = |from: usize, wanted: fn(char) -> bool| {
        rest.get(from..).is_some_and(|it| it.starts_with(wanted))
    };
    let Some(first) = rest.chars().next() else {
        return word(Token::End, 0);
    };
    match first {
        letter if is_first(letter) => {
            let end = qualified(rest, name(0));
            let keyword = KEYWORDS.contains(&rest.get(..end).unwrap_or_default());
            word(if keyword { Token::Keyword } else { Token::Name }, end)
        }
        letter if letter.is_ascii_digit() => number(rest, start, word),
        '.' if begins(1, is_first) => word(Token::Field, name(1)),
        '.' if begins(1, |it| it.is_ascii_digit()) => number(rest, start, word),
        '$' if begins(1, is_first) => word(Token::Variable, qualified(rest, name(1))),
        '@' if begins(1, is_word) => word(Token::Format, name(1)),
        '"' => word(Token::Quote, 1),
        _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            Some(sign) => word(Token::Sign, sign.len()),
            None => {
                let hint = match first {
                    '\'' => ": texts stand in double quotes",
                    '!' => ": `not` negates, `!=` compares",
                    '&' => ": `and` joins two conditions",
                    _ => "",
                };
                let message = format!("`{first}` has no meaning in jq{hint}");
                Err(Problem::syntax(start..start + first.len_utf8(), message))
            }
        },
    }
}

fn length(rest: &str, wanted: fn(char) -> bool) -> usize {
    rest.find(|letter| !wanted(letter)).unwrap_or(rest.len())
}

/// `module::name`.
fn qualified(rest: &str, end: usize) -> usize {
    let behind = rest.get(end..).unwrap_or_default();
    match behind.strip_prefix("::") {
        Some(name) if name.starts_with(is_first) => end + 2 + length(name, is_word),
        _ => end,
    }
}

fn number(
    rest: &str,
    start: usize,
    word: impl Fn(Token, usize) -> Result<Word, Problem>,
) -> Result<Word, Problem> {
    let digits = |from: usize| {
        from + length(rest.get(from..).unwrap_or_default(), |it| {
            it.is_ascii_digit()
        })
    };
    let mut end = digits(0);
    if rest.get(end..).is_some_and(|it| it.starts_with('.')) {
        end = digits(end + 1);
    }
    let mut fine = true;
    if rest.get(end..).is_some_and(|it| it.starts_with(['e', 'E'])) {
        let sign = usize::from(
            rest.get(end + 1..)
                .is_some_and(|it| it.starts_with(['+', '-'])),
        );
        let exponent = end + 1 + sign;
        end = digits(exponent);
        fine = end > exponent;
    }
    let behind = rest.get(end..).and_then(|it| it.chars().next());
    // A second dot, or a letter, cannot follow directly.
    let exponent = rest.get(..end).is_some_and(|it| it.contains(['e', 'E']));
    if !fine || behind.is_some_and(|it| is_first(it) || (it == '.' && !exponent)) {
        end += behind
            .filter(|it| is_word(*it) || *it == '.')
            .map_or(0, char::len_utf8);
        let written = rest.get(..end).unwrap_or_default();
        return Err(Problem::syntax(
            start..start + end,
            format!("`{written}` is no number"),
        ));
    }
    word(Token::Number, end)
}

fn space(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += length(rest, |letter| matches!(letter, ' ' | '\t' | '\n' | '\r'));
        if !text.get(at..).is_some_and(|rest| rest.starts_with('#')) {
            return at;
        }
        at += comment(text.get(at..).unwrap_or_default());
    }
}

/// The length of a comment; a backslash carries it over the end of a line.
fn comment(rest: &str) -> usize {
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\n' | '\r' => return at,
            '\\' => {
                if let Some((_, next)) = letters.next_if(|(_, it)| matches!(it, '\\' | '\n' | '\r'))
                    && next == '\r'
                {
                    letters.next_if(|(_, it)| *it == '\n');
                }
            }
            _ => {}
        }
    }
    rest.len()
}
