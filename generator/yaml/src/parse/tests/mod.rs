//! libyaml-safer judges the parser: the same texts are accepted, and the same nodes made of them.

mod corpus;
mod judge;
mod linear;
mod random;
mod table;

use super::bytes::short_slice;
use super::machine::run;
use super::sink::{Properties, Shape, Sink, Stretch};
use super::token::{Style, SyntaxError, Text};

/// What both parsers say about a node, a line for each.
#[derive(Default)]
struct Recorder<'a> {
    source: &'a str,
    lines: Vec<String>,
    open: Vec<Shape>,
}

impl Recorder<'_> {
    fn properties(properties: &Properties<'_>) -> String {
        let anchor = properties.anchor.map(|anchor| format!(" &{anchor}"));
        let tag = properties.tag.as_deref().map(|tag| format!(" <{tag}>"));
        anchor.unwrap_or_default() + &tag.unwrap_or_default()
    }
}

impl<'a> Sink<'a> for Recorder<'a> {
    type Stop = Box<SyntaxError>;

    fn alias(&mut self, name: &'a str, at: Stretch) -> Result<(), Self::Stop> {
        let Stretch { start, end } = at;
        self.lines.push(format!("{start}..{end} *{name}"));
        Ok(())
    }

    fn scalar(
        &mut self,
        properties: &Properties<'a>,
        style: Style,
        text: Text,
        at: Stretch,
        strings: &str,
    ) -> Result<(), Self::Stop> {
        let text = match text {
            Text::Source { at, len } => short_slice(self.source, at, at + len),
            Text::Apart { at, len } => short_slice(strings, at, at + len),
        };
        let Stretch { start, end } = at;
        let properties = Self::properties(properties);
        self.lines
            .push(format!("{start}..{end}{properties} {style:?} {text:?}"));
        Ok(())
    }

    fn begin(
        &mut self,
        properties: &Properties<'a>,
        shape: Shape,
        at: Stretch,
    ) -> Result<(), Self::Stop> {
        let properties = Self::properties(properties);
        self.lines
            .push(format!("{}{properties} {shape:?}", at.start));
        self.open.push(shape);
        Ok(())
    }

    fn end(&mut self, at: Stretch, _: &str) -> Result<(), Self::Stop> {
        let shape = self.open.pop();
        self.lines.push(format!("end {shape:?} {}", at.start));
        Ok(())
    }

    fn document(
        &mut self,
        strings: &mut String,
        comments: &mut Vec<(u32, u32)>,
    ) -> Result<(), Self::Stop> {
        self.lines.push("document".to_owned());
        strings.clear();
        comments.clear();
        Ok(())
    }
}

/// What our parser makes of a text, or why it makes nothing of it.
fn ours(text: &str) -> Result<Vec<String>, String> {
    if super::bytes::checked(text.as_bytes()).is_err() {
        return Err("control characters are not allowed".to_owned());
    }
    let mut recorder = Recorder {
        source: text,
        ..Recorder::default()
    };
    match run(text, &mut recorder) {
        Ok(()) => Ok(recorder.lines),
        Err(error) => Err(format!("{} at {}", error.message, error.at)),
    }
}

/// Says what differs between our parser and libyaml-safer, if anything does.
fn difference(text: &str) -> Option<String> {
    let theirs = match judge::events(text) {
        judge::Verdict::Events(lines) => Ok(lines),
        judge::Verdict::Refused(problem) => Err(problem),
        judge::Verdict::Panicked => return None,
    };
    let ours = ours(text);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) if ours == theirs => None,
        (Err(_), Err(_)) => None,
        _ if judge::is_known_difference(text, &ours, &theirs) => None,
        _ => Some(format!("{text:?}\nours   {ours:#?}\ntheirs {theirs:#?}")),
    }
}
