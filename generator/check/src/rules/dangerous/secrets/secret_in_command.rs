use crate::rules::prelude::*;
use super::secret_in_log::{secrets_of, uses};
use crate::surface::{Language, programs, words};

pub(crate) static RULE: Rule = Rule {
    id: "secret-in-command",
    profile: Profile::Strict,
    title: "a secret on a command line",
    why: "Every process of the pod, and of the node for root, reads the arguments of all others, and programs print them \
          when they fail; Git keeps the URL with the token in `.git/config`.",
    fix: "Give it by a file, by standard input (`--password-stdin`) or by the environment; for Git by a credential helper.",
    source: "proc(5), `/proc/pid/cmdline`; git 2.49 gitcredentials(7)",
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
      git clone \"⟦https://x:$TOKEN@git.example.com/shop.git⟧\"
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
      echo \"$TOKEN\" | docker login --password-stdin
      make NAME=x
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    for container in surface.containers() {
        let secrets = secrets_of(container);
        if secrets.is_empty() {
            continue;
        }
        let all = programs(container);
        for program in all.iter().filter(|program| program.language == Language::Shell) {
            for (at, word) in words(program.text) {
                let is_option = word.starts_with('-') && word.contains('=');
                let is_url = word.contains("://") && word.contains('@');
                if (is_option || is_url) && uses(word, &secrets) {
                    let place = program.value.scalar().map(|scalar| scalar.place_of(at..at + word.len()));
                    sink.push(sink.finding("a secret stands on a command line").at(place));
                }
            }
        }
        if all.is_empty() {
            for word in container.words() {
                let text = word.text().unwrap_or_default();
                if secrets.iter().any(|name| !name.is_empty() && text.contains(&format!("$({name})"))) {
                    sink.push(sink.finding("a secret stands on a command line").at(word.place()));
                }
            }
        }
    }
}
