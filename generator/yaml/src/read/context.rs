//! What is known while a document is read: where the reader is, what is wrong, what to leave out.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use luban_diagnostic::{Finding, Place, did_you_mean};
use serde::Deserialize;

use super::error::ReadError;
use super::value::Value;
use crate::document::Document;
use crate::path::{Path, PathSegment};
use crate::scalar::Meaning;
use crate::tree::{Content, NodeId};

/// Levels that typed values may be nested: serde recurses, on stacks of 2 MB too.
const LEVELS: usize = 128;

/// A step down, borrowed until a finding is made of it.
#[derive(Clone, Copy)]
pub(super) enum Step<'de> {
    Key(&'de str),
    Index(usize),
}

/// Place, rule and message: the same thing is found in each pass.
type FindingKey = (Option<Place>, &'static str, String);

pub(super) struct Context<'de> {
    pub(super) document: &'de Document,
    /// The value that is read, and the way to it.
    root: NodeId,
    base: &'de [PathSegment],
    path: RefCell<Vec<Step<'de>>>,
    findings: RefCell<BTreeMap<FindingKey, Finding>>,
    /// Values that their types refused.
    left_out: RefCell<BTreeSet<NodeId>>,
    /// Fields that mappings lack, and whether even a neutral value does not do for them.
    lacking: RefCell<BTreeMap<(NodeId, &'static str), bool>>,
    has_learned: Cell<bool>,
}

impl<'de> Context<'de> {
    pub(super) fn new(document: &'de Document, base: &'de [PathSegment]) -> Self {
        Self {
            document,
            root: document.node_at(base),
            base,
            path: RefCell::default(),
            findings: RefCell::default(),
            left_out: RefCell::default(),
            lacking: RefCell::default(),
            has_learned: Cell::new(false),
        }
    }

    /// Reads the document once.
    pub(super) fn pass<T: Deserialize<'de>>(&self) -> Option<T> {
        self.has_learned.set(false);
        self.path.borrow_mut().clear();
        let root = self.root;
        match T::deserialize(Value {
            context: self,
            node: root,
        }) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error, root, root);
                None
            }
        }
    }

    /// Whether the last pass found something to do differently in the next.
    pub(super) fn has_learned(&self) -> bool {
        self.has_learned.get()
    }

    pub(super) fn is_whole(&self) -> bool {
        self.left_out.borrow().is_empty()
    }

    pub(super) fn into_findings(self) -> impl Iterator<Item = Finding> {
        self.findings.into_inner().into_values()
    }

    /// Does `read` one step further down, where the value `node` stands; a failure is recorded there.
    pub(super) fn below<R>(
        &self,
        step: Step<'de>,
        node: NodeId,
        read: impl FnOnce() -> Result<R, ReadError>,
    ) -> Result<R, ReadError> {
        self.path.borrow_mut().push(step);
        let depth = self.path.borrow().len();
        let result = if depth > LEVELS {
            Err(ReadError::Refused(format!(
                "values are nested more than {LEVELS} levels deep"
            )))
        } else {
            read()
        };
        let result = result.map_err(|error| self.fail(error, node, node));
        self.path.borrow_mut().truncate(depth - 1);
        result
    }

    /// Records why the value `node` could not be made (with `place` of a key, if it is the key's fault) and leaves it out from
    /// now on.
    pub(super) fn fail(&self, error: ReadError, node: NodeId, place: NodeId) -> ReadError {
        match error {
            ReadError::Done => return ReadError::Done,
            ReadError::Recorded => {}
            ReadError::Refused(message) => {
                let path = self.path(None);
                let message = if path.is_empty() {
                    message
                } else {
                    format!("invalid `{}`: {message}", Path::from(path))
                };
                self.record(
                    Finding::error("invalid-value", message).at(self.document.place(place)),
                );
            }
            ReadError::Expected(expected) => self.wrong_type(&expected, place, None),
            ReadError::Missing(field) => self.missing(node, field),
        }
        if self.left_out.borrow_mut().insert(node) {
            self.has_learned.set(true);
        }
        ReadError::Done
    }

    pub(super) fn is_left_out(&self, node: NodeId) -> bool {
        self.left_out.borrow().contains(&node)
    }

    /// Fields that the mapping `node` lacks and that a neutral value stands in for.
    pub(super) fn stand_ins(&self, node: NodeId) -> Vec<&'static str> {
        let lacking = self.lacking.borrow();
        let of_node = lacking
            .range((node, "")..)
            .take_while(|((of, _), _)| *of == node);
        of_node
            .filter(|(_, is_hopeless)| !**is_hopeless)
            .map(|((_, field), _)| *field)
            .collect()
    }

    /// No neutral value does for this field.
    pub(super) fn give_up(&self, node: NodeId, field: &'static str) {
        self.lacking.borrow_mut().insert((node, field), true);
        self.has_learned.set(true);
    }

    /// The mapping `node` lacks `field`, which its type requires: a finding, and a neutral value in the next pass. If there was
    /// one already, or it did not do, the mapping itself has to be left out.
    pub(super) fn lack(&self, node: NodeId, field: &'static str, is_written: bool) -> ReadError {
        if self.lacking.borrow().contains_key(&(node, field)) {
            return ReadError::Recorded;
        }
        // A field that is written and was left out is not missing.
        if !is_written {
            self.missing(node, field);
        }
        self.lacking.borrow_mut().insert((node, field), false);
        self.has_learned.set(true);
        ReadError::Done
    }

    fn missing(&self, node: NodeId, field: &'static str) {
        let message = format!("missing field `{}`", Path::from(self.path(Some(field))));
        self.record(Finding::error("missing-field", message).at(self.document.head(node)));
    }

    /// The value at `node` is not what its type takes.
    pub(super) fn wrong_type(&self, expected: &str, node: NodeId, help: Option<String>) {
        let path = self.path(None);
        let at = if path.is_empty() {
            String::new()
        } else {
            format!(" in `{}`", Path::from(path))
        };
        let message = format!("expected {expected}{at}, found {}", self.found(node));
        let finding = Finding::error("wrong-type", message).at(self.document.place(node));
        self.record(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// A key that the type of the mapping here does not have.
    pub(super) fn unknown_field(&self, key: NodeId, name: &str, known: &'static [&'static str]) {
        let path = Path::from(self.path(Some(name)));
        let message = format!("unknown field `{path}`{}", suggestion(name, known));
        let finding = Finding::error("unknown-field", message).at(self.document.place(key));
        self.record(finding.help(listed("field", known)));
    }

    /// A text that is no variant of the enum here.
    pub(super) fn unknown_value(&self, node: NodeId, text: &str, known: &'static [&'static str]) {
        let path = self.path(None);
        let of = if path.is_empty() {
            String::new()
        } else {
            format!(" of `{}`", Path::from(path))
        };
        let message = format!(
            "unknown value `{}`{of}{}",
            shortened(text),
            suggestion(text, known)
        );
        let finding = Finding::error("unknown-value", message).at(self.document.place(node));
        self.record(finding.help(listed("value", known)));
    }

    /// A key that Kubernetes reads as something other than a string.
    pub(super) fn key_type(&self, key: NodeId, text: &str) {
        let message = format!("a key must be a string, found {}", self.found(key));
        let help = format!("write \"{text}\"");
        self.record(
            Finding::error("wrong-type", message)
                .at(self.document.place(key))
                .help(help),
        );
    }

    fn record(&self, finding: Finding) {
        let key = (finding.place.clone(), finding.rule, finding.message.clone());
        self.findings.borrow_mut().entry(key).or_insert(finding);
    }

    /// The path to here, and to a key below it.
    fn path(&self, key: Option<&str>) -> Vec<PathSegment> {
        let path = self.path.borrow();
        let steps = path.iter().map(|step| match step {
            Step::Key(key) => PathSegment::Key((*key).into()),
            Step::Index(index) => PathSegment::Index(*index),
        });
        let base = self.base.iter().cloned();
        base.chain(steps)
            .chain(key.map(|key| PathSegment::Key(key.into())))
            .collect()
    }

    /// The value at `node` in words.
    fn found(&self, node: NodeId) -> String {
        let tree = &self.document.tree;
        let text = || shortened(tree.text(&self.document.source, node).unwrap_or_default());
        match (tree.content(node), self.document.meaning(node)) {
            (Content::Sequence(_), _) => "a list".to_owned(),
            (Content::Mapping(_), _) => "a mapping".to_owned(),
            (_, Some(Meaning::Null)) if text().is_empty() => "nothing".to_owned(),
            (_, Some(Meaning::Null) | None) => format!("the null value `{}`", text()),
            (_, Some(Meaning::Bool(_))) => format!("the boolean `{}`", text()),
            (_, Some(Meaning::Int(_) | Meaning::UInt(_) | Meaning::Float(_))) => {
                format!("the number `{}`", text())
            }
            (_, Some(Meaning::String)) => format!("the string `{}`", text()),
        }
    }
}

fn suggestion(unknown: &str, known: &[&'static str]) -> String {
    did_you_mean(unknown, known.iter().copied())
        .map_or_else(String::new, |meant| format!(" (did you mean `{meant}`?)"))
}

/// `known fields: …`
fn listed(what: &str, known: &[&str]) -> String {
    if known.is_empty() {
        return format!("no {what}s are known here");
    }
    format!("known {what}s: `{}`", known.join("`, `"))
}

/// `text`, cut where nobody reads on.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
