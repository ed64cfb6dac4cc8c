//! Nodes to trees: flat, without recursion, within the budget.

use std::collections::HashMap;
use std::sync::Arc;

use luban_diagnostic::Finding;

use super::mapping;
use super::sink::{Properties, Shape, Sink, Stretch};
use super::token::{Style, SyntaxError, Text};
use crate::budget::Budget;
use crate::document::Document;
use crate::tree::{self, Children, Content, MOST, Node, NodeId, ScalarKind, Source, Tree};

/// Why no tree can be made.
pub(super) enum Stop {
    Syntax(Box<SyntaxError>),
    Finding(Box<Finding>),
}

impl From<Box<SyntaxError>> for Stop {
    fn from(error: Box<SyntaxError>) -> Self {
        Self::Syntax(error)
    }
}

impl From<Box<Finding>> for Stop {
    fn from(finding: Box<Finding>) -> Self {
        Self::Finding(finding)
    }
}

/// What a node amounts to with its aliases written out.
#[derive(Clone, Copy)]
struct Extent {
    nodes: u64,
    levels: u32,
}

const SCALAR: Extent = Extent {
    nodes: 1,
    levels: 0,
};

/// A collection whose end is still to come.
struct Open<'a> {
    node: NodeId,
    shape: Shape,
    /// Where its children begin among the pending ones.
    base: usize,
    anchor: Option<&'a str>,
    /// Of it and what has come of it.
    extent: Extent,
}

pub(super) struct Builder<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) documents: Vec<Document>,
    pub(super) findings: Vec<Finding>,
    /// Mistakes beyond those that are kept.
    more_findings: usize,
    budget: Budget,
    root: NodeId,
    pub(super) nodes: Vec<Node>,
    pub(super) children: Vec<NodeId>,
    open: Vec<Open<'a>>,
    pub(super) pending: Vec<NodeId>,
    anchors: HashMap<&'a str, (NodeId, Extent)>,
    /// Pairs that merge keys have looked at.
    merged: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a Arc<Source>, budget: Budget) -> Self {
        // About as many as a text of this length has, so that small files do not grow their vectors step by step.
        let likely = (source.text.len() / 12 + 8).min(1 << 12);
        Self {
            source,
            documents: Vec::with_capacity(1),
            findings: Vec::new(),
            more_findings: 0,
            budget,
            root: NodeId(0),
            nodes: Vec::with_capacity(likely),
            children: Vec::with_capacity(likely),
            open: Vec::with_capacity(16),
            pending: Vec::with_capacity(64),
            anchors: HashMap::new(),
            merged: 0,
        }
    }

    #[inline]
    fn push(&mut self, at: Stretch, content: Content) -> NodeId {
        // Fewer nodes than bytes, and bytes fit 28 bits.
        let id = NodeId(self.nodes.len() as u32);
        reserve(&mut self.nodes, 1);
        self.nodes.push(Node::new(at.start, at.end, content));
        id
    }

    /// Puts a finished or shared node into the collection that is open.
    #[inline]
    fn add(&mut self, id: NodeId, extent: Extent) {
        match self.open.last_mut() {
            None => self.root = id,
            Some(open) => {
                open.extent.nodes = open.extent.nodes.saturating_add(extent.nodes);
                open.extent.levels = open.extent.levels.max(extent.levels + 1);
                reserve(&mut self.pending, 1);
                self.pending.push(id);
            }
        }
    }

    pub(super) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// Whether the next node is what a `<<` merges.
    fn is_behind_merge_key(&self) -> bool {
        let base = self.open.last().map_or(0, |open| open.base);
        let written = self.pending.get(base..).unwrap_or_default();
        let key = written.last().filter(|_| written.len() % 2 == 1);
        let is_mapping = self
            .open
            .last()
            .is_some_and(|open| open.shape == Shape::Mapping);
        is_mapping && key.and_then(|key| self.text(*key, "")) == Some("<<")
    }

    /// A scalar's text, or nothing for a collection.
    pub(super) fn text<'b>(&'b self, id: NodeId, strings: &'b str) -> Option<&'b str> {
        tree::text(self.node(id)?.content(), &self.source.text, strings)
    }

    /// Keeps a mistake that leaves a tree. A file of nothing but mistakes must not cost more than other files.
    pub(super) fn record(&mut self, finding: impl FnOnce(&Source) -> Finding) {
        const MOST_FINDINGS: usize = 500;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding(self.source));
        } else {
            self.more_findings += 1;
        }
    }

    fn scalar_kind(&mut self, tag: Option<&str>, style: Style, at: Stretch) -> ScalarKind {
        match tag {
            None if style == Style::Plain => ScalarKind::Plain,
            None | Some("!" | "tag:yaml.org,2002:str" | "tag:yaml.org,2002:timestamp") => {
                ScalarKind::String
            }
            Some(
                "tag:yaml.org,2002:int"
                | "tag:yaml.org,2002:float"
                | "tag:yaml.org,2002:bool"
                | "tag:yaml.org,2002:null",
            ) => ScalarKind::Tagged,
            Some(tag) => {
                self.unknown_tag(tag, at);
                ScalarKind::String
            }
        }
    }

    fn unknown_tag(&mut self, tag: &str, at: Stretch) {
        self.record(|source| {
            let shown = tag
                .strip_prefix("tag:yaml.org,2002:")
                .map_or_else(|| tag.to_owned(), |tag| format!("!!{tag}"));
            let message = format!("tag `{shown}` means nothing in an object of Kubernetes");
            let place = source.place(at.start as usize, at.end as usize);
            Finding::error("unknown-tag", message).at(place)
        });
    }

    fn too_deep(&self, at: u32) -> Box<Finding> {
        let message = format!(
            "values are nested more than {} levels deep",
            self.budget.nesting
        );
        let place = self.source.place(at as usize, at as usize);
        Box::new(Finding::error("nesting", message).at(place))
    }

    /// Counts pairs that a merge key looks at.
    pub(super) fn count_merged(&mut self, pairs: usize, at: u32) -> Result<(), Box<Finding>> {
        self.merged = self.merged.saturating_add(pairs);
        if self.merged > self.budget.aliases {
            Err(self.too_many_aliases(at))
        } else {
            Ok(())
        }
    }

    fn too_many_aliases(&self, at: u32) -> Box<Finding> {
        let message = format!("aliases add more than {} values", self.budget.aliases);
        let place = self.source.place(at as usize, at as usize);
        Box::new(Finding::error("aliases", message).at(place))
    }
}

