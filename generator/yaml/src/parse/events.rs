//! The front end: text to parser events with byte offsets. Nothing else in this crate knows which parser makes them.

use std::borrow::Cow;

use libyaml_safer::{Encoding, EventData, Mark, Parser, ScalarStyle};

use super::guard;

pub(super) struct Event {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) data: Data,
}

pub(super) enum Data {
    DocumentStart,
    DocumentEnd,
    Alias {
        anchor: String,
    },
    Scalar {
        anchor: Option<String>,
        tag: Option<String>,
        text: String,
        is_plain: bool,
    },
    SequenceStart {
        anchor: Option<String>,
        tag: Option<String>,
    },
    MappingStart {
        anchor: Option<String>,
        tag: Option<String>,
    },
    /// The end of a sequence or mapping.
    End,
}

/// Why the text is no YAML.
pub(super) struct SyntaxError {
    pub(super) message: String,
    pub(super) at: usize,
    /// What was being read, and where that began.
    pub(super) context: Option<(String, usize)>,
}

const MARK: &str = "\u{feff}";

/// Gives each event of `text` to `take` until one of them fails.
pub(super) fn each_event<E: From<SyntaxError>>(
    text: &str,
    mut take: impl FnMut(Event) -> Result<(), E>,
) -> Result<(), E> {
    let body = text.strip_prefix(MARK).unwrap_or(text);
    let shift = text.len() - body.len();
    if let Some((at, _)) = body
        .char_indices()
        .find(|(_, character)| !is_allowed(*character))
    {
        let message = "control characters are not allowed".to_owned();
        return Err(E::from(SyntaxError {
            message,
            at: at + shift,
            context: None,
        }));
    }
    guard::check(body).map_err(|error| SyntaxError {
        at: error.at + shift,
        ..error
    })?;

    let ended = with_line_break(body);
    let mut input = ended.as_bytes();
    let mut parser = Parser::new();
    parser.set_input_string(&mut input);
    parser.set_encoding(Encoding::Utf8);
    let offset = |mark: Mark| {
        usize::try_from(mark.index)
            .unwrap_or(usize::MAX)
            .min(body.len())
            + shift
    };
    loop {
        let event = parser
            .parse()
            .map_err(|error| syntax_error(&error, offset))?;
        let data = match event.data {
            EventData::StreamStart { .. } => continue,
            EventData::StreamEnd => return Ok(()),
            EventData::DocumentStart { .. } => Data::DocumentStart,
            EventData::DocumentEnd { .. } => Data::DocumentEnd,
            EventData::Alias { anchor } => Data::Alias { anchor },
            EventData::Scalar {
                anchor,
                tag,
                mut value,
                style,
                ..
            } => {
                let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                if is_block && ended.len() > body.len() && event.end_mark.index > body.len() as u64
                {
                    let start = usize::try_from(event.start_mark.index).unwrap_or(usize::MAX);
                    take_back_line_break(&mut value, body, start);
                }
                Data::Scalar {
                    anchor,
                    tag,
                    text: value,
                    is_plain: style == ScalarStyle::Plain,
                }
            }
            EventData::SequenceStart { anchor, tag, .. } => Data::SequenceStart { anchor, tag },
            EventData::MappingStart { anchor, tag, .. } => Data::MappingStart { anchor, tag },
            EventData::SequenceEnd | EventData::MappingEnd => Data::End,
        };
        take(Event {
            start: offset(event.start_mark),
            end: offset(event.end_mark),
            data,
        })?;
    }
}

/// libyaml-safer 0.3 panics on a block scalar at the end of a text whose last line does not end (`read_line_break`).
pub(super) fn with_line_break(body: &str) -> Cow<'_, str> {
    if body.is_empty() || body.ends_with(['\n', '\r']) {
        Cow::Borrowed(body)
    } else {
        Cow::Owned(format!("{body}\n"))
    }
}

/// Undoes what the added line break did to the block scalar that begins at byte `start` and goes on to the end of `body`.
fn take_back_line_break(value: &mut String, body: &str, start: usize) {
    let is_blank = |line: &str| line.bytes().all(|byte| byte == b' ');
    let last_line = body.rsplit(['\n', '\r']).next().unwrap_or_default();
    let header = body
        .get(start..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let is_kept = header
        .split('#')
        .next()
        .is_some_and(|indicators| indicators.contains('+'));
    let Some(text) = value.strip_suffix('\n') else {
        return;
    };
    let text_line = text.rsplit('\n').next().unwrap_or_default();
    if is_kept || !is_blank(last_line) || (!text_line.is_empty() && is_blank(text_line)) {
        value.pop();
    }
}

fn syntax_error(error: &libyaml_safer::Error, offset: impl Fn(Mark) -> usize) -> SyntaxError {
    SyntaxError {
        message: error.problem().to_owned(),
        at: error.problem_mark().map_or(0, &offset),
        context: error
            .context()
            .zip(error.context_mark())
            .map(|(text, mark)| (text.to_owned(), offset(mark))),
    }
}

/// YAML 1.1, `c-printable`.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}
