//! The programs that stand in containers as text.

use luban_yaml::Value;

use super::{Container, is_word_of};

/// The language of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Shell,
    Python,
    JavaScript,
    Other,
}

impl Language {
    /// What a program in it is called in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Shell => "shell",
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
            Self::Other => "program",
        }
    }
}

/// A program as text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Program<'a> {
    pub(crate) value: Value<'a>,
    pub(crate) text: &'a str,
    pub(crate) language: Language,
    pub(crate) container: Container<'a>,
}

/// Interpreters, and the letter or words of the option behind which a program stands.
const INTERPRETERS: &[(&str, Language, &[&str])] = &[
    ("sh", Language::Shell, &["c"]),
    ("bash", Language::Shell, &["c"]),
    ("ash", Language::Shell, &["c"]),
    ("dash", Language::Shell, &["c"]),
    ("zsh", Language::Shell, &["c"]),
    ("ksh", Language::Shell, &["c"]),
    ("python", Language::Python, &["c"]),
    ("python2", Language::Python, &["c"]),
    ("python3", Language::Python, &["c"]),
    (
        "node",
        Language::JavaScript,
        &["e", "p", "--eval", "--print"],
    ),
    ("perl", Language::Other, &["e", "E"]),
    ("ruby", Language::Other, &["e"]),
    ("php", Language::Other, &["r"]),
    ("pwsh", Language::Other, &["-c", "-Command", "-command"]),
    (
        "powershell",
        Language::Other,
        &["-c", "-Command", "-command"],
    ),
    ("cmd", Language::Other, &["/c", "/C"]),
];

/// The programs of a container: its script, its source, or what stands behind `sh -c`.
pub(crate) fn programs<'a>(container: Container<'a>) -> Vec<Program<'a>> {
    let value = container.value;
    for key in ["script", "source"] {
        let source = value
            .get(key)
            .and_then(|source| Some((source, source.text()?)));
        if let Some((source, text)) = source {
            return vec![Program {
                value: source,
                text,
                language: language_of(container, text),
                container,
            }];
        }
    }
    let words = container.words();
    let texts: Vec<&str> = words
        .iter()
        .map(|word| word.text().unwrap_or_default())
        .collect();
    let Some((at, language)) = behind_option(&texts) else {
        return Vec::new();
    };
    let program = words
        .get(at)
        .and_then(|value| Some((*value, value.text()?)));
    let program = program.map(|(value, text)| Program {
        value,
        text,
        language,
        container,
    });
    program.into_iter().collect()
}

/// Which word is a program, and in which language.
pub(crate) fn behind_option(words: &[&str]) -> Option<(usize, Language)> {
    for (at, word) in words.iter().enumerate() {
        let mut known = INTERPRETERS.iter();
        let Some((_, language, options)) = known.find(|(name, ..)| is_word_of(word, name)) else {
            continue;
        };
        for (further, option) in words.iter().enumerate().skip(at + 1) {
            let is_program = options.iter().any(|name| is_option(option, name));
            if is_program {
                return Some((further + 1, *language)).filter(|(at, _)| *at < words.len());
            }
            if !option.starts_with(['-', '+']) && !matches!(*option, "pipefail" | "errexit") {
                break;
            }
        }
    }
    None
}

/// Whether a word is the option `name`: a letter may stand among others, as in `-exc`.
fn is_option(word: &str, name: &str) -> bool {
    match word.strip_prefix('-') {
        Some(letters) if name.len() == 1 => {
            !letters.starts_with('-') && letters.len() <= 6 && letters.contains(name)
        }
        _ => word == name,
    }
}

/// The language of a script by its first line, or by the command that it is given to.
fn language_of(container: Container<'_>, text: &str) -> Language {
    let first = text.lines().next().unwrap_or_default();
    let of_line = first.strip_prefix("#!").map(|line| {
        let mut words = line.split_whitespace();
        let program = words.next().unwrap_or_default();
        if is_word_of(program, "env") {
            words
                .find(|word| !word.starts_with('-'))
                .unwrap_or_default()
        } else {
            program
        }
    });
    let command = container.field("command");
    let of_command = command.and_then(|command| command.items().next()?.text());
    let is_tekton = container.value.get("script").is_some();
    let name = of_line.or_else(|| of_command.filter(|_| !is_tekton));
    let Some(name) = name else {
        // Tekton puts a shell's line before a script without one; an image decides for Argo Workflows.
        return Language::Shell;
    };
    let mut known = INTERPRETERS.iter();
    let found = known.find(|(known, ..)| {
        is_word_of(name, known)
            || name
                .rsplit('/')
                .next()
                .is_some_and(|name| name.starts_with(known) && known.len() > 2)
    });
    found.map_or(Language::Other, |(_, language, _)| *language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_stands_behind_the_option_of_its_interpreter() {
        let of = |words: &[&str]| behind_option(words).map(|(at, language)| (at, language.name()));
        assert_eq!(of(&["sh", "-c", "x"]), Some((2, "shell")));
        assert_eq!(
            of(&["/bin/bash", "-euo", "pipefail", "-c", "x"]),
            Some((4, "shell"))
        );
        assert_eq!(of(&["timeout", "9", "sh", "-xec", "x"]), Some((4, "shell")));
        assert_eq!(of(&["python3", "-u", "-c", "x"]), Some((3, "Python")));
        assert_eq!(of(&["node", "--eval", "x"]), Some((2, "JavaScript")));
        assert_eq!(of(&["sh", "build.sh", "-c", "x"]), None);
        assert_eq!(of(&["git", "-c", "x"]), None);
        assert_eq!(of(&["sh", "-c"]), None);
    }
}
