//! Patterns of names as Argo CD matches them: gobwas/glob for sources and destinations, Go's `path.Match` for kinds.

/// A part of a pattern.
enum Token {
    One(char),
    /// Any one that is no separator.
    Any,
    /// Any number that are no separators.
    Star,
    /// Any number.
    DoubleStar,
    Class(bool, Vec<(char, char)>),
    Choice(Vec<Vec<Token>>),
}

/// Whether gobwas/glob matches the whole of `text`; with `/` as separator if asked. What it cannot read matches nothing.
pub(crate) fn glob(pattern: &str, text: &str, has_separator: bool) -> bool {
    if !pattern.contains(['*', '?', '[', ']', '{', '}', '\\']) {
        return pattern == text;
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let Some(tokens) = tokens(&pattern, true) else {
        return false;
    };
    matches(&tokens, text, has_separator)
}

/// Whether Go's `path.Match` matches the whole of `text`. What it cannot read matches nothing.
pub(crate) fn path_match(pattern: &str, text: &str) -> bool {
    if !pattern.contains(['*', '?', '[', '\\']) {
        return pattern == text;
    }
    let pattern: Vec<char> = pattern.chars().collect();
    let Some(tokens) = tokens(&pattern, false) else {
        return false;
    };
    matches(&tokens, text, true)
}

fn tokens(pattern: &[char], is_gobwas: bool) -> Option<Vec<Token>> {
    // Choices that are open: what stood before each, and the alternatives so far.
    let mut open: Vec<(Vec<Token>, Vec<Vec<Token>>)> = Vec::new();
    let mut here: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(letter) = pattern.get(at) {
        at += 1;
        match letter {
            '\\' => {
                here.push(Token::One(*pattern.get(at)?));
                at += 1;
            }
            '*' if is_gobwas && pattern.get(at) == Some(&'*') => {
                while pattern.get(at) == Some(&'*') {
                    at += 1;
                }
                here.push(Token::DoubleStar);
            }
            '*' => here.push(Token::Star),
            '?' => here.push(Token::Any),
            '[' => {
                let negation = if is_gobwas { '!' } else { '^' };
                let is_negated = pattern.get(at) == Some(&negation);
                at += usize::from(is_negated);
                let mut ranges = Vec::new();
                loop {
                    let mut low = *pattern.get(at)?;
                    at += 1;
                    match low {
                        ']' if !ranges.is_empty() => break,
                        '\\' => {
                            low = *pattern.get(at)?;
                            at += 1;
                        }
                        _ => {}
                    }
                    let is_range = pattern.get(at) == Some(&'-')
                        && pattern.get(at + 1).is_some_and(|next| *next != ']');
                    if is_range {
                        ranges.push((low, *pattern.get(at + 1)?));
                        at += 2;
                    } else {
                        ranges.push((low, low));
                    }
                }
                here.push(Token::Class(is_negated, ranges));
            }
            '{' if is_gobwas => open.push((std::mem::take(&mut here), Vec::new())),
            ',' if is_gobwas && !open.is_empty() => {
                let alternative = std::mem::take(&mut here);
                open.last_mut()?.1.push(alternative);
            }
            '}' if is_gobwas => {
                let (before, mut alternatives) = open.pop()?;
                alternatives.push(std::mem::replace(&mut here, before));
                here.push(Token::Choice(alternatives));
            }
            letter => here.push(Token::One(*letter)),
        }
    }
    open.is_empty().then_some(here)
}

fn matches(tokens: &[Token], text: &str, has_separator: bool) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut at = vec![false; text.len() + 1];
    if let Some(first) = at.first_mut() {
        *first = true;
    }
    let at = follow(tokens, at, &text, has_separator);
    at.last() == Some(&true)
}

/// Where one may be after the tokens, from where one may be before them.
fn follow(tokens: &[Token], mut at: Vec<bool>, text: &[char], has_separator: bool) -> Vec<bool> {
    let is_inside = |letter: &char| !(has_separator && *letter == '/');
    for token in tokens {
        at = match token {
            Token::One(wanted) => one(&at, text, |letter| letter == wanted),
            Token::Any => one(&at, text, is_inside),
            Token::Class(is_negated, ranges) => one(&at, text, |letter| {
                ranges
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(letter))
                    != *is_negated
            }),
            Token::Star => any(at, text, is_inside),
            Token::DoubleStar => any(at, text, |_| true),
            Token::Choice(alternatives) => {
                let mut union = vec![false; at.len()];
                for alternative in alternatives {
                    let after = follow(alternative, at.clone(), text, has_separator);
                    union
                        .iter_mut()
                        .zip(after)
                        .for_each(|(here, after)| *here |= after);
                }
                union
            }
        };
    }
    at
}

fn one(at: &[bool], text: &[char], is: impl Fn(&char) -> bool) -> Vec<bool> {
    let mut after = vec![false];
    after.extend(
        at.iter()
            .zip(text)
            .map(|(here, letter)| *here && is(letter)),
    );
    after
}

fn any(mut at: Vec<bool>, text: &[char], is: impl Fn(&char) -> bool) -> Vec<bool> {
    let mut reached = false;
    for (position, here) in at.iter_mut().enumerate() {
        let passes = position
            .checked_sub(1)
            .and_then(|before| text.get(before))
            .is_some_and(&is);
        reached = *here || reached && passes;
        *here = reached;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{glob, path_match};

    #[test]
    fn sources_and_destinations_are_matched_as_gobwas_does() {
        for (pattern, text, has_separator, expected) in [
            (
                "https://git.example.com/acme/*",
                "https://git.example.com/acme/gitops",
                true,
                true,
            ),
            (
                "https://git.example.com/*",
                "https://git.example.com/acme/gitops",
                true,
                false,
            ),
            (
                "https://git.example.com/**",
                "https://git.example.com/acme/gitops",
                true,
                true,
            ),
            (
                "https://*/acme/gitops",
                "https://git.example.com/acme/gitops",
                true,
                true,
            ),
            ("shop-*", "shop-prd", false, true),
            ("shop-*", "shop-a/b", false, true),
            ("{a,b*}-x", "bc-x", false, true),
            ("{a,b}-x", "c-x", false, false),
            ("[a-c]?", "bx", false, true),
            ("[!a-c]?", "bx", false, false),
            ("a\\*", "a*", false, true),
            ("[a", "a", false, false),
            (
                "*a*a*a*a*a*a*a*b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                false,
                false,
            ),
        ] {
            assert_eq!(
                glob(pattern, text, has_separator),
                expected,
                "{pattern} {text}"
            );
        }
    }

    #[test]
    fn kinds_are_matched_as_paths_are() {
        for (pattern, text, expected) in [
            ("*", "Deployment", true),
            ("", "", true),
            ("*", "", true),
            ("*.example.com", "a.example.com", true),
            ("{a,b}", "a", false),
            ("[^a]b", "cb", true),
            ("a*", "a/b", false),
        ] {
            assert_eq!(path_match(pattern, text), expected, "{pattern} {text}");
        }
    }
}
