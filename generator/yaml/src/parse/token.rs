//! What the scanner makes of the text: small values that point into it.

/// Why the text is no YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) message: &'static str,
    pub(super) at: usize,
    /// What was being read, and where that began.
    pub(super) context: Option<(&'static str, usize)>,
}

/// Boxed, so that what goes right costs nothing.
pub(super) type Scan<T> = Result<T, Box<SyntaxError>>;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// A scalar's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    /// Bytes of the source, where it stands as it is meant.
    Source { at: u32, len: u32 },
    /// Bytes of the document's strings, where escapes, folding or indentation make it differ from the source.
    Apart { at: u32, len: u32 },
}

impl Text {
    pub(super) const EMPTY: Self = Self::Source { at: 0, len: 0 };
}

/// The tokens of libyaml, in whose order the parser expects them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    StreamEnd,
    VersionDirective { major: u32, minor: u32 },
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar { style: Style, text: Text },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: Kind,
}

/// Offsets are 32 bits wide: `parse` refuses what is longer.
#[inline]
pub(super) fn short(offset: usize) -> u32 {
    offset as u32
}
