//! Where in the text a value stands, and what to write there.

use std::ops::Range;

use super::value::{Value, quote};
use crate::document::Document;
use crate::path::PathSegment;
use crate::tree::{Content, Node, NodeId};
use crate::write::to_string;

/// A stretch of the text and what comes in its place.
#[derive(Debug)]
pub(super) struct Splice {
    at: Range<usize>,
    text: String,
}

impl Splice {
    pub(super) fn applied(&self, text: &str) -> Option<String> {
        let before = text.get(..self.at.start)?;
        let after = text.get(self.at.end..)?;
        // A file keeps its line breaks.
        let middle = if text.contains("\r\n") {
            self.text.replace('\n', "\r\n")
        } else {
            self.text.clone()
        };
        Some(format!("{before}{middle}{after}"))
    }
}

/// A value that is written in the text.
pub(super) struct Place<'d> {
    document: &'d Document,
    node: Node,
    /// The collection around it.
    around: Option<Node>,
    /// Its key, if it has one.
    key: Option<Node>,
    /// Its number among the entries around it.
    index: usize,
}

impl<'d> Place<'d> {
    /// The value at a path, unless an alias or a merge key brings it.
    pub(super) fn find(document: &'d Document, path: &[PathSegment]) -> Option<Self> {
        let tree = &document.tree;
        let mut place = Self {
            document,
            node: tree.node(document.root),
            around: None,
            key: None,
            index: 0,
        };
        for segment in path {
            let around = place.node;
            let (index, key, value) = place.step(around, segment)?;
            let node = tree.node(value);
            let key = key.map(|key| tree.node(key));
            let first = key.unwrap_or(node);
            let is_written =
                first.start >= around.start && node.start >= first.start && node.end <= around.end;
            if !is_written {
                return None;
            }
            place = Self {
                document,
                node,
                around: Some(around),
                key,
                index,
            };
        }
        Some(place)
    }

    fn step(&self, around: Node, segment: &PathSegment) -> Option<(usize, Option<NodeId>, NodeId)> {
        let tree = &self.document.tree;
        match (around.content(), segment) {
            (Content::Sequence(children), PathSegment::Index(index)) => {
                let item = tree.children(children).get(*index)?;
                Some((*index, None, *item))
            }
            (Content::Mapping(children), PathSegment::Key(name)) => tree
                .pairs(children)
                .enumerate()
                .find(|(_, (key, _))| tree.text(&self.document.source, *key) == Some(name))
                .map(|(index, (key, value))| (index, Some(key), value)),
            _ => None,
        }
    }

