//! Tokens to nodes: the grammar, as libyaml's parser has it, without recursion.

use std::borrow::Cow;

use super::bytes::short_slice;
use super::scanner::Scanner;
use super::sink::{NO_PROPERTIES, Properties, Shape, Sink, Stretch};
use super::tag::{directive_parts, tag_parts};
use super::token::{Kind, Style, SyntaxError, Text, Token};

/// What is expected next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    FirstDocument,
    Document,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequenceEntry,
    IndentlessEntry,
    BlockKey,
    BlockValue,
    FlowFirstEntry,
    FlowEntry,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowFirstKey,
    FlowKey,
    FlowValue,
    FlowEmptyValue,
    End,
}

pub(super) struct Machine<'a, 's, S> {
    pub(super) scanner: Scanner<'a>,
    pub(super) sink: &'s mut S,
    pub(super) state: State,
    /// To go on with when what is open has ended.
    pub(super) states: Vec<State>,
    /// Where each collection that is open began.
    pub(super) marks: Vec<u32>,
    /// Handles and prefixes of tags.
    handles: Vec<(&'a str, Cow<'a, str>)>,
}

/// Gives all nodes of `text` to `sink`.
pub(super) fn run<'a, S: Sink<'a>>(text: &'a str, sink: &mut S) -> Result<(), S::Stop> {
    finish(text, sink).map(|_| ())
}

