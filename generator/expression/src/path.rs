//! What an expression refers to: `inputs.parameters.version` as segments, each with its place.

use std::fmt;
use std::ops::Range;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A name or a constant text in brackets.
    Key(String),
    /// A constant number in brackets.
    Index(i64),
    /// All of a list or object: `[*]`, `#`.
    All,
    /// Something that is only known when it runs.
    Computed,
}

/// One step of a path, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Its bytes in the text: the bare word, or what is inside brackets.
    pub span: Range<usize>,
    /// What it says.
    pub step: Step,
}

/// What an expression reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// From the root on; never empty.
    pub segments: Vec<Segment>,
    /// Whether the expression says what happens if it is not there (`?.`, `??`, `has()`).
    pub guarded: bool,
}

impl Path {
    pub(crate) fn new(segments: Vec<Segment>) -> Self {
        Self {
            segments,
            guarded: false,
        }
    }

    /// From its first segment to its last.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match (self.segments.first(), self.segments.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => 0..0,
        }
    }

    /// The first name.
    #[must_use]
    pub fn root(&self) -> Option<&str> {
        self.segments.first().and_then(Segment::key)
    }

    /// The names that it begins with, up to the first step that is no name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map_while(Segment::key)
    }

    /// The same path in a text in which this one begins `by` bytes later.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        for segment in &mut self.segments {
            segment.span = crate::problem::shift(&segment.span, by);
        }
        self
    }
}

impl Segment {
    /// Its name, if it is one.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.step {
            Step::Key(name) => Some(name),
            Step::Index(_) | Step::All | Step::Computed => None,
        }
    }

    pub(crate) fn name(span: Range<usize>, name: impl Into<String>) -> Self {
        Self {
            span,
            step: Step::Key(name.into()),
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, segment) in self.segments.iter().enumerate() {
            match &segment.step {
                Step::Key(name) if index == 0 => out.write_str(name)?,
                Step::Key(name) => write!(out, ".{name}")?,
                Step::Index(number) => write!(out, "[{number}]")?,
                Step::All => out.write_str("[*]")?,
                Step::Computed => out.write_str("[…]")?,
            }
        }
        Ok(())
    }
}
