//! Comments that accept findings: `# luban: ignore[rule, rule] reason`.
//!
//! At the end of a line it is about that line, and about the rest of a text of several lines that begins there; on a line of its
//! own, about what comes next; above an object, about all of it.

mod comment;
mod covers;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use luban_diagnostic::{Finding, Place, Position, Span, did_you_mean};
use luban_yaml::{Comment, Document};

use crate::objects::{Entry, Objects};
use crate::rules::{RULES, rule};
use covers::Covers;

pub(crate) const WITHOUT_REASON: &str = "ignore-without-reason";
pub(crate) const UNKNOWN_RULE: &str = "unknown-rule-in-ignore";
pub(crate) const UNUSED: &str = "unused-ignore";

/// A comment that accepts findings.
#[derive(Debug)]
struct Ignore {
    /// From `luban` to the end of its list.
    head: Place,
    rules: Vec<Named>,
    has_reason: bool,
}

/// A rule that a comment names.
#[derive(Debug)]
struct Named {
    rule: String,
    place: Place,
    /// Whether something it found was accepted.
    is_used: bool,
}

/// All such comments.
#[derive(Debug, Default)]
pub(crate) struct Ignores {
    all: Vec<Ignore>,
    files: HashMap<Arc<str>, OfFile>,
}

/// Comments of a file, by their numbers.
#[derive(Debug, Default)]
struct OfFile {
    by_line: HashMap<u32, Vec<usize>>,
    /// With the bytes that they are about, in the order of these.
    of_objects: Vec<(Range<u32>, usize)>,
}

impl Ignores {
    /// Reads the comments of all objects that are checked.
    pub(crate) fn of(objects: &Objects) -> Self {
        let mut ignores = Self::default();
        let mut entries = objects.entries().iter().peekable();
        while let Some(entry) = entries.next() {
            let mut inside = vec![entry];
            while let Some(inner) = entries.next_if(|inner| !inner.path.is_empty()) {
                inside.push(inner);
            }
            let document = &entry.document;
            if entry.is_given_apart || !document.comment_texts().any(comment::is_ignore) {
                continue;
            }
            for comment in document.comments() {
                ignores.add(document, &comment, &inside);
            }
        }
        #[allow(clippy::iter_over_hash_type, reason = "each file by itself")]
        for file in ignores.files.values_mut() {
            file.of_objects.sort_by_key(|(bytes, _)| bytes.start);
        }
        ignores
    }

    fn add(&mut self, document: &Document, comment: &Comment<'_>, entries: &[&Entry]) {
        let Some(asked) = comment::read(comment.text) else {
            return;
        };
        let number = self.all.len();
        let file = Arc::clone(&comment.place.file);
        let file = self.files.entry(file).or_default();
        match Covers::of(document, comment, entries) {
            Covers::Object(bytes) => file.of_objects.push((bytes, number)),
            Covers::Lines(lines) => {
                for line in lines {
                    file.by_line.entry(line).or_default().push(number);
                }
            }
        }
        let rules = asked.rules.into_iter().map(|name| Named {
            rule: comment
                .text
                .get(name.clone())
                .unwrap_or_default()
                .to_owned(),
            place: part(comment, name),
            is_used: false,
        });
        self.all.push(Ignore {
            head: part(comment, asked.head),
            rules: rules.collect(),
            has_reason: asked.has_reason,
        });
    }

    /// Whether a finding is accepted by a comment, which then has had an effect.
    pub(crate) fn accept(&mut self, finding: &Finding) -> bool {
        let Some(place) = &finding.place else {
            return false;
        };
        let Some(file) = self.files.get(&place.file) else {
            return false;
        };
        let start = place.span.start;
        let of_line = file.by_line.get(&start.line).into_iter().flatten();
        let before = file
            .of_objects
            .partition_point(|(bytes, _)| bytes.start <= start.offset);
        let of_object = file.of_objects.get(..before).unwrap_or_default().iter();
        let of_object = of_object
            .filter(|(bytes, _)| start.offset <= bytes.end)
            .map(|(_, number)| number);
        let mut is_accepted = false;
        for number in of_line.chain(of_object) {
            let rules = self.all.get_mut(*number).map(|ignore| &mut ignore.rules);
            let named = rules.into_iter().flatten();
            for named in named.filter(|named| named.rule == finding.rule) {
                named.is_used = true;
                is_accepted = true;
            }
        }
        is_accepted
    }

    /// What is wrong with the comments themselves. `ran` are the rules that looked.
    pub(crate) fn findings(&self, ran: &HashSet<&'static str>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut push = |id: &'static str, message: String, help: &str, place: &Place| {
            let severity = rule(id).map(|rule| rule.severity);
            findings.extend(severity.map(|severity| {
                Finding::new(id, severity, message)
                    .at(place.clone())
                    .help(help)
            }));
        };
        const FORM: &str = "write `# luban: ignore[rule] reason`";
        for ignore in &self.all {
            if ignore.rules.is_empty() {
                let message = "the comment names no rule to ignore".to_owned();
                push(UNKNOWN_RULE, message, FORM, &ignore.head);
            } else if !ignore.has_reason {
                let message = "the comment does not say why this is ignored".to_owned();
                let help = "write the reason behind the bracket: `# luban: ignore[rule] reason`";
                push(WITHOUT_REASON, message, help, &ignore.head);
            }
            for named in &ignore.rules {
                let Named {
                    rule: name, place, ..
                } = named;
                if rule(name).is_none() {
                    let message = format!("no rule is called `{name}`{}", meant(name));
                    push(
                        UNKNOWN_RULE,
                        message,
                        "`luban explain rules` lists them",
                        place,
                    );
                } else if !named.is_used && ran.contains(name.as_str()) {
                    let message = format!("`{name}` finds nothing that this comment is about");
                    push(
                        UNUSED,
                        message,
                        "remove it, so that it hides nothing later",
                        place,
                    );
                }
            }
        }
        findings
    }
}

fn meant(name: &str) -> String {
    let nearest = did_you_mean(name, RULES.iter().map(|rule| rule.id));
    nearest.map_or_else(String::new, |nearest| {
        format!(" (did you mean `{nearest}`?)")
    })
}

/// The place of some bytes of a comment's text, which is of one line.
fn part(comment: &Comment<'_>, bytes: Range<usize>) -> Place {
    let start = comment.place.span.start;
    let position = |at: usize| {
        let before = comment.text.get(..at).unwrap_or_default();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position {
            offset: start.offset.saturating_add(count(before.len())),
            line: start.line,
            column: start.column.saturating_add(count(before.chars().count())),
        }
    };
    Place {
        file: Arc::clone(&comment.place.file),
        span: Span {
            start: position(bytes.start),
            end: position(bytes.end),
        },
    }
}
