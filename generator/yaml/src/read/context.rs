//! What is known while a document is read: where the reader is, what is wrong, what to leave out.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use luban_diagnostic::{Finding, Place, did_you_mean};
use serde::Deserialize;

use super::error::ReadError;
use super::exclusive::Exclusive;
use super::value::Value;
use crate::document::Document;
use crate::path::{Path, PathSegment};
use crate::scalar::Meaning;
use crate::tree::{Content, NodeId};

/// Levels that typed values may be nested: serde recurses, on stacks of 2 MB too.
const LEVELS: usize = 128;

/// Findings of one document: a file of nothing but mistakes must not cost more than other files.
const MOST_FINDINGS: usize = 1_000;

/// A step down, borrowed until a finding is made of it.
#[derive(Clone, Copy)]
pub(super) enum Step<'de> {
    Key(&'de str),
    Index(usize),
    /// To the value that is read first.
    Base(&'de [PathSegment]),
}

/// The way from the root to a value: each step knows the one before it, so that going down costs nothing.
#[derive(Clone, Copy)]
pub(super) struct Way<'w, 'de> {
    before: Option<&'w Way<'w, 'de>>,
    /// None at the root.
    step: Option<Step<'de>>,
    depth: usize,
}

impl<'de> Way<'_, 'de> {
    /// The way to the value that is read first.
    fn to(base: &'de [PathSegment]) -> Self {
        Way {
            before: None,
            step: (!base.is_empty()).then_some(Step::Base(base)),
            depth: base.len(),
        }
    }

    #[inline]
    pub(super) fn below<'w>(&'w self, step: Step<'de>) -> Way<'w, 'de> {
        Way {
            before: Some(self),
            step: Some(step),
            depth: self.depth + 1,
        }
    }

    /// The path to here, and to a key below it.
    fn path(&self, key: Option<&str>) -> Path {
        let mut segments: Vec<PathSegment> = key
            .map(|key| PathSegment::Key(key.into()))
            .into_iter()
            .collect();
        let mut at = Some(self);
        while let Some(way) = at {
            match way.step {
                Some(Step::Key(key)) => segments.push(PathSegment::Key(key.into())),
                Some(Step::Index(index)) => segments.push(PathSegment::Index(index)),
                Some(Step::Base(base)) => segments.extend(base.iter().rev().cloned()),
                None => {}
            }
            at = way.before;
        }
        segments.reverse();
        Path::from(segments)
    }

    /// Whether the way leads through the value of `key`.
    pub(super) fn has_key(&self, key: &str) -> bool {
        let is_key =
            |segment: &PathSegment| matches!(segment, PathSegment::Key(name) if **name == *key);
        self.path(None).iter().any(is_key)
    }

    /// ` in `path``, or nothing at the root.
    pub(super) fn shown(&self, word: &str) -> String {
        match self.depth {
            0 => String::new(),
            _ => format!(" {word} `{}`", self.path(None)),
        }
    }
}

