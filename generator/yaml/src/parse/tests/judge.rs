//! libyaml-safer 0.3, in our words, and what it is known to do wrong.

use std::panic::catch_unwind;
use std::sync::Once;

use libyaml_safer::{Encoding, EventData, Parser, ScalarStyle};

pub(super) enum Verdict {
    Events(Vec<String>),
    Refused(String),
    /// A known bug: see [`events`].
    Panicked,
}

/// Its events as [`super::Recorder`] writes ours.
///
/// It panics at a block scalar whose last line does not end, at a backslash that ends the text (`unexpected end of input`), and at
/// a tag directly before a comma in a flow collection ('TODO: What is expected here?'). What ours says there has tests of its own.
pub(super) fn events(text: &str) -> Verdict {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let is_theirs = panic
                .location()
                .is_some_and(|location| location.file().contains("libyaml-safer"));
            if !is_theirs {
                before(panic);
            }
        }));
    });
    match catch_unwind(|| parsed(text)) {
        Ok(Ok(lines)) => Verdict::Events(lines),
        Ok(Err(problem)) => Verdict::Refused(problem),
        Err(_) => Verdict::Panicked,
    }
}

fn parsed(text: &str) -> Result<Vec<String>, String> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let shift = (text.len() - body.len()) as u64;
    let mut input = body.as_bytes();
    let mut parser = Parser::new();
    parser.set_input_string(&mut input);
    parser.set_encoding(Encoding::Utf8);
    let mut lines = Vec::new();
    let mut open = Vec::new();
    loop {
        let event = parser.parse().map_err(|error| {
            format!(
                "{} at {}",
                error.problem(),
                error.problem_mark().map_or(0, |mark| mark.index + shift)
            )
        })?;
        let start = event.start_mark.index + shift;
        let end = event.end_mark.index + shift;
        let properties = |anchor: Option<String>, tag: Option<String>| {
            anchor
                .map(|anchor| format!(" &{anchor}"))
                .unwrap_or_default()
                + &tag.map(|tag| format!(" <{tag}>")).unwrap_or_default()
        };
        lines.push(match event.data {
            EventData::StreamStart { .. } | EventData::DocumentStart { .. } => continue,
            EventData::StreamEnd => return Ok(lines),
            EventData::DocumentEnd { .. } => "document".to_owned(),
            EventData::Alias { anchor } => format!("{start}..{end} *{anchor}"),
            EventData::Scalar {
                anchor,
                tag,
                value,
                style,
                ..
            } => {
                let style = match style {
                    ScalarStyle::SingleQuoted => "SingleQuoted",
                    ScalarStyle::DoubleQuoted => "DoubleQuoted",
                    ScalarStyle::Literal => "Literal",
                    ScalarStyle::Folded => "Folded",
                    _ => "Plain",
                };
                let properties = properties(anchor, tag);
                format!("{start}..{end}{properties} {style} {value:?}")
            }
            EventData::SequenceStart { anchor, tag, .. } => {
                open.push("Sequence");
                format!("{start}{} Sequence", properties(anchor, tag))
            }
            EventData::MappingStart { anchor, tag, .. } => {
                open.push("Mapping");
                format!("{start}{} Mapping", properties(anchor, tag))
            }
            EventData::SequenceEnd | EventData::MappingEnd => match open.pop() {
                Some(shape) => format!("end Some({shape}) {start}"),
                None => "end None".to_owned(),
            },
        });
    }
}

/// Where ours is right, by libyaml's and go-yaml's sources:
///
/// - a key may have 1024 characters; libyaml-safer counts bytes;
/// - two `\u` escapes may be the halves of one character, as in JSON, which Kubernetes reads with a reader of its own;
/// - `%c3%a4` in a tag is an `ä`; libyaml-safer takes each octet for a character, so ours refuses octets that are no UTF-8.
pub(super) fn is_known_difference(
    text: &str,
    ours: &Result<Vec<String>, String>,
    theirs: &Result<Vec<String>, String>,
) -> bool {
    let has_octets = text.contains('%') && text.contains('!');
    match (ours, theirs) {
        (Ok(_), Err(problem)) => {
            problem.contains("invalid Unicode character escape code")
                || text.len() > 1024 && !text.is_ascii() && problem.contains("find expected ':'")
                || text.len() > 1024
                    && !text.is_ascii()
                    && problem.contains("mapping values are not allowed")
        }
        (Err(problem), Ok(_)) => has_octets && problem.contains("octets that are no UTF-8"),
        (Ok(_), Ok(theirs)) => has_octets && theirs.iter().any(|line| !line.is_ascii()),
        (Err(_), Err(_)) => true,
    }
}
