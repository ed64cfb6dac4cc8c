//! What a file may cost before it is refused.

/// Limits of [`parse`](crate::parse): what passes one is a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of the file.
    pub bytes: usize,
    /// Levels of mappings and sequences, aliases counted as what they stand for.
    pub nesting: usize,
    /// Nodes that aliases and merge keys may add to a document, beyond those that are written in it.
    pub aliases: usize,
}

impl Default for Budget {
    /// 100 MB, 1,000 levels, a million nodes.
    fn default() -> Self {
        Self {
            bytes: 100_000_000,
            nesting: 1_000,
            aliases: 1_000_000,
        }
    }
}