    fn text(&self) -> &'d str {
        &self.document.source.text
    }

    fn byte(&self, at: usize) -> u8 {
        self.text().as_bytes().get(at).copied().unwrap_or_default()
    }

    /// Whether a collection stands between brackets.
    fn is_flow(&self, node: Node) -> bool {
        matches!(node.content(), Content::Sequence(_) | Content::Mapping(_))
            && matches!(self.byte(node.start as usize), b'[' | b'{')
    }

    fn is_in_flow(&self) -> bool {
        self.around.is_some_and(|around| self.is_flow(around))
    }

    fn line_start(&self, at: usize) -> usize {
        let before = self.text().get(..at).unwrap_or_default();
        before.rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text().get(at..).unwrap_or_default();
        rest.find(['\n', '\r'])
            .map_or(self.text().len(), |end| at + end)
    }

    /// Blanks as wide as what stands before a byte on its line.
    fn indentation(&self, at: usize) -> String {
        let before = self.text().get(self.line_start(at)..at).unwrap_or_default();
        " ".repeat(before.chars().count())
    }

    /// Behind the line on which a value ends, where the next entry of a block may begin.
    fn behind_line(&self, end: usize) -> (usize, &'static str) {
        // A block scalar ends where the next line begins.
        if end > 0 && end == self.line_start(end) {
            return (end, "");
        }
        let end = self.line_end(end);
        let behind = match (self.byte(end), self.byte(end + 1)) {
            (b'\r', b'\n') => end + 2,
            (b'\r' | b'\n', _) => end + 1,
            _ => return (end, "\n"),
        };
        (behind, "")
    }

    /// Another value in the place of this one.
    pub(super) fn replace(&self, value: &Value) -> Option<Splice> {
        let (start, end) = (self.node.start as usize, self.node.end as usize);
        let is_block = matches!(value, Value::List(_) | Value::Mapping(_)) && !value.is_empty();
        let is_on_line = !self.text().get(start..end)?.contains(['\n', '\r']);
        if self.is_in_flow() {
            return Some(Splice {
                at: start..end,
                text: value.on_one_line(),
            });
        }
        let Some(key) = self.key.or(self.dash()) else {
            // The whole document.
            return Some(Splice {
                at: start..self.behind_line(end).0,
                text: block(value, "")?,
            });
        };
        if is_block {
            let indent = self.indentation(key.start as usize);
            let indent = below(&indent, value, self.key.is_some());
            // A comment behind the key stays there.
            let head = self.line_end(key.end as usize);
            let (at, break_before) = if start <= head && is_on_line {
                let blank = self
                    .text()
                    .get(..start)?
                    .trim_end_matches([' ', '\t'])
                    .len();
                let tail = self.text().get(end..self.line_end(end))?;
                let comment = tail.trim_end();
                let text = format!("{comment}\n{}", block(value, &indent)?);
                return Some(Splice {
                    at: blank..self.behind_line(end).0,
                    text,
                });
            } else if start <= head {
                let blank = self
                    .text()
                    .get(..start)?
                    .trim_end_matches([' ', '\t'])
                    .len();
                (blank..self.behind_line(end).0, "\n")
            } else {
                (self.line_start(start)..self.behind_line(end).0, "")
            };
            let text = format!("{break_before}{}", block(value, &indent)?);
            return Some(Splice { at, text });
        }
        let word = self.word(value)?;
        if is_on_line && start <= self.line_end(key.end as usize) {
            let gap = if start > 0 && matches!(self.byte(start - 1), b':' | b'-') {
                " "
            } else {
                ""
            };
            return Some(Splice {
                at: start..end,
                text: format!("{gap}{word}"),
            });
        }
        // What goes over lines goes away with them; a comment behind the key stays.
        let colon = key.end as usize + self.text().get(key.end as usize..)?.find([':', '-'])? + 1;
        let kept = self.text().get(colon..self.line_end(colon))?;
        let comment = kept.find('#').filter(|_| start > self.line_end(colon));
        let comment = comment
            .and_then(|at| kept.get(at..))
            .map(|text| format!(" {text}"));
        Some(Splice {
            at: colon..self.behind_line(end).0,
            text: format!(" {word}{}\n", comment.unwrap_or_default()),
        })
    }

    /// The `-` before an item, as if it were a key without its last character.
    fn dash(&self) -> Option<Node> {
        let around = self.around?;
        let before = self
            .text()
            .get(around.start as usize..self.node.start as usize);
        let dash = before?.rfind('-')? as u32 + around.start;
        matches!(around.content(), Content::Sequence(_))
            .then(|| Node::new(dash, dash, self.node.content()))
    }

    /// A scalar on one line, between the quotes that the old one has.
    fn word(&self, value: &Value) -> Option<String> {
        let quoted = self.byte(self.node.start as usize);
        let is_scalar = matches!(
            self.node.content(),
            Content::Scalar { .. } | Content::ScalarApart { .. }
        );
        if let Value::String(text) = value
            && is_scalar
        {
            let is_simple = text
                .chars()
                .all(|letter| matches!(letter, ' '..='~' if letter != '\''));
            match quoted {
                b'\'' if is_simple => return Some(format!("'{text}'")),
                b'\'' | b'"' => return Some(value.on_one_line()),
                _ => {}
            }
        }
        word(value)
    }

    /// A further pair behind those of this mapping.
    pub(super) fn add_pair(&self, key: &str, value: &Value) -> Option<Splice> {
        let Content::Mapping(children) = self.node.content() else {
            return None;
        };
        let mut written = String::new();
        match word(&Value::String(key.into())) {
            Some(key) if !self.is_flow(self.node) => written.push_str(&key),
            _ => quote(key, &mut written),
        }
        let tree = &self.document.tree;
        let pairs = tree.pairs(children).filter(|(key, _)| {
            // What a merge key brings is written elsewhere.
            tree.node(*key).start >= self.node.start
        });
        let ends = pairs.map(|(key, value)| (tree.node(key), tree.node(value)));
        let (first, last) = ends.fold((None, None), |(first, _), (key, value)| {
            (first.or(Some(key)), Some((key, value)))
        });
        if self.is_flow(self.node) {
            let entry = format!("{written}: {}", value.on_one_line());
            return Some(self.add_to_flow(last.map(|(_, value)| value), &entry));
        }
        let indent = self.indentation(first?.start as usize);
        let (key, last) = last?;
        let (at, break_before) = self.behind_line(last.end.max(key.end) as usize);
        let is_block = matches!(value, Value::List(_) | Value::Mapping(_)) && !value.is_empty();
        let text = if is_block {
            let inner = below(&indent, value, true);
            format!(
                "{break_before}{indent}{written}:\n{}",
                block(value, &inner)?
            )
        } else {
            format!("{break_before}{indent}{written}: {}\n", word(value)?)
        };
        Some(self.without_last_break(at, break_before, text))
    }

    /// A further item behind those of this list.
    pub(super) fn add_item(&self, value: &Value) -> Option<Splice> {
        let Content::Sequence(children) = self.node.content() else {
            return None;
        };
        let last = self
            .document
            .tree
            .node(*self.document.tree.children(children).last()?);
        if self.is_flow(self.node) {
            return Some(self.add_to_flow(Some(last), &value.on_one_line()));
        }
        if self.byte(self.node.start as usize) != b'-' {
            return None;
        }
        let indent = self.indentation(self.node.start as usize);
        let (at, break_before) = self.behind_line(last.end as usize);
        let is_block = matches!(value, Value::List(_) | Value::Mapping(_)) && !value.is_empty();
        let text = if is_block {
            let inner = format!("{indent}  ");
            let lines = block(value, &inner)?;
            format!("{break_before}{indent}- {}", lines.trim_start())
        } else {
            format!("{break_before}{indent}- {}\n", word(value)?)
        };
        Some(self.without_last_break(at, break_before, text))
    }

    /// A file whose last line does not end stays one.
    fn without_last_break(&self, at: usize, break_before: &str, mut text: String) -> Splice {
        if !break_before.is_empty() {
            text.pop();
        }
        Splice { at: at..at, text }
    }

    fn add_to_flow(&self, last: Option<Node>, entry: &str) -> Splice {
        let end = self.node.end as usize;
        match last {
            Some(last) => Splice {
                at: last.end as usize..last.end as usize,
                text: format!(", {entry}"),
            },
            None => Splice {
                at: end.saturating_sub(1)..end.saturating_sub(1),
                text: entry.to_owned(),
            },
        }
    }

    /// Nothing in the place of this entry. There are others beside it.
    pub(super) fn remove(&self) -> Option<Splice> {
        let around = self.around?;
        let tree = &self.document.tree;
        let neighbour = |index: Option<usize>| match around.content() {
            Content::Mapping(children) => {
                let (key, value) = tree.pairs(children).nth(index?)?;
                Some((tree.node(key), tree.node(value)))
            }
            Content::Sequence(children) => {
                let item = tree.node(*tree.children(children).get(index?)?);
                Some((item, item))
            }
            _ => None,
        };
        let next = neighbour(Some(self.index + 1));
        let end = self.node.end as usize;
        if self.is_in_flow() {
            let start = self.key.map_or(self.node.start, |key| key.start) as usize;
            let at = match (next, neighbour(self.index.checked_sub(1))) {
                (Some((next, _)), _) => start..next.start as usize,
                (None, Some((_, before))) => before.end as usize..end,
                (None, None) => return None,
            };
            return Some(Splice {
                at,
                text: String::new(),
            });
        }
        let start = self.key.or(self.dash())?.start as usize;
        let line = self.line_start(start);
        let is_first_on_line = self.text().get(line..start)?.trim().is_empty();
        let end = end.max(self.key.map_or(0, |key| key.end as usize));
        let at = if is_first_on_line {
            line..self.behind_line(end).0
        } else {
            // It shares its line with the `-` before it, behind which the next entry comes to stand.
            let behind = self.behind_line(end).0;
            let rest = self.text().get(behind..)?;
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            start..behind + blanks
        };
        Some(Splice {
            at,
            text: String::new(),
        })
    }
}

/// A scalar or an empty collection on one line.
fn word(value: &Value) -> Option<String> {
    let text = to_string(value).ok()?;
    let text = text.trim_end_matches('\n');
    let is_on_line = !text.contains('\n') && !text.starts_with(['|', '>']);
    Some(if is_on_line {
        text.to_owned()
    } else {
        value.on_one_line()
    })
}

/// The indentation of a value below a key or dash at `indent`: a list stands where its key stands, as `kubectl` and kustomize write it.
fn below(indent: &str, value: &Value, is_of_key: bool) -> String {
    let is_list = is_of_key && matches!(value, Value::List(_));
    if is_list {
        indent.to_owned()
    } else {
        format!("{indent}  ")
    }
}

/// Lines of a block, each behind `indent`.
fn block(value: &Value, indent: &str) -> Option<String> {
    let text = to_string(value).ok()?;
    let lines = text.lines().map(|line| match line {
        "" => "\n".to_owned(),
        line => format!("{indent}{line}\n"),
    });
    Some(lines.collect())
}
