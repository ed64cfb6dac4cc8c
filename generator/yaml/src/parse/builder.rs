//! Events to trees: flat, without recursion, within the budget.

use std::collections::HashMap;
use std::sync::Arc;

use luban_diagnostic::Finding;

use super::events::{Data, Event, SyntaxError, each_event};
use super::mapping;
use crate::budget::Budget;
use crate::document::{Children, Content, Document, Node, NodeId, ScalarKind, Source, Tree};

/// Why no tree can be made.
enum Stop {
    Syntax(SyntaxError),
    Finding(Box<Finding>),
}

impl From<SyntaxError> for Stop {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

pub(super) fn documents(
    source: &Arc<Source>,
    budget: &Budget,
) -> Result<Vec<Document>, Box<Finding>> {
    let mut documents = Vec::new();
    let mut builder = Builder::new(source, *budget);
    let result = each_event(&source.text, |event| {
        if matches!(event.data, Data::DocumentEnd) {
            let finished = std::mem::replace(&mut builder, Builder::new(source, *budget));
            documents.push(finished.finish());
            return Ok(());
        }
        builder.take(event).map_err(Stop::Finding)
    });
    match result {
        Ok(()) => Ok(documents),
        Err(Stop::Finding(finding)) => Err(finding),
        Err(Stop::Syntax(error)) => Err(Box::new(syntax_finding(source, error))),
    }
}

fn syntax_finding(source: &Source, error: SyntaxError) -> Finding {
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

/// A collection whose end is still to come.
struct Open {
    node: NodeId,
    is_mapping: bool,
    /// Where its children begin among the pending ones.
    base: usize,
    anchor: Option<String>,
}

/// What a node amounts to with its aliases written out.
#[derive(Clone, Copy)]
struct Extent {
    nodes: u64,
    levels: u32,
}

pub(super) struct Builder<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) tree: Tree,
    pub(super) findings: Vec<Finding>,
    budget: Budget,
    root: NodeId,
    open: Vec<Open>,
    pending: Vec<NodeId>,
    anchors: HashMap<String, NodeId>,
    /// Beside each node.
    extents: Vec<Extent>,
    /// Pairs that merge keys have looked at.
    merged: usize,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Arc<Source>, budget: Budget) -> Self {
        Self {
            source,
            tree: Tree::default(),
            findings: Vec::new(),
            budget,
            root: NodeId(0),
            open: Vec::new(),
            pending: Vec::new(),
            anchors: HashMap::new(),
            extents: Vec::new(),
            merged: 0,
        }
    }

    fn finish(self) -> Document {
        Document {
            source: Arc::clone(self.source),
            tree: self.tree,
            root: self.root,
            findings: self.findings,
        }
    }

    fn take(&mut self, event: Event) -> Result<(), Box<Finding>> {
        let Event { start, end, data } = event;
        match data {
            Data::DocumentStart | Data::DocumentEnd => {}
            Data::Alias { anchor } => {
                let Some(id) = self.anchors.get(&anchor).copied() else {
                    let message = format!("alias `*{anchor}` has no anchor `&{anchor}` before it");
                    return Err(Box::new(
                        Finding::error("unknown-anchor", message).at(self.source.place(start, end)),
                    ));
                };
                self.add(id);
            }
            Data::Scalar {
                anchor,
                tag,
                text,
                is_plain,
            } => {
                let kind = self.scalar_kind(tag.as_deref(), is_plain, start, end);
                let content = self.scalar(kind, &text, is_plain, start, end);
                let id = self.push(Node {
                    start: start as u32,
                    end: end as u32,
                    content,
                });
                self.anchors.extend(anchor.map(|anchor| (anchor, id)));
                self.add(id);
            }
            Data::SequenceStart { anchor, tag } => {
                self.begin(false, anchor, tag.as_deref(), start, end)?
            }
            Data::MappingStart { anchor, tag } => {
                self.begin(true, anchor, tag.as_deref(), start, end)?
            }
            Data::End => self.end(start, end)?,
        }
        Ok(())
    }

    fn push(&mut self, node: Node) -> NodeId {
        // Fewer nodes than bytes, and bytes fit 32 bits.
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(node);
        self.extents.push(Extent {
            nodes: 1,
            levels: 0,
        });
        id
    }

    /// Puts a finished or shared node into the collection that is open.
    fn add(&mut self, id: NodeId) {
        if self.open.is_empty() {
            self.root = id
        } else {
            self.pending.push(id)
        }
    }

    fn scalar(
        &mut self,
        kind: ScalarKind,
        text: &str,
        is_plain: bool,
        start: usize,
        end: usize,
    ) -> Content {
        let source = &*self.source.text;
        let len = text.len() as u32;
        let quote = usize::from(!is_plain);
        // A tag or anchor stands before the text, so the text is looked for at the end of the stretch.
        let at = end.saturating_sub(quote + text.len());
        if at >= start && source.get(at..at + text.len()) == Some(text) {
            return Content::Scalar {
                kind,
                at: at as u32,
                len,
            };
        }
        let at = self.tree.strings.len() as u32;
        self.tree.strings.push_str(text);
        Content::ScalarApart { kind, at, len }
    }

    fn scalar_kind(
        &mut self,
        tag: Option<&str>,
        is_plain: bool,
        start: usize,
        end: usize,
    ) -> ScalarKind {
        match tag {
            None if is_plain => ScalarKind::Plain,
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
                self.unknown_tag(tag, start, end);
                ScalarKind::String
            }
        }
    }

    fn unknown_tag(&mut self, tag: &str, start: usize, end: usize) {
        let shown = tag
            .strip_prefix("tag:yaml.org,2002:")
            .map_or_else(|| tag.to_owned(), |tag| format!("!!{tag}"));
        let message = format!("tag `{shown}` means nothing in an object of Kubernetes");
        self.findings
            .push(Finding::error("unknown-tag", message).at(self.source.place(start, end)));
    }

    fn begin(
        &mut self,
        is_mapping: bool,
        anchor: Option<String>,
        tag: Option<&str>,
        start: usize,
        end: usize,
    ) -> Result<(), Box<Finding>> {
        if self.open.len() >= self.budget.nesting {
            return Err(self.too_deep(start));
        }
        match (is_mapping, tag) {
            (_, None | Some("!"))
            | (true, Some("tag:yaml.org,2002:map"))
            | (false, Some("tag:yaml.org,2002:seq")) => {}
            (_, Some(tag)) => self.unknown_tag(tag, start, end),
        }
        let none = Children { first: 0, count: 0 };
        let content = if is_mapping {
            Content::Mapping(none)
        } else {
            Content::Sequence(none)
        };
        let node = self.push(Node {
            start: start as u32,
            end: end as u32,
            content,
        });
        self.open.push(Open {
            node,
            is_mapping,
            base: self.pending.len(),
            anchor,
        });
        Ok(())
    }

    fn too_deep(&self, at: usize) -> Box<Finding> {
        let message = format!(
            "values are nested more than {} levels deep",
            self.budget.nesting
        );
        Box::new(Finding::error("nesting", message).at(self.source.place(at, at)))
    }

    fn end(&mut self, start: usize, end: usize) -> Result<(), Box<Finding>> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let mut children: Vec<NodeId> = self.pending.drain(open.base..).collect();
        let last = children.last().map(|id| self.tree.node(*id));
        let mut node = self.tree.node(open.node);
        // A block's end is only seen at the next token; it ends with its last child. `}` and `]` have a width.
        let block_end = last
            .map(|last| last.end)
            .filter(|last| *last >= node.start && start == end);
        node.end = block_end.unwrap_or(end as u32);
        if open.is_mapping {
            children = mapping::finish(self, children)?;
        }
        let stretch = Children {
            first: self.tree.children.len() as u32,
            count: children.len() as u32,
        };
        node.content = if open.is_mapping {
            Content::Mapping(stretch)
        } else {
            Content::Sequence(stretch)
        };
        let extent = self.extent(&children);
        if extent.levels as usize > self.budget.nesting {
            return Err(self.too_deep(node.start as usize));
        }
        if extent.nodes > (self.tree.nodes.len() + self.budget.aliases) as u64 {
            return Err(self.too_many_aliases(node.start as usize));
        }
        self.tree.children.extend(children);
        let index = open.node.0 as usize;
        if let (Some(slot), Some(beside)) =
            (self.tree.nodes.get_mut(index), self.extents.get_mut(index))
        {
            *slot = node;
            *beside = extent;
        }
        self.anchors
            .extend(open.anchor.map(|anchor| (anchor, open.node)));
        self.add(open.node);
        Ok(())
    }

    fn extent(&self, children: &[NodeId]) -> Extent {
        let mut sum = Extent {
            nodes: 1,
            levels: 0,
        };
        for child in children
            .iter()
            .filter_map(|child| self.extents.get(child.0 as usize))
        {
            sum.nodes = sum.nodes.saturating_add(child.nodes);
            sum.levels = sum.levels.max(child.levels);
        }
        sum.levels = sum.levels.saturating_add(1);
        sum
    }

    /// Counts pairs that a merge key looks at.
    pub(super) fn count_merged(&mut self, pairs: usize, at: usize) -> Result<(), Box<Finding>> {
        self.merged = self.merged.saturating_add(pairs);
        if self.merged > self.budget.aliases {
            Err(self.too_many_aliases(at))
        } else {
            Ok(())
        }
    }

    fn too_many_aliases(&self, at: usize) -> Box<Finding> {
        let message = format!("aliases add more than {} values", self.budget.aliases);
        Box::new(Finding::error("aliases", message).at(self.source.place(at, at)))
    }
}
