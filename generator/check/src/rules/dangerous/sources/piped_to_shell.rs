use std::ops::Range;
use crate::rules::prelude::*;
use crate::surface::{Language, Program, is_word_of, words};

pub(crate) static RULE: Rule = Rule {
    id: "piped-to-shell",
    confidence: Confidence::High,
    title: "a program from the network that runs unseen",
    why: "What a server gives at this moment runs with all that the step has. Nobody has seen it, nothing says that it is \
          the same next time, and a broken download runs its first half.",
    fix: "Put the program into the image; or download it by version, compare its hash and run it then.",
    source: "SLSA v1.1; OpenSSF Scorecard, Pinned-Dependencies",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      ⟦curl -sSf https://get.example.com/install.sh | sh⟧
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      set -eu
      ⟦bash <(curl -s https://get.example.com/install.sh)⟧
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      curl -sSfo tool.tgz https://get.example.com/tool-1.2.3.tgz
      echo '0a1b  tool.tgz' | sha256sum -c
      curl -s https://api.example.com | jq .name
      sh build.sh
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

const LOADERS: &[&str] = &["curl", "wget"];
const SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "zsh", "python", "python3", "node", "perl", "ruby"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs() {
        if program.language != Language::Shell || !LOADERS.iter().any(|name| program.text.contains(name)) {
            continue;
        }
        let words = words(program.text);
        let is_one = |word: &str, names: &[&str]| names.iter().any(|name| is_word_of(word, name));
        let mut loaded = None;
        let mut command: Option<(usize, &str)> = None;
        for (at, (start, word)) in words.iter().enumerate() {
            let is_first = at == 0 || words.get(at - 1).is_some_and(|(_, before)| matches!(*before, "\n" | ";" | "|" | "&" | "(" | "sudo" | "then" | "do"));
            match *word {
                "\n" | ";" => (loaded, command) = (None, None),
                "&" => command = None,
                _ if is_first && is_one(word, LOADERS) => {
                    // `bash <(curl …)`, `sh -c "$(curl …)"`.
                    let begins = command.filter(|(_, command)| is_one(command, SHELLS));
                    if let Some((begin, _)) = begins.filter(|_| word_before(&words, at).is_some_and(|word| word.ends_with('<'))) {
                        let end = words.iter().skip(at).find(|(_, word)| *word == ")").map_or(start + word.len(), |(end, _)| end + 1);
                        push(program, begin..end, sink);
                    }
                    loaded = Some(*start);
                }
                _ if is_first && is_one(word, SHELLS) => {
                    let is_piped = words.get(..at).is_some_and(|before| before.iter().rev().any(|(_, word)| *word == "|"));
                    if let Some(begin) = loaded.filter(|_| is_piped) {
                        push(program, begin..start + word.len(), sink);
                        loaded = None;
                    }
                    command = Some((*start, word));
                }
                _ => {}
            }
        }
    }
}

/// The last word before the parenthesis before this one.
fn word_before<'a>(words: &[(usize, &'a str)], at: usize) -> Option<&'a str> {
    let (_, parenthesis) = words.get(at.checked_sub(1)?)?;
    let (_, word) = words.get(at.checked_sub(2)?)?;
    (*parenthesis == "(").then_some(*word)
}

fn push(program: &Program<'_>, bytes: Range<usize>, sink: &mut Sink<'_>) {
    let place = program.value.scalar().map(|scalar| scalar.place_of(bytes));
    sink.push(sink.finding("what this server gives at this moment is run unseen").at(place));
}
