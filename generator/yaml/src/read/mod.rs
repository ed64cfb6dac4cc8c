//! Documents to typed values, all mistakes at once.
//!
//! Serde stops at the first error. So a value of the wrong type is recorded and a neutral one fed on; and when a type itself
//! refuses, what it refused is left out and the document is read again, until nothing new is found.

mod access;
mod context;
mod error;
mod exclusive;
mod key;
mod neutral;
mod value;
mod variant;

use luban_diagnostic::{Finding, sort_findings};
use serde::Deserialize;

use crate::document::Document;
use crate::path::PathSegment;
use context::Context;
pub use exclusive::Exclusive;

/// Times that a document is read to find what is wrong after a value had to be left out; fewer for a large one.
fn passes(document: &Document) -> usize {
    (20_000_000 / document.tree.nodes.len().max(1)).clamp(3, 200)
}

/// Reads a document as a `T`, strictly, and says everything that is wrong with it, sorted by place.
///
/// The value is there whenever one could be made. Together with findings of severity error it may hold neutral values (`""`, 0,
/// an empty list) in the place of wrong ones; it never lacks items that the document has. Among the findings are those of
/// [`Document::findings`].
///
/// Rules: `unknown-field`, `missing-field`, `wrong-type`, `unknown-value` (of an enum), `invalid-value` (refused by a type's
/// own `Deserialize`). A null list or mapping is an empty one, as upstream has it.
pub fn read<'de, T: Deserialize<'de>>(document: &'de Document) -> (Option<T>, Vec<Finding>) {
    let (value, read) = read_at(document, &[]);
    let mut findings = document.findings.to_vec();
    findings.extend(read);
    sort_findings(&mut findings);
    (value, findings)
}

/// Reads what stands at `path` as a `T`, like [`read`], but without the findings of [`Document::findings`]; paths in messages
/// are the document's. Where nothing stands, null is read.
pub fn read_at<'de, T: Deserialize<'de>>(
    document: &'de Document,
    path: &'de [PathSegment],
) -> (Option<T>, Vec<Finding>) {
    read_by(document, path, &[])
}

/// Reads like [`read_at`], and finds fields that exclude each other too (rule `one-of`).
pub fn read_by<'de, T: Deserialize<'de>>(
    document: &'de Document,
    path: &'de [PathSegment],
    exclusive: &'de [Exclusive],
) -> (Option<T>, Vec<Finding>) {
    let context = Context::new(document, path, exclusive);
    let mut value = None;
    for pass in 0..passes(document) {
        match context.pass() {
            // A value that lacks what was left out is not what the document says.
            Some(read) => {
                value = Some(read).filter(|_| context.is_whole());
                break;
            }
            None if pass > 0 && !context.has_learned() => break,
            None => {}
        }
    }
    let mut findings: Vec<Finding> = context.into_findings().collect();
    sort_findings(&mut findings);
    (value, findings)
}
