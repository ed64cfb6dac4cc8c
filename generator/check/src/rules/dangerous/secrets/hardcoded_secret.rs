use std::ops::Range;
use std::sync::LazyLock;
use luban_yaml::Scalar;
use regex::Regex;

use crate::rules::prelude::*;

pub(crate) static RULE: Rule = Rule {
    id: "hardcoded-secret",
    confidence: Confidence::High,
    title: "a token or key that is written down",
    why: "What is in a repository is known to everyone who can read it, now and in its history, and to every program that \
          prints it.",
    fix: "Make the secret invalid, make a new one, keep that in a Secret and name it by `secretKeyRef`.",
    source: "formats as published by GitHub, GitLab, AWS, Slack, Stripe, npm, Google; RFC 7468",
    bad: &[
        Example::new(
            "apiVersion: tekton.dev/v1
kind: Task
metadata: {name: push}
spec:
  steps:
  - name: push
    image: alpine:3.23
    env: [{name: AUTH, value: ⟦ghp_0123456789abcdefghijABCDEFGHIJ012345⟧}]
    script: |
      git clone https://⟦robot:hunter2secret⟧@git.example.com/shop.git
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
    env: [{name: AUTH, valueFrom: {secretKeyRef: {name: git, key: token}}}, {name: HINT, value: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}]
    script: |
      git fetch \"https://$USER:$AUTH@git.example.com/shop.git\" || echo 'begins with ghp_ or -----BEGIN PRIVATE KEY-----'
",
        ),
    ],
    check: Check::Surface(check),
    ..DANGEROUS
};

/// Beginnings of tokens, how many characters follow at least, and what they are.
const TOKENS: &[(&str, usize, &str)] = &[
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("github_pat_", 40, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("AKIA", 16, "a key of AWS"),
    ("ASIA", 16, "a key of AWS"),
    ("xoxb-", 20, "a token of Slack"),
    ("xoxp-", 20, "a token of Slack"),
    ("sk_live_", 20, "a key of Stripe"),
    ("rk_live_", 20, "a key of Stripe"),
    ("npm_", 36, "a token of npm"),
    ("AIza", 35, "a key of Google"),
    ("dckr_pat_", 20, "a token of Docker Hub"),
];

/// All beginnings at once.
#[allow(clippy::expect_used, reason = "a constant")]
static BEGINNING: LazyLock<Regex> = LazyLock::new(|| {
    let starts: Vec<&str> = TOKENS.iter().map(|(start, ..)| *start).collect();
    Regex::new(&format!("{}|PRIVATE KEY-----", starts.join("|"))).expect("words of letters")
});

fn check(surface: &Surface<'_>, sink: &mut Sink<'_>) {
    // An object inside another is looked at with that one.
    if surface.entry.is_template || !surface.entry.path.is_empty() {
        return;
    }
    // Most documents have nothing of it, and are looked through once.
    let source = surface.root.source();
    let has_token = BEGINNING.is_match(source);
    let has_url = has_credentials(source);
    if !has_token && !has_url {
        return;
    }
    for scalar in surface.entry.document.scalars(&surface.entry.path) {
        let text = scalar.text();
        if has_token {
            let found = TOKENS.iter().filter_map(|(start, most, what)| Some((token(text, start, *most)?, *what)));
            for (bytes, what) in found.chain(private_key(text)) {
                push(&scalar, bytes, what, sink);
            }
        }
        if has_url {
            for bytes in credentials(text) {
                push(&scalar, bytes, "a password in a URL", sink);
            }
        }
    }
}

/// Whether a URL has somebody's name in it.
fn has_credentials(source: &str) -> bool {
    source.match_indices("://").any(|(at, _)| {
        let rest = source.as_bytes().get(at + 3..).unwrap_or_default();
        let mut authority = rest.iter().take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'"' | b'\''));
        authority.any(|byte| *byte == b'@')
    })
}

fn push(scalar: &Scalar<'_>, bytes: Range<usize>, what: &str, sink: &mut Sink<'_>) {
    // The line is not shown: what stands there must not reach a log.
    let finding = sink.finding(format!("{what} is written down here")).at(scalar.place_of(bytes));
    sink.push(finding.redacted());
}

/// A token that begins so, as a word of its own.
fn token(text: &str, start: &str, most: usize) -> Option<Range<usize>> {
    let at = text.find(start)?;
    let before = text.get(..at)?.chars().next_back();
    if before.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        return None;
    }
    let rest = text.get(at + start.len()..)?;
    let length = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    // A word of one letter again and again stands for a token.
    let varies = rest.bytes().take(length).collect::<std::collections::BTreeSet<_>>().len() > 5;
    (length >= most && varies).then(|| at..at + start.len() + length)
}

fn private_key(text: &str) -> Option<(Range<usize>, &'static str)> {
    let end = text.find("PRIVATE KEY-----")? + "PRIVATE KEY-----".len();
    let start = text.get(..end)?.rfind("-----BEGIN ")?;
    // The line alone is what a program looks for; a key has lines of base64 below it.
    let body = text.get(end..)?.trim_start();
    let letters = body.bytes().take_while(u8::is_ascii_alphanumeric).count();
    (letters >= 16).then_some((start..end, "a private key"))
}

/// `user:password` of URLs, where both are written down.
fn credentials(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '"' | '\'' | '<' | '>' | '`')).unwrap_or(rest.len());
        let authority = rest.get(..end).unwrap_or_default();
        let Some((user, password)) = authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')) else {
            continue;
        };
        let is_placeholder = |word: &str| {
            let word = word.to_ascii_lowercase();
            word.is_empty() || word.contains(['$', '{', '(', '*', '%']) || ["password", "pass", "token", "secret", "user", "changeme", "xxx", "example", "pwd"].iter().any(|known| word == *known || word.starts_with("my") || word.starts_with("your"))
        };
        if !is_placeholder(password) && !user.contains(['$', '{']) {
            found.push(start..start + user.len() + 1 + password.len());
        }
    }
    found
}
