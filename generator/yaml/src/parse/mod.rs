//! Bytes to documents.
//!
//! `bytes` says which texts may be scanned; `scanner`, with `fetch`, `simple_key` and a file for each kind of scalar, makes tokens of the text as libyaml
//! does; `machine` and `collections` are the grammar over the tokens, with
//! `lane` for the lines that most files are made of; `builder` is the `sink` that makes trees of what the machine finds. Texts stay in the source
//! wherever they stand there as they are meant.

mod block;
mod builder;
mod bytes;
mod collections;
mod fetch;
mod lane;
mod machine;
mod mapping;
mod plain;
mod quoted;
mod scanner;
mod simple_key;
mod sink;
mod tag;
#[cfg(test)]
mod tests;
mod token;

use std::sync::Arc;

use luban_diagnostic::{Finding, Lines};

use crate::budget::Budget;
use crate::document::Document;
use crate::tree::Source;
use builder::{Builder, Stop};
use bytes::Refused;
use token::SyntaxError;

/// Bytes of the longest file: offsets of nodes have 29 bits, and an escape may stand for more bytes than it has.
const LONGEST_FILE: usize = 1 << 28;

/// Parses a file of any number of YAML or JSON documents; `file` is its path as findings show it.
///
/// Anchors, aliases and merge keys are resolved. Duplicate keys and other mistakes that leave a tree are kept with their
/// document: see [`Document::findings`].
///
/// # Errors
///
/// One finding where no tree can be made: the file is no UTF-8, no YAML, or passes the budget.
pub fn parse(file: &str, bytes: &[u8], budget: &Budget) -> Result<Vec<Document>, Vec<Finding>> {
    let most = budget.bytes.min(LONGEST_FILE);
    if bytes.len() > most {
        let message = format!(
            "the file has {} bytes, more than the {most} that are read",
            bytes.len()
        );
        return Err(vec![without_text(
            file,
            Finding::error("file-size", message),
        )]);
    }
    let text = match bytes::checked(bytes) {
        Ok(text) => text,
        Err(Refused::NotUtf8(at)) => return Err(vec![not_utf8(file, bytes, at)]),
        Err(Refused::Control(at)) => return Err(vec![control_character(file, bytes, at)]),
    };
    let source = Arc::new(Source::new(file.into(), text));
    let mut builder = Builder::new(&source, *budget);
    match machine::run(&source.text, &mut builder) {
        Ok(()) => Ok(builder.documents),
        Err(Stop::Finding(finding)) => Err(vec![*finding]),
        Err(Stop::Syntax(error)) => Err(vec![syntax_finding(&source, &error)]),
    }
}

fn syntax_finding(source: &Source, error: &SyntaxError) -> Finding {
    let rest = source.text.get(error.at..).unwrap_or_default();
    let first = rest.chars().next();
    let len = first
        .filter(|character| *character != '\n')
        .map_or(0, char::len_utf8);
    let mut finding =
        Finding::error("syntax", error.message).at(source.place(error.at, error.at + len));
    if let Some((context, at)) = error.context.filter(|(_, at)| *at != error.at) {
        finding = finding.related(context, source.place(at, at));
    }
    match first {
        Some('\t') => finding.help("indent with spaces: YAML allows no tabs there"),
        Some('@' | '`' | '%') => finding.help("put the text between quotes"),
        _ => finding,
    }
}

fn control_character(file: &str, bytes: &[u8], at: usize) -> Finding {
    let text = String::from_utf8_lossy(bytes);
    let len = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    let place = Lines::new(&text).place(file, &text, at..at + len);
    Finding::error("syntax", "control characters are not allowed").at(place)
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
