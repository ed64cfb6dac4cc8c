//! Bytes to documents.

mod builder;
mod events;
mod guard;
mod mapping;

use std::sync::Arc;

use luban_diagnostic::{Finding, Lines};

use crate::budget::Budget;
use crate::document::{Document, Source};

/// Parses a file of any number of YAML or JSON documents; `file` is its path as findings show it.
///
/// Anchors, aliases and merge keys are resolved. Duplicate keys and other mistakes that leave a tree are kept with their
/// document: see [`Document::findings`].
///
/// # Errors
///
/// One finding where no tree can be made: the file is no UTF-8, no YAML, or passes the budget.
pub fn parse(file: &str, bytes: &[u8], budget: &Budget) -> Result<Vec<Document>, Vec<Finding>> {
    if bytes.len() > budget.bytes.min(u32::MAX as usize / 2) {
        let message = format!(
            "the file has {} bytes, more than the {} that are read",
            bytes.len(),
            budget.bytes
        );
        return Err(vec![without_text(
            file,
            Finding::error("file-size", message),
        )]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(vec![not_utf8(file, bytes, error.valid_up_to())]),
    };
    let source = Arc::new(Source {
        file: file.into(),
        text: text.into(),
        lines: Lines::new(text),
    });
    builder::documents(&source, budget).map_err(|finding| vec![*finding])
}

fn not_utf8(file: &str, bytes: &[u8], at: usize) -> Finding {
    let text = std::str::from_utf8(&bytes[..at]).unwrap_or_default();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let message = format!("the file is not UTF-8: byte {at} is `0x{byte:02x}`");
    Finding::error("encoding", message).at(Lines::new(text).place(file, text, at..at))
}

/// `finding` at the start of a file whose text is not read.
fn without_text(file: &str, finding: Finding) -> Finding {
    finding.at(Lines::new("").place(file, "", 0..0))
}