/// Runs to the end; the scanner as it is then.
pub(super) fn finish<'a, S: Sink<'a>>(text: &'a str, sink: &mut S) -> Result<Scanner<'a>, S::Stop> {
    let mut machine = Machine {
        scanner: Scanner::new(text),
        sink,
        state: State::FirstDocument,
        states: Vec::new(),
        marks: Vec::new(),
        handles: Vec::new(),
    };
    while machine.state != State::End {
        machine.step()?;
    }
    Ok(machine.scanner)
}

impl<'a, S: Sink<'a>> Machine<'a, '_, S> {
    fn step(&mut self) -> Result<(), S::Stop> {
        match self.state {
            State::FirstDocument => self.document_start(true),
            State::Document => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::BlockNode => self.node(true, false),
            State::BlockSequenceEntry => self.block_entry(),
            State::IndentlessEntry => self.indentless_entry(),
            State::BlockKey => self.block_key(),
            State::BlockValue => self.block_value(),
            State::FlowFirstEntry => self.flow_entry(true),
            State::FlowEntry => self.flow_entry(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => self.flow_pair_end(),
            State::FlowFirstKey => self.flow_key(true),
            State::FlowKey => self.flow_key(false),
            State::FlowValue => self.flow_value(),
            State::FlowEmptyValue => {
                let token = self.scanner.peek()?;
                self.empty(token.start, State::FlowKey)
            }
            State::End => Ok(()),
        }
    }

    pub(super) fn error(
        &self,
        message: &'static str,
        at: u32,
        context: Option<(&'static str, u32)>,
    ) -> S::Stop {
        Box::new(SyntaxError {
            message,
            at: at as usize,
            context: context.map(|(context, at)| (context, at as usize)),
        })
        .into()
    }

    /// An error in a collection that is open.
    pub(super) fn error_within(
        &self,
        context: &'static str,
        message: &'static str,
        at: u32,
    ) -> S::Stop {
        let begun = self.marks.last().map(|mark| (context, *mark));
        self.error(message, at, begun)
    }

    pub(super) fn pop(&mut self) {
        self.state = self.states.pop().unwrap_or(State::End);
    }

    fn document_start(&mut self, is_first: bool) -> Result<(), S::Stop> {
        let mut token = self.scanner.peek()?;
        while !is_first && token.kind == Kind::DocumentEnd {
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        match token.kind {
            Kind::StreamEnd => {
                self.state = State::End;
                return Ok(());
            }
            Kind::VersionDirective { .. } | Kind::TagDirective | Kind::DocumentStart => {}
            _ if is_first => {
                self.directives(token)?;
                self.states.push(State::DocumentEnd);
                self.state = State::BlockNode;
                return Ok(());
            }
            _ => {}
        }
        let token = self.directives(token)?;
        if token.kind != Kind::DocumentStart {
            return Err(self.error("did not find expected <document start>", token.start, None));
        }
        self.scanner.skip();
        self.states.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(())
    }

    /// Takes directives; the token behind them.
    fn directives(&mut self, mut token: Token) -> Result<Token, S::Stop> {
        let mut has_version = false;
        loop {
            match token.kind {
                Kind::VersionDirective { major, minor } => {
                    if has_version {
                        let message = "found duplicate %YAML directive";
                        return Err(self.error(message, token.start, None));
                    }
                    if major != 1 || !matches!(minor, 1 | 2) {
                        let message = "found incompatible YAML document";
                        return Err(self.error(message, token.start, None));
                    }
                    has_version = true;
                }
                Kind::TagDirective => {
                    let written = short_slice(self.scanner.text, token.start, token.end);
                    let (handle, prefix) = directive_parts(written);
                    if self.handles.iter().any(|(known, _)| *known == handle) {
                        let message = "found duplicate %TAG directive";
                        return Err(self.error(message, token.start, None));
                    }
                    self.handles.push((handle, prefix));
                }
                _ => return Ok(token),
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
    }

    fn document_content(&mut self) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::VersionDirective { .. }
            | Kind::TagDirective
            | Kind::DocumentStart
            | Kind::DocumentEnd
            | Kind::StreamEnd => {
                self.pop();
                self.put_empty(token.start)
            }
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        if token.kind == Kind::DocumentEnd {
            self.scanner.skip();
        }
        self.handles.clear();
        self.state = State::Document;
        self.sink
            .document(&mut self.scanner.strings, &mut self.scanner.comments)
    }

    /// A node without anything that is written, and what comes behind it.
    pub(super) fn empty(&mut self, at: u32, next: State) -> Result<(), S::Stop> {
        self.state = next;
        self.put_empty(at)
    }

    fn put_empty(&mut self, at: u32) -> Result<(), S::Stop> {
        let at = Stretch { start: at, end: at };
        self.sink
            .scalar(&NO_PROPERTIES, Style::Plain, Text::EMPTY, at, "")
    }

    /// A node, behind which `next` is expected.
    pub(super) fn node_then(&mut self, is_block: bool, next: State) -> Result<(), S::Stop> {
        self.states.push(next);
        self.node(is_block, false)
    }

    pub(super) fn node(&mut self, is_block: bool, may_be_indentless: bool) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::Scalar { style, text } => {
                self.scanner.skip();
                self.pop();
                let at = Stretch {
                    start: token.start,
                    end: token.end,
                };
                let strings = &self.scanner.strings;
                self.sink.scalar(&NO_PROPERTIES, style, text, at, strings)
            }
            Kind::Alias => {
                self.scanner.skip();
                self.pop();
                let name = short_slice(self.scanner.text, token.start + 1, token.end);
                let at = Stretch {
                    start: token.start,
                    end: token.end,
                };
                self.sink.alias(name, at)
            }
            Kind::Anchor | Kind::Tag => self.node_with_properties(is_block, may_be_indentless),
            _ => self.content(
                is_block,
                may_be_indentless,
                &NO_PROPERTIES,
                token.start,
                None,
            ),
        }
    }

    fn node_with_properties(
        &mut self,
        is_block: bool,
        may_be_indentless: bool,
    ) -> Result<(), S::Stop> {
        let mut token = self.scanner.peek()?;
        let start = token.start;
        let mut end = token.start;
        let mut anchor = None;
        let mut tag = None;
        // One of each, in either order.
        loop {
            match token.kind {
                Kind::Anchor if anchor.is_none() => anchor = Some(token),
                Kind::Tag if tag.is_none() => tag = Some(token),
                _ => break,
            }
            end = token.end;
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        let text = self.scanner.text;
        let properties = Properties {
            anchor: anchor.map(|token| short_slice(text, token.start + 1, token.end)),
            tag: match tag {
                Some(token) => Some(self.resolve(token, start)?),
                None => None,
            },
        };
        self.content(is_block, may_be_indentless, &properties, start, Some(end))
    }

    /// A tag written out.
    fn resolve(&self, token: Token, start: u32) -> Result<Cow<'a, str>, S::Stop> {
        let (handle, suffix) = tag_parts(short_slice(self.scanner.text, token.start, token.end));
        let declared = self.handles.iter().find(|(known, _)| *known == handle);
        let prefix = match (handle, declared) {
            ("", _) => return Ok(suffix),
            (_, Some((_, prefix))) => prefix,
            ("!", None) => "!",
            ("!!", None) => "tag:yaml.org,2002:",
            _ => {
                let context = Some(("while parsing a node", start));
                return Err(self.error("found undefined tag handle", token.start, context));
            }
        };
        Ok(Cow::Owned(format!("{prefix}{suffix}")))
    }

    /// What a node consists of behind its properties, which end at `properties_end` if there are any.
    fn content(
        &mut self,
        is_block: bool,
        may_be_indentless: bool,
        properties: &Properties<'a>,
        start: u32,
        properties_end: Option<u32>,
    ) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        let at = Stretch {
            start,
            end: token.end,
        };
        let (shape, state) = match token.kind {
            Kind::BlockEntry if may_be_indentless => (Shape::Sequence, State::IndentlessEntry),
            Kind::Scalar { style, text } => {
                self.scanner.skip();
                self.pop();
                let strings = &self.scanner.strings;
                return self.sink.scalar(properties, style, text, at, strings);
            }
            Kind::FlowSequenceStart => (Shape::Sequence, State::FlowFirstEntry),
            Kind::FlowMappingStart => (Shape::Mapping, State::FlowFirstKey),
            Kind::BlockSequenceStart if is_block => (Shape::Sequence, State::BlockSequenceEntry),
            Kind::BlockMappingStart if is_block => (Shape::Mapping, State::BlockKey),
            _ => {
                let Some(end) = properties_end else {
                    let context = if is_block {
                        "while parsing a block node"
                    } else {
                        "while parsing a flow node"
                    };
                    let message = "did not find expected node content";
                    return Err(self.error(message, token.start, Some((context, start))));
                };
                self.pop();
                let at = Stretch { start, end };
                return self
                    .sink
                    .scalar(properties, Style::Plain, Text::EMPTY, at, "");
            }
        };
        if state != State::IndentlessEntry {
            self.marks.push(token.start);
            self.scanner.skip();
        }
        self.state = state;
        self.sink.begin(properties, shape, at)
    }

    /// The end of a collection at the token that was peeked at.
    pub(super) fn end(&mut self, token: Token) -> Result<(), S::Stop> {
        self.scanner.skip();
        self.marks.pop();
        self.end_before(token)
    }

    pub(super) fn end_before(&mut self, token: Token) -> Result<(), S::Stop> {
        self.pop();
        let at = Stretch {
            start: token.start,
            end: token.end,
        };
        self.sink.end(at, &self.scanner.strings)
    }
}
