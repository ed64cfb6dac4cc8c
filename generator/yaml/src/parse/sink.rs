//! What the grammar finds, and who takes it.

use std::borrow::Cow;

use super::token::{Style, SyntaxError, Text};

/// What stands before a node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Properties<'a> {
    pub(super) anchor: Option<&'a str>,
    pub(super) tag: Option<Cow<'a, str>>,
}

/// Where a node is in the text, its properties with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) start: u32,
    pub(super) end: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Sequence,
    Mapping,
}

/// What is made of a text, in its order. Texts apart are bytes of `strings`.
pub(super) trait Sink<'a> {
    /// Why nothing can be made of it.
    type Stop: From<Box<SyntaxError>>;

    fn alias(&mut self, name: &'a str, at: Stretch) -> Result<(), Self::Stop>;
    fn scalar(
        &mut self,
        properties: &Properties<'a>,
        style: Style,
        text: Text,
        at: Stretch,
        strings: &str,
    ) -> Result<(), Self::Stop>;
    fn begin(
        &mut self,
        properties: &Properties<'a>,
        shape: Shape,
        at: Stretch,
    ) -> Result<(), Self::Stop>;
    /// The innermost collection ends; at a bracket, or where the next thing begins.
    fn end(&mut self, at: Stretch, strings: &str) -> Result<(), Self::Stop>;
    /// A document ends, `explicitly` at `...`. Its strings and comments can be taken.
    fn document(
        &mut self,
        strings: &mut String,
        comments: &mut Vec<(u32, u32)>,
    ) -> Result<(), Self::Stop>;
}

pub(super) const NO_PROPERTIES: Properties<'static> = Properties {
    anchor: None,
    tag: None,
};
