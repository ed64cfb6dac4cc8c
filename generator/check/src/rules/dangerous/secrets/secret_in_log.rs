use std::ops::Range;
use crate::rules::prelude::*;
use crate::surface::{Container, Language, words};

pub(crate) static RULE: Rule = Rule {
    id: "secret-in-log",
    title: "a secret in the log of a step",
    why: "Logs are kept, sent on and read by many: `set -x` shows every command with its values, `env` every variable, \
          `echo` what it is given.",
    fix: "Leave it out: `set +x` around what uses the secret, and no `echo`, `env` or `printenv` beside it.",
    source: "argo-workflows v4.1 docs/walk-through/secrets.md; tektoncd/pipeline v1.15 docs/auth.md",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: git, key: token}}}]
    script: |
      set -eu
      ⟦echo \"$TOKEN\"⟧
      printf '%s' \"$TOKEN\" > /tmp/token
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: git, key: token}}}]
    script: |
      ⟦set -x⟧
      curl -H \"Authorization: Bearer $TOKEN\" https://api.example.com
",
        ),
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: git, key: token}}}]
    script: |
      ⟦printenv⟧
      curl https://api.example.com
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: git, key: token}}}]
    script: |
      set -eu
      echo \"$TOKEN\" | docker login --password-stdin
      set -x
      make
      set +x
      curl -H \"Authorization: Bearer $TOKEN\" https://api.example.com
      env FOO=1 make
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs() {
        let secrets = secrets_of(program.container);
        if program.language != Language::Shell || secrets.is_empty() {
            continue;
        }
        for (bytes, message) in leaks(program.text, &secrets) {
            let place = program.value.scalar().map(|scalar| scalar.place_of(bytes));
            sink.push(sink.finding(message).at(place));
        }
    }
}

/// Names of variables of the environment that hold secrets; an empty one if a whole Secret is there.
pub(super) fn secrets_of(container: Container<'_>) -> Vec<&str> {
    let named = container.env().filter(|variable| variable.at(&["valueFrom", "secretKeyRef"]).is_some());
    let mut names: Vec<&str> = named.filter_map(|variable| variable.text_of("name")).collect();
    let whole = container.value.items_of("envFrom").any(|from| from.get("secretRef").is_some());
    names.extend(whole.then_some(""));
    names
}

/// Whether a word has the value of one of these variables in it.
pub(super) fn uses(text: &str, secrets: &[&str]) -> bool {
    secrets.iter().filter(|name| !name.is_empty()).any(|name| {
        let mut found = text.match_indices('$').filter_map(|(at, _)| text.get(at + 1..));
        found.any(|rest| {
            let rest = rest.strip_prefix('{').unwrap_or(rest);
            let after = rest.strip_prefix(name).map(|rest| rest.chars().next());
            // `${TOKEN:+x}` says only whether there is one.
            after.is_some_and(|after| !after.is_some_and(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':' | '#')))
        })
    })
}

fn leaks(text: &str, secrets: &[&str]) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut line = 0;
    for part in text.split_inclusive('\n') {
        let whole = part.trim();
        let start = line + part.find(whole).unwrap_or(0);
        line += part.len();
        let words = words(whole);
        let Some((_, command)) = words.first() else {
            continue;
        };
        let end = words.iter().find(|(_, word)| matches!(*word, ";" | "&" | "\n")).map_or(whole.len(), |(at, _)| *at);
        let statement = whole.get(..end).unwrap_or(whole).trim_end();
        let bytes = start..start + statement.len();
        // What goes into a file or another program is not shown.
        let is_shown = !statement.contains(['|', '>']) || statement.contains(">&2");
        let rest = text.get(line..).unwrap_or_default();
        match *command {
            "echo" | "printf" if is_shown && uses(statement, secrets) => {
                found.push((bytes, "this writes a secret into the log".to_owned()));
            }
            "env" | "printenv" | "export" if is_shown && (words.len() == 1 || statement == "export -p") => {
                found.push((bytes, "this writes all variables into the log, and a secret is among them".to_owned()));
            }
            "set" if is_shown && words.iter().skip(1).any(|(_, word)| traces(word)) && uses(until_off(rest), secrets) => {
                found.push((bytes, "this writes every command into the log with its values, and one has a secret".to_owned()));
            }
            _ => {}
        }
    }
    found
}

fn traces(word: &str) -> bool {
    word == "xtrace" || word.strip_prefix('-').is_some_and(|letters| letters.len() < 6 && letters.contains('x'))
}

/// The text in which commands are shown.
fn until_off(rest: &str) -> &str {
    let end = rest.find("set +x").or_else(|| rest.find("set +o xtrace"));
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}
