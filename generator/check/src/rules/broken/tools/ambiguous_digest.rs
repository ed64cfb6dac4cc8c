use crate::rules::prelude::*;
use crate::surface::{Language, commands, is_word_of};

pub(crate) static RULE: Rule = Rule {
    id: "ambiguous-digest",
    profile: Profile::Strict,
    confidence: Confidence::Medium,
    title: "one digest for different contents",
    why: "Lines `NAME=value` that are sorted and hashed are the same for `A` with the value `1⏎B=2` and for `A=1` beside \
          `B=2`; `$(cat …)` loses the line ends behind a value, and the order of `sort` is that of the locale. What has \
          changed then looks unchanged, and old layers are used.",
    fix: "Hash the files (`sha256sum /secrets/*`), or put the length before each value; and sort with `LC_ALL=C`.",
    source: "POSIX.1-2024 Shell Command Language 2.6.3, and `sort`",
    bad: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      HASH=$( (for f in /secrets/*; do printf '%s=%s\\n' \"$(basename \"$f\")\" \"$(cat \"$f\")\"; done) | ⟦sort⟧ | sha256sum)
",
    )],
    good: &[Example::new(
        "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  steps:
  - name: build
    image: alpine:3.23
    script: |
      HASH=$(sha256sum /secrets/* | sort | sha256sum)
      printf '%s=%s\\n' a \"$(cat b)\" > list
      printf '%s=%s\\n' a \"$b\" | sort
      cat list | sort | sha256sum
",
    )],
    check: Check::Surface(check),
    ..BROKEN
};

const DIGESTS: [&str; 5] = ["sha256sum", "sha512sum", "sha1sum", "md5sum", "shasum"];

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    let has_digest = |text: &str| DIGESTS.iter().any(|name| text.contains(name));
    for program in surface.programs().iter().filter(|it| it.language == Language::Shell && has_digest(it.text)) {
        let all = commands(program.text);
        for command in &all {
            let Some((at, "sort")) = command.call().first().copied() else { continue };
            let reader = command.reader.and_then(|at| all.get(at)).and_then(|reader| reader.call().first());
            if !reader.is_some_and(|(_, word)| DIGESTS.iter().any(|name| is_word_of(word, name))) {
                continue;
            }
            // What is sorted stands on the lines of the same command.
            let before = program.text.get(..at).unwrap_or_default();
            let start = before.rfind("$(").map_or(0, |last| before.get(..last).and_then(|it| it.rfind('\n')).map_or(0, |line| line + 1));
            let sorted = before.get(start..).unwrap_or_default();
            let is_joined = ["%s=%s\\n", "%s:%s\\n", "%s %s\\n"].iter().any(|form| sorted.contains(form));
            if is_joined && sorted.contains("$(cat ") {
                let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + 4));
                let message = "lines of names and values have one digest for different values";
                sink.push(sink.finding(message).at(place));
            }
        }
    }
}