/// Place, rule and message: the same thing is found in each pass.
type FindingKey = (Option<Place>, &'static str, String);

pub(super) struct Context<'de> {
    pub(super) document: &'de Document,
    /// The value that is read, and the way to it.
    root: NodeId,
    base: &'de [PathSegment],
    pub(super) exclusive: &'de [Exclusive],
    findings: RefCell<BTreeMap<FindingKey, Finding>>,
    /// Mistakes beyond those that are kept.
    more_findings: Cell<bool>,
    /// Values that their types refused.
    left_out: RefCell<BTreeSet<NodeId>>,
    /// Whether none were.
    is_whole: Cell<bool>,
    /// Fields that mappings lack, and whether even a neutral value does not do for them.
    lacking: RefCell<BTreeMap<(NodeId, &'static str), bool>>,
    /// Whether there are any.
    is_lacking: Cell<bool>,
    has_learned: Cell<bool>,
}

impl<'de> Context<'de> {
    pub(super) fn new(
        document: &'de Document,
        base: &'de [PathSegment],
        exclusive: &'de [Exclusive],
    ) -> Self {
        Self {
            document,
            root: document.node_at(base),
            base,
            exclusive,
            findings: RefCell::default(),
            more_findings: Cell::new(false),
            left_out: RefCell::default(),
            is_whole: Cell::new(true),
            lacking: RefCell::default(),
            is_lacking: Cell::new(false),
            has_learned: Cell::new(false),
        }
    }

    /// Reads the document once.
    pub(super) fn pass<T: Deserialize<'de>>(&self) -> Option<T> {
        self.has_learned.set(false);
        let root = self.root;
        let way = &Way::to(self.base);
        match T::deserialize(Value {
            context: self,
            way,
            node: root,
        }) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error, way, root, root);
                None
            }
        }
    }

    /// Whether the last pass found something to do differently in the next.
    pub(super) fn has_learned(&self) -> bool {
        self.has_learned.get()
    }

    pub(super) fn is_whole(&self) -> bool {
        self.is_whole.get()
    }

    pub(super) fn into_findings(self) -> impl Iterator<Item = Finding> {
        let more = self.more_findings.get().then(|| {
            let message = format!("more than {MOST_FINDINGS} mistakes: the others are not shown");
            Finding::error("too-many-mistakes", message).at(self.document.place(self.document.root))
        });
        self.findings.into_inner().into_values().chain(more)
    }

    /// Does `read` where the value `node` stands; a failure is recorded there.
    #[inline]
    pub(super) fn at<'w, R>(
        &'w self,
        way: &'w Way<'w, 'de>,
        node: NodeId,
        read: impl FnOnce(Value<'w, 'de>) -> Result<R, ReadError>,
    ) -> Result<R, ReadError> {
        let result = if way.depth > LEVELS {
            Err(ReadError::Refused(format!(
                "values are nested more than {LEVELS} levels deep"
            )))
        } else {
            read(Value {
                context: self,
                way,
                node,
            })
        };
        result.map_err(|error| self.fail(error, way, node, node))
    }

    /// Records why the value `node` could not be made (with `place` of a key, if it is the key's fault) and leaves it out from
    /// now on.
    #[cold]
    pub(super) fn fail(
        &self,
        error: ReadError,
        way: &Way<'_, 'de>,
        node: NodeId,
        place: NodeId,
    ) -> ReadError {
        match error {
            ReadError::Done => return ReadError::Done,
            ReadError::Recorded => {}
            _ if !self.has_room() => {}
            ReadError::Refused(message) => {
                let message = match way.depth {
                    0 => message,
                    _ => format!("invalid `{}`: {message}", way.path(None)),
                };
                self.record(
                    Finding::error("invalid-value", message).at(self.document.place(place)),
                );
            }
            ReadError::Expected(expected) => self.wrong_type(&expected, way, place, None),
            ReadError::Missing(field) => self.missing(way, node, field),
        }
        if self.left_out.borrow_mut().insert(node) {
            self.has_learned.set(true);
            self.is_whole.set(false);
        }
        ReadError::Done
    }

    #[inline]
    pub(super) fn is_left_out(&self, node: NodeId) -> bool {
        !self.is_whole.get() && self.left_out.borrow().contains(&node)
    }

    /// Fields that the mapping `node` lacks and that a neutral value stands in for.
    pub(super) fn stand_ins(&self, node: NodeId) -> Vec<&'static str> {
        if !self.is_lacking.get() {
            return Vec::new();
        }
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
        self.is_lacking.set(true);
        self.has_learned.set(true);
    }

    /// The mapping `node` lacks `field`, which its type requires: a finding, and a neutral value in the next pass. If there was
    /// one already, or it did not do, the mapping itself has to be left out.
    pub(super) fn lack(
        &self,
        way: &Way<'_, 'de>,
        node: NodeId,
        field: &'static str,
        is_written: bool,
    ) -> ReadError {
        if self.lacking.borrow().contains_key(&(node, field)) {
            return ReadError::Recorded;
        }
        // A field that is written and was left out is not missing.
        if !is_written {
            self.missing(way, node, field);
        }
        self.lacking.borrow_mut().insert((node, field), false);
        self.is_lacking.set(true);
        self.has_learned.set(true);
        ReadError::Done
    }

    fn missing(&self, way: &Way<'_, 'de>, node: NodeId, field: &'static str) {
        if !self.has_room() {
            return;
        }
        let message = format!("missing field `{}`", way.path(Some(field)));
        self.record(Finding::error("missing-field", message).at(self.document.head(node)));
    }

    /// The value at `node` is not what its type takes.
    #[cold]
    pub(super) fn wrong_type(
        &self,
        expected: &str,
        way: &Way<'_, 'de>,
        node: NodeId,
        help: Option<String>,
    ) {
        if !self.has_room() {
            return;
        }
        let at = way.shown("in");
        let message = format!("expected {expected}{at}, found {}", self.found(node));
        let finding = Finding::error("wrong-type", message).at(self.document.place(node));
        self.record(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }

    /// A key that the type of the mapping here does not have.
    #[cold]
    pub(super) fn unknown_field(
        &self,
        way: &Way<'_, 'de>,
        key: NodeId,
        name: &str,
        known: &'static [&'static str],
    ) {
        if !self.has_room() {
            return;
        }
        let path = way.path(Some(name));
        let message = format!("unknown field `{path}`{}", suggestion(name, known));
        let finding = Finding::error("unknown-field", message).at(self.document.place(key));
        self.record(finding.help(listed("field", known)));
    }

    /// A text that is no variant of the enum here.
    #[cold]
    pub(super) fn unknown_value(
        &self,
        way: &Way<'_, 'de>,
        node: NodeId,
        text: &str,
        known: &'static [&'static str],
    ) {
        if !self.has_room() {
            return;
        }
        let of = way.shown("of");
        let message = format!(
            "unknown value `{}`{of}{}",
            shortened(text),
            suggestion(text, known)
        );
        let finding = Finding::error("unknown-value", message).at(self.document.place(node));
        self.record(finding.help(listed("value", known)));
    }

    /// A key that Kubernetes reads as the text `read`, which is not what is written, or does not take at all.
    pub(super) fn key_type(&self, key: NodeId, text: &str, read: Option<&str>) {
        if !self.has_room() {
            return;
        }
        let finding = match read {
            None => Finding::error(
                "key-type",
                format!("a key must be a string, found {}", self.found(key)),
            ),
            Some(read) => Finding::warning(
                "key-type",
                format!("{} is read as the key `{read}`", self.found(key)),
            ),
        };
        self.record(
            finding
                .at(self.document.place(key))
                .help(format!("write \"{text}\"")),
        );
    }

    /// Whether there is room for one more finding. Asked before it is made: its place takes time.
    fn has_room(&self) -> bool {
        let has_room = self.findings.borrow().len() < MOST_FINDINGS;
        if !has_room {
            self.more_findings.set(true);
        }
        has_room
    }

    pub(super) fn record(&self, finding: Finding) {
        let mut findings = self.findings.borrow_mut();
        let key = (finding.place.clone(), finding.rule, finding.message.clone());
        findings.entry(key).or_insert(finding);
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
