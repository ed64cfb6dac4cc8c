//! Tokens to entries of collections: blocks, and flows between brackets.

use super::machine::{Machine, State};
use super::sink::{NO_PROPERTIES, Shape, Sink, Stretch};
use super::token::{Kind, Token};

impl<'a, S: Sink<'a>> Machine<'a, '_, S> {
    pub(super) fn block_entry(&mut self) -> Result<(), S::Stop> {
        if self.entry_on_lane(false)? {
            return Ok(());
        }
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::BlockEntry => {
                self.scanner.skip();
                self.item_behind(token.end, State::BlockSequenceEntry)
            }
            Kind::BlockEnd => self.end(token),
            _ => Err(self.error_within(
                "while parsing a block collection",
                "did not find expected '-' indicator",
                token.start,
            )),
        }
    }

    /// Items of a list in a mapping that stand where its keys stand.
    pub(super) fn indentless_entry(&mut self) -> Result<(), S::Stop> {
        if self.entry_on_lane(true)? {
            return Ok(());
        }
        let token = self.scanner.peek()?;
        if token.kind != Kind::BlockEntry {
            let at = Token {
                end: token.start,
                ..token
            };
            return self.end_before(at);
        }
        self.scanner.skip();
        self.item_behind(token.end, State::IndentlessEntry)
    }

    /// The item behind a `-` that ends at `dash`.
    pub(super) fn item_behind(&mut self, dash: u32, list: State) -> Result<(), S::Stop> {
        match self.scanner.peek()?.kind {
            Kind::BlockEntry | Kind::BlockEnd => self.empty(dash, list),
            Kind::Key | Kind::Value if list == State::IndentlessEntry => self.empty(dash, list),
            _ => self.node_then(true, list),
        }
    }

    pub(super) fn block_key(&mut self) -> Result<(), S::Stop> {
        if self.key_on_lane()? {
            return Ok(());
        }
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::Key => {
                self.scanner.skip();
                self.block_pair_half(token.end, State::BlockValue)
            }
            Kind::BlockEnd => self.end(token),
            _ => Err(self.error_within(
                "while parsing a block mapping",
                "did not find expected key",
                token.start,
            )),
        }
    }

    pub(super) fn block_value(&mut self) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        if token.kind != Kind::Value {
            return self.empty(token.start, State::BlockKey);
        }
        self.scanner.skip();
        self.block_pair_half(token.end, State::BlockKey)
    }

    /// The key or value behind its indicator, which ends at `indicator`.
    pub(super) fn block_pair_half(&mut self, indicator: u32, next: State) -> Result<(), S::Stop> {
        if next == State::BlockKey && self.block_on_lane(next)? {
            return Ok(());
        }
        match self.scanner.peek()?.kind {
            Kind::Key | Kind::Value | Kind::BlockEnd => self.empty(indicator, next),
            _ => {
                self.states.push(next);
                self.node(true, true)
            }
        }
    }

    /// Goes behind the comma that a further entry needs; the token of the entry or the end.
    pub(super) fn flow_comma(
        &mut self,
        is_first: bool,
        end: Kind,
        context: &'static str,
        message: &'static str,
    ) -> Result<Token, S::Stop> {
        let token = self.scanner.peek()?;
        if is_first || token.kind == end {
            return Ok(token);
        }
        if token.kind != Kind::FlowEntry {
            return Err(self.error_within(context, message, token.start));
        }
        self.scanner.skip();
        Ok(self.scanner.peek()?)
    }

    pub(super) fn flow_entry(&mut self, is_first: bool) -> Result<(), S::Stop> {
        let token = self.flow_comma(
            is_first,
            Kind::FlowSequenceEnd,
            "while parsing a flow sequence",
            "did not find expected ',' or ']'",
        )?;
        match token.kind {
            Kind::FlowSequenceEnd => self.end(token),
            Kind::Key => {
                self.scanner.skip();
                self.state = State::FlowPairKey;
                let at = Stretch {
                    start: token.start,
                    end: token.end,
                };
                self.sink.begin(&NO_PROPERTIES, Shape::Mapping, at)
            }
            _ => self.node_then(false, State::FlowEntry),
        }
    }

    pub(super) fn flow_pair_key(&mut self) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        match token.kind {
            Kind::Value | Kind::FlowEntry | Kind::FlowSequenceEnd => {
                // libyaml takes the token away, which makes `[? : x]` an error; so do others.
                self.scanner.skip();
                self.empty(token.end, State::FlowPairValue)
            }
            _ => self.node_then(false, State::FlowPairValue),
        }
    }

    pub(super) fn flow_pair_value(&mut self) -> Result<(), S::Stop> {
        let mut token = self.scanner.peek()?;
        if token.kind == Kind::Value {
            self.scanner.skip();
            token = self.scanner.peek()?;
            if !matches!(token.kind, Kind::FlowEntry | Kind::FlowSequenceEnd) {
                return self.node_then(false, State::FlowPairEnd);
            }
        }
        self.empty(token.start, State::FlowPairEnd)
    }

    pub(super) fn flow_pair_end(&mut self) -> Result<(), S::Stop> {
        let token = self.scanner.peek()?;
        self.state = State::FlowEntry;
        let at = Stretch {
            start: token.start,
            end: token.start,
        };
        self.sink.end(at, &self.scanner.strings)
    }

    pub(super) fn flow_key(&mut self, is_first: bool) -> Result<(), S::Stop> {
        let token = self.flow_comma(
            is_first,
            Kind::FlowMappingEnd,
            "while parsing a flow mapping",
            "did not find expected ',' or '}'",
        )?;
        match token.kind {
            Kind::FlowMappingEnd => self.end(token),
            Kind::Key => {
                self.scanner.skip();
                let token = self.scanner.peek()?;
                match token.kind {
                    Kind::Value | Kind::FlowEntry | Kind::FlowMappingEnd => {
                        self.empty(token.start, State::FlowValue)
                    }
                    _ => self.node_then(false, State::FlowValue),
                }
            }
            _ => self.node_then(false, State::FlowEmptyValue),
        }
    }

    pub(super) fn flow_value(&mut self) -> Result<(), S::Stop> {
        let mut token = self.scanner.peek()?;
        if token.kind == Kind::Value {
            self.scanner.skip();
            token = self.scanner.peek()?;
            if !matches!(token.kind, Kind::FlowEntry | Kind::FlowMappingEnd) {
                return self.node_then(false, State::FlowKey);
            }
        }
        self.empty(token.start, State::FlowKey)
    }
}
