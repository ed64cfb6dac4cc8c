use crate::rules::prelude::*;
use crate::surface::{Language, is_word_of, words};

pub(crate) static RULE: Rule = Rule {
    id: "lost-exit-status",
    title: "a failure that a pipe hides",
    why: "Of a pipeline the shell looks at the last command alone: `build | tee log` succeeds whenever `tee` does, so a \
          failed build goes on as if it were done.",
    fix: "Write `set -o pipefail` (not all of `sh` have it), or do without the pipe.",
    source: "POSIX.1-2024 Shell Command Language 2.9.2; bash manual, Pipelines",
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
      #!/bin/sh
      set -eu
      ⟦make image 2>&1⟧ | tee /tmp/log
      echo done
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
      set -e
      ⟦buildctl build⟧ \\
        --opt filename=$(basename \"$PLAN\") \\
        --output type=oci | tee /tmp/image.tar
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
      #!/bin/bash
      set -euo pipefail
      make image | tee /tmp/log
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
      #!/bin/sh
      set -e
      echo hello | tee /tmp/log
      make > /tmp/log
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs() {
        let text = program.text;
        let asks = text.lines().take(12).any(|line| line.trim_start().starts_with("set -") && line.contains('e')) || text.starts_with("#!/bin/sh -e") || text.starts_with("#!/bin/bash -e");
        if program.language != Language::Shell || !text.contains("tee") || text.contains("pipefail") || text.contains("PIPESTATUS") || !asks {
            continue;
        }
        let words = words(text);
        for (at, (pipe, _)) in words.iter().enumerate().filter(|(_, (_, word))| *word == "|") {
            let is_tee = words.get(at + 1).is_some_and(|(_, word)| is_word_of(word, "tee"));
            let before = words.get(..at).unwrap_or_default();
            let Some((start, command)) = first_word(before) else {
                continue;
            };
            // What cannot fail, or is asked for its answer.
            let is_harmless = matches!(*command, "echo" | "printf" | "cat" | "if" | "while" | "!" | "date" | "sort" | "tee" | "jq" | "sed");
            if is_tee && !is_harmless && !command.contains("=$") {
                let whole = text.get(*start..*pipe).unwrap_or_default().trim_end();
                // The first line says what it is.
                let first = whole.lines().next().unwrap_or_default().trim_end_matches('\\').trim_end();
                let place = program.value.scalar().map(|scalar| scalar.place_of(*start..start + first.len()));
                let message = format!("a failure of `{command}` is lost: only `tee` behind the pipe is looked at");
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}

/// The first word of the command that ends here; what it takes from `$(…)` is a part of it.
fn first_word<'w, 'a>(before: &'w [(usize, &'a str)]) -> Option<&'w (usize, &'a str)> {
    let mut depth = 0_usize;
    let mut first = None;
    for (at, word) in before.iter().enumerate().rev() {
        // `2>&1` joins outputs and ends nothing.
        let is_joined = word.1 == "&"
            && at
                .checked_sub(1)
                .and_then(|at| before.get(at))
                .is_some_and(|(start, text)| text.ends_with('>') && start + text.len() == word.0);
        match word.1 {
            _ if is_joined => {}
            ")" => depth += 1,
            "(" if depth > 0 => depth -= 1,
            "(" | "\n" | ";" | "&" | "|" if depth == 0 => break,
            _ => {}
        }
        first = Some(word);
    }
    first
}
