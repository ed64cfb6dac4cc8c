use std::collections::BTreeSet;
use std::ops::Range;
use crate::rules::prelude::*;
use crate::surface::Language;

pub(crate) static RULE: Rule = Rule {
    id: "unquoted-parameter",
    confidence: Confidence::Low,
    profile: Profile::Strict,
    title: "a value of callers that the shell splits",
    why: "Without quotes the shell cuts the value at its spaces, replaces `*` by names of files, and a part that begins \
          with `-` is an option: of `git`, of `buildctl`, of what is called.",
    fix: "Write `\"$NAME\"`; for several values use `\"$@\"`.",
    source: "POSIX.1-2024 Shell Command Language 2.6.5; ShellCheck SC2086",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}]
  steps:
  - name: build
    image: alpine:3.23
    env: [{name: IMAGE, value: $(params.image)}]
    script: |
      buildctl build --output name=⟦$IMAGE⟧,push=true
      echo \"$IMAGE\"
",
        ),
    ],
    good: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  params: [{name: image}, {name: files}]
  steps:
  - name: build
    image: alpine:3.23
    env: [{name: IMAGE, value: $(params.image)}, {name: FILES, value: $(params.files)}]
    script: |
      for f in $FILES; do cat \"$f\"; done
      X=$IMAGE
      [[ $IMAGE == a ]] && echo \"$IMAGE ${X} $(basename \"$IMAGE\")\"
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

/// What begins a value that a caller chooses.
const CHOSEN: &[&str] = &["$(params.", "$(inputs.params.", "{{inputs.parameters.", "{{workflow.parameters.", "{{=inputs.parameters", "{{item"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for program in surface.programs().iter().filter(|program| program.language == Language::Shell) {
        let is_chosen = |text: &str| CHOSEN.iter().any(|start| text.contains(start));
        let env = program.container.env().filter(|variable| variable.text_of("value").is_some_and(is_chosen));
        let mut chosen: BTreeSet<&str> = env.filter_map(|variable| variable.text_of("name")).collect();
        // What a variable is made of is in it: twice, for what is made of those.
        for _ in 0..2 {
            for statement in program.text.split(['\n', ';']) {
                if let Some((name, value)) = assigned(statement)
                    && (is_chosen(value) || expansions(value).iter().any(|found| chosen.contains(found.name)))
                {
                    chosen.insert(name);
                }
            }
        }
        let mut said = BTreeSet::new();
        for found in expansions(program.text).iter().filter(|found| !found.is_quoted && chosen.contains(found.name)) {
            if said.insert(found.name) {
                let place = program.value.scalar().map(|scalar| scalar.place_of(found.bytes.clone()));
                let message = format!("`${}` is not in quotes: its spaces, `*` and a leading `-` mean something here", found.name);
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}

/// The variable that a statement sets, and what to: `NAME=…`, `for NAME in …`.
fn assigned(statement: &str) -> Option<(&str, &str)> {
    let mut line = statement.trim_start();
    for before in ["do ", "then ", "else ", "export ", "local "] {
        line = line.strip_prefix(before).unwrap_or(line);
    }
    if let Some(rest) = line.strip_prefix("for ") {
        let (name, values) = rest.split_once(" in ")?;
        return Some((name.trim(), values));
    }
    let (name, value) = line.split_once('=')?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_name.then_some((name, value))
}

/// Whether a word is `NAME=…`, or a word behind which that may stand.
fn sets(word: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    matches!(word, "do" | "then" | "else" | "export" | "local") || word.split_once('=').is_some_and(|(name, _)| is_name(name))
}

/// A variable in a program.
struct Expansion<'a> {
    name: &'a str,
    bytes: Range<usize>,
    is_quoted: bool,
}

/// The variables of a shell's text, and whether quotes keep their values together. What sets a variable splits nothing.
fn expansions(text: &str) -> Vec<Expansion<'_>> {
    let mut found = Vec::new();
    // Quotes that are open; a command within them begins anew.
    let mut open: Vec<char> = Vec::new();
    let mut word = 0;
    let mut is_first = true;
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
            continue;
        }
        match (open.last(), letter) {
            (Some('\''), '\'') => {
                open.pop();
            }
            (Some('\''), _) => {}
            (_, '\\') => is_escaped = true,
            (Some('"'), '"') => {
                open.pop();
            }
            (_, '"') => open.push('"'),
            (None | Some('('), '\'') => open.push('\''),
            (_, '(') if text.get(..at).is_some_and(|before| before.ends_with('$')) => open.push('('),
            (Some('('), ')') => {
                open.pop();
            }
            (None | Some('('), letter) if letter.is_whitespace() || matches!(letter, ';' | '|' | '&' | '(') => {
                // Only in front of a command do words set variables.
                let ended = text.get(word..at).unwrap_or_default();
                is_first = letter != ' ' && letter != '\t' || is_first && (ended.is_empty() || sets(ended));
                word = at + letter.len_utf8();
            }
            (quote, '$') => {
                let rest = text.get(at + 1..).unwrap_or_default();
                let inner = rest.strip_prefix('{').unwrap_or(rest);
                let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
                let name = inner.get(..length).unwrap_or_default();
                let braces = rest.len() - inner.len();
                let is_whole = braces == 0 || inner.get(length..).is_some_and(|after| after.starts_with('}'));
                if length > 0 && is_whole {
                    let before = text.get(word..at).unwrap_or_default();
                    // Between double brackets and behind `case` and `in` nothing is split, or splitting is meant.
                    let line = text.get(..at).and_then(|text| text.rsplit('\n').next()).unwrap_or_default();
                    let is_apart = line.contains("[[") || line.contains("case ") || line.contains(" in ") || line.contains("<<<") || line.trim_start().starts_with('#');
                    found.push(Expansion {
                        name,
                        bytes: at..at + 1 + 2 * braces + length,
                        is_quoted: quote == Some(&'"') || is_first && sets(before) || is_apart,
                    });
                }
            }
            _ => {}
        }
    }
    found
}