impl<'a> Sink<'a> for Builder<'a> {
    type Stop = Stop;

    fn alias(&mut self, name: &'a str, at: Stretch) -> Result<(), Stop> {
        let Some((id, mut extent)) = self.anchors.get(name).copied() else {
            let message = format!("alias `*{name}` has no anchor `&{name}` before it");
            let place = self.source.place(at.start as usize, at.end as usize);
            let finding = Finding::error("unknown-anchor", message).at(place);
            return Err(Box::new(finding).into());
        };
        if self.is_behind_merge_key() {
            // What is merged comes to stand here, not a level further down.
            extent.levels = extent.levels.saturating_sub(1);
        }
        self.add(id, extent);
        Ok(())
    }

    #[inline]
    fn scalar(
        &mut self,
        properties: &Properties<'a>,
        style: Style,
        text: Text,
        at: Stretch,
        _: &str,
    ) -> Result<(), Stop> {
        let kind = self.scalar_kind(properties.tag.as_deref(), style, at);
        let content = match text {
            Text::Source { at, len } => Content::Scalar { kind, at, len },
            Text::Apart { at, len } => Content::ScalarApart { kind, at, len },
        };
        let id = self.push(at, content);
        if let Some(anchor) = properties.anchor {
            self.anchors.insert(anchor, (id, SCALAR));
        }
        self.add(id, SCALAR);
        Ok(())
    }

    fn begin(
        &mut self,
        properties: &Properties<'a>,
        shape: Shape,
        at: Stretch,
    ) -> Result<(), Stop> {
        if self.open.len() >= self.budget.nesting {
            return Err(self.too_deep(at.start).into());
        }
        match (shape, properties.tag.as_deref()) {
            (_, None | Some("!"))
            | (Shape::Mapping, Some("tag:yaml.org,2002:map"))
            | (Shape::Sequence, Some("tag:yaml.org,2002:seq")) => {}
            (_, Some(tag)) => self.unknown_tag(tag, at),
        }
        let node = self.push(at, Content::Sequence(Children { first: 0, count: 0 }));
        self.open.push(Open {
            node,
            shape,
            base: self.pending.len(),
            anchor: properties.anchor,
            extent: SCALAR,
        });
        Ok(())
    }

    fn end(&mut self, at: Stretch, strings: &str) -> Result<(), Stop> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let last = self.pending.get(open.base..).unwrap_or_default().last();
        let last_end = last.and_then(|id| self.node(*id)).map(|last| last.end);
        let begun = self.node(open.node).copied();
        let (start, opened) = begun.map_or((at.start, at.end), |node| (node.start, node.end));
        // A block's end is only seen at the next token; it ends with its last child. `}` and `]` have a width.
        let end = if at.start < at.end {
            at.end
        } else {
            last_end.filter(|last| *last >= start).unwrap_or(opened)
        };
        let first = self.children.len();
        match open.shape {
            Shape::Mapping => mapping::finish(self, open.base, strings)?,
            Shape::Sequence => {
                let items = self.pending.len() - open.base;
                reserve(&mut self.children, items);
                let written = self.pending.get(open.base..).unwrap_or_default();
                self.children.extend_from_slice(written);
                self.pending.truncate(open.base);
            }
        }
        if self.children.len() >= MOST {
            return Err(self.too_many_aliases(start).into());
        }
        let children = Children {
            first: first as u32,
            count: (self.children.len() - first) as u32,
        };
        if open.extent.levels as usize > self.budget.nesting {
            return Err(self.too_deep(start).into());
        }
        if open.extent.nodes > (self.nodes.len() + self.budget.aliases) as u64 {
            return Err(self.too_many_aliases(start).into());
        }
        let content = match open.shape {
            Shape::Sequence => Content::Sequence(children),
            Shape::Mapping => Content::Mapping(children),
        };
        if let Some(slot) = self.nodes.get_mut(open.node.0 as usize) {
            *slot = Node::new(start, end, content);
        }
        if let Some(anchor) = open.anchor {
            self.anchors.insert(anchor, (open.node, open.extent));
        }
        self.add(open.node, open.extent);
        Ok(())
    }

    fn document(
        &mut self,
        strings: &mut String,
        comments: &mut Vec<(u32, u32)>,
    ) -> Result<(), Stop> {
        if self.more_findings > 0 {
            let message = format!("{} more mistakes are not shown", self.more_findings);
            let root = self.node(self.root).map_or(0, |node| node.start) as usize;
            let place = self.source.place(root, root);
            self.findings
                .push(Finding::error("too-many-mistakes", message).at(place));
        }
        let tree = Tree {
            nodes: take(&mut self.nodes),
            children: take(&mut self.children),
            strings: strings.as_str().into(),
            comments: comments.as_slice().into(),
        };
        strings.clear();
        comments.clear();
        reserve(&mut self.documents, 1);
        self.documents.push(Document {
            source: Arc::clone(self.source),
            tree,
            root: self.root,
            findings: std::mem::take(&mut self.findings).into(),
        });
        self.more_findings = 0;
        self.root = NodeId(0);
        self.anchors.clear();
        self.merged = 0;
        Ok(())
    }
}

/// Grows a long vector by an eighth instead of doubling it: memory is bounded by a multiple of the file.
#[inline]
pub(super) fn reserve<T>(vector: &mut Vec<T>, more: usize) {
    const LONG: usize = 1 << 14;
    if vector.capacity() - vector.len() < more && vector.len() >= LONG {
        vector.reserve_exact(more.max(vector.len() / 8));
    }
}

/// What a vector holds, which is copied from one that is used again if it is short.
fn take<T: Copy>(vector: &mut Vec<T>) -> Box<[T]> {
    const LONG: usize = 1 << 12;
    if vector.len() > LONG {
        std::mem::take(vector).into()
    } else {
        let taken = vector.as_slice().into();
        vector.clear();
        taken
    }
}
