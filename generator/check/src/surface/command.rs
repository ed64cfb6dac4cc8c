//! The commands of a shell's text, as far as they can be told apart without running it.

use super::{is_word_of, words};

/// A command: its words with their first bytes, what is put in by `$(…)` left out.
#[derive(Debug, Default)]
pub(crate) struct Command<'a> {
    pub(crate) words: Vec<(usize, &'a str)>,
    /// The place in the list of the command that reads what this one writes.
    pub(crate) reader: Option<usize>,
}

/// Words that stand before the program.
const BEFORE: &[&str] = &[
    "if", "then", "else", "elif", "while", "until", "do", "!", "{", "time", "exec", "sudo", "env",
    "eval",
];

impl<'a> Command<'a> {
    /// The words from the program on.
    pub(crate) fn call(&self) -> &[(usize, &'a str)] {
        let at = self.words.iter().position(|(_, word)| {
            let is_assignment = word.split_once('=').is_some_and(|(name, _)| is_name(name));
            !BEFORE.contains(word) && !is_assignment
        });
        at.and_then(|at| self.words.get(at..)).unwrap_or_default()
    }

    /// The words behind the program, if it is that one.
    pub(crate) fn arguments_of(&self, program: &str) -> Option<&[(usize, &'a str)]> {
        let (first, rest) = self.call().split_first()?;
        is_word_of(first.1, program).then_some(rest)
    }
}

/// Whether a text can be the name of a variable of a shell.
pub(crate) fn is_name(text: &str) -> bool {
    !text.starts_with(|letter: char| letter.is_ascii_digit())
        && !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The commands of a text, those inside `$(…)` too, in the order in which they end.
pub(crate) fn commands(text: &str) -> Vec<Command<'_>> {
    let mut done: Vec<Command<'_>> = Vec::new();
    let mut open = vec![Command::default()];
    // The commands, one for each open parenthesis, that wait for who reads them.
    let mut writers: Vec<Option<usize>> = vec![None];
    let mut last_end = 0;
    let mut last = "";
    let all = words(text);
    let mut words = all.iter().copied().peekable();
    while let Some((at, word)) = words.next() {
        let touches = at == last_end && at > 0;
        let is_redirect = word == "&"
            && (touches && last.ends_with(['>', '<'])
                || words
                    .peek()
                    .is_some_and(|(next, it)| *next == at + 1 && it.starts_with('>')));
        match word {
            "(" => {
                open.push(Command::default());
                writers.push(None);
            }
            ")" => {
                end(&mut open, &mut writers, &mut done, false);
                if open.len() > 1 {
                    open.pop();
                    writers.pop();
                }
            }
            _ if is_redirect => {}
            "|" | "&" | ";" | "\n" => {
                let is_or = touches && last == "|";
                end(&mut open, &mut writers, &mut done, word == "|" && !is_or);
            }
            // What stands right behind `$(…)` or `>&` is a part of the word before.
            _ if touches && matches!(last, ")" | "&") => {}
            _ => {
                if let Some(command) = open.last_mut() {
                    command.words.push((at, word));
                }
            }
        }
        last = word;
        last_end = at + word.len();
    }
    while !open.is_empty() {
        end(&mut open, &mut writers, &mut done, false);
        open.pop();
        writers.pop();
    }
    done
}

/// Ends the innermost command; the one before reads from nobody else any more.
fn end<'a>(
    open: &mut [Command<'a>],
    writers: &mut [Option<usize>],
    done: &mut Vec<Command<'a>>,
    is_pipe: bool,
) {
    let (Some(command), Some(writer)) = (open.last_mut(), writers.last_mut()) else {
        return;
    };
    if command.words.is_empty() {
        // `||` is no pipe after all.
        *writer = None;
        return;
    }
    let position = done.len();
    if let Some(writer) = writer.take().and_then(|writer| done.get_mut(writer)) {
        writer.reader = Some(position);
    }
    done.push(std::mem::take(command));
    *writer = is_pipe.then_some(position);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let words = |command: &Command<'_>| -> Vec<String> {
            let words = command.call().iter();
            words.map(|(_, word)| (*word).to_owned()).collect()
        };
        let commands = commands(text);
        commands.iter().map(|it| words(it).join(" ")).collect()
    }

    #[test]
    fn commands_end_where_a_shell_ends_them() {
        assert_eq!(of("a b; c && d\ne"), ["a b", "c", "d", "e"]);
        assert_eq!(of("X=1 a $(b c)-d -e \\\n f"), ["b c", "a $ -e f"]);
        assert_eq!(of("a 2>&1 | tee x"), ["a 2>", "tee x"]);
        assert_eq!(
            of("if command -v a; then D=$(a | b); fi"),
            ["command -v a", "a", "b", "", "fi"]
        );
    }

    #[test]
    fn a_pipe_says_who_reads() {
        let readers = |text| -> Vec<Option<usize>> {
            let commands = commands(text);
            commands.iter().map(|command| command.reader).collect()
        };
        assert_eq!(readers("a | b"), [Some(1), None]);
        assert_eq!(readers("a || b"), [None, None]);
        assert_eq!(readers("a $(c) | b\nd"), [None, Some(2), None, None]);
    }
}
