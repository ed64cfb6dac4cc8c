//! Texts with variables, and the words of a shell.

/// Whether a text is only known later: Argo's, Tekton's, Kargo's and Helm's variables.
pub(crate) fn has_variable(text: &str) -> bool {
    text.contains("{{") || text.contains("$(") || text.contains("${") || text.contains("[[")
}

/// Whether `path` is the program `name`, with or without a directory.
pub(crate) fn is_word_of(path: &str, name: &str) -> bool {
    path == name
        || path
            .strip_suffix(name)
            .is_some_and(|before| before.ends_with('/'))
}

/// The words of a shell's text, roughly: split at white space, quotes taken off, comments left out; each with its first byte.
/// A line's end, `;`, `|`, `&` and parentheses are words of their own.
pub(crate) fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut skip_to_end = false;
    for (at, letter) in text.char_indices() {
        if skip_to_end {
            if letter != '\n' {
                continue;
            }
            skip_to_end = false;
        }
        match quote {
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if matches!(letter, '"' | '\'') => {
                quote = Some(letter);
                start = start.or(Some(at));
            }
            None if letter == '#' && start.is_none() => skip_to_end = true,
            None if letter.is_whitespace() || matches!(letter, ';' | '|' | '&' | '(' | ')') => {
                push(text, start.take(), at, &mut words);
                if !letter.is_whitespace() || letter == '\n' {
                    push(text, Some(at), at + letter.len_utf8(), &mut words);
                }
            }
            None => start = start.or(Some(at)),
        }
        // A line that goes on.
        if letter == '\n' && text.get(..at).is_some_and(|before| before.ends_with('\\')) {
            words.pop();
            if words.last().is_some_and(|(_, word)| *word == "\\") {
                words.pop();
            }
        }
    }
    push(text, start, text.len(), &mut words);
    words
}

fn push<'a>(text: &'a str, start: Option<usize>, end: usize, words: &mut Vec<(usize, &'a str)>) {
    let Some(start) = start else { return };
    let Some(mut word) = text.get(start..end) else {
        return;
    };
    let mut at = start;
    for quote in ['"', '\''] {
        let inside = word
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(inside) = inside {
            word = inside;
            at += 1;
            break;
        }
    }
    words.push((at, word));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_a_shell_cuts_them() {
        let of = |text| {
            words(text)
                .into_iter()
                .map(|(_, word)| word)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            of("curl -s 'a b' | sh # x\nls"),
            ["curl", "-s", "a b", "|", "sh", "\n", "ls"]
        );
        assert_eq!(of("a \\\n  b; c"), ["a", "b", ";", "c"]);
        assert_eq!(of("echo \"$(params.x)\""), ["echo", "$(params.x)"]);
        assert_eq!(of("x=$(ls)"), ["x=$", "(", "ls", ")"]);
    }
}
