//! The pairs of a mapping: keys that differ, merge keys resolved.

use std::collections::{HashMap, HashSet};

use luban_diagnostic::Finding;

use super::builder::{Builder, reserve};
use crate::tree::{Content, NodeId, ScalarKind, Source};

/// Moves the pending nodes from `base` on, keys and values in turn, to the children, without duplicates; behind them what `<<`
/// merges. An earlier source wins over a later one.
pub(super) fn finish(
    builder: &mut Builder<'_>,
    base: usize,
    strings: &str,
) -> Result<(), Box<Finding>> {
    let written = builder.pending.get(base..).unwrap_or_default();
    let count = written.len();
    if is_simple(builder, written, strings) {
        reserve(&mut builder.children, count);
        let written = builder.pending.get(base..).unwrap_or_default();
        builder.children.extend_from_slice(written);
        builder.pending.truncate(base);
        return Ok(());
    }
    let written: Vec<NodeId> = builder.pending.drain(base..).collect();
    let source = builder.source;
    let mut kept = Kept {
        nodes: Vec::new(),
        first: HashMap::new(),
    };
    let mut merges = Vec::new();
    let (pairs, _) = written.as_chunks::<2>();
    for [key, value] in pairs {
        let Some(text) = text_of(builder, source, strings, *key) else {
            refuse_key(builder, *key);
            continue;
        };
        if is_merge(builder, *key, text) {
            merges.push(*value);
        } else if let Some(first) = kept.add(text, *key, *value) {
            refuse_duplicate(builder, text, *key, first);
        }
    }
    for value in merges {
        let listed = match builder.node(value).map(|node| node.content()) {
            Some(Content::Sequence(children)) => {
                let first = children.first as usize;
                first..first + children.count as usize
            }
            _ => {
                merge(builder, value, &mut kept, strings)?;
                continue;
            }
        };
        for index in listed {
            if let Some(source) = builder.children.get(index).copied() {
                merge(builder, source, &mut kept, strings)?;
            }
        }
    }
    reserve(&mut builder.children, kept.nodes.len());
    builder.children.extend(kept.nodes);
    Ok(())
}

/// Pairs whose keys differ.
struct Kept<'t> {
    nodes: Vec<NodeId>,
    first: HashMap<&'t str, NodeId>,
}

impl<'t> Kept<'t> {
    /// Adds a pair, unless its key is there already: then that key.
    fn add(&mut self, text: &'t str, key: NodeId, value: NodeId) -> Option<NodeId> {
        match self.first.entry(text) {
            std::collections::hash_map::Entry::Occupied(first) => Some(*first.get()),
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(key);
                self.nodes.extend([key, value]);
                None
            }
        }
    }
}

/// A key's text, which outlives the builder's next change.
fn text_of<'t>(
    builder: &Builder<'_>,
    source: &'t Source,
    strings: &'t str,
    key: NodeId,
) -> Option<&'t str> {
    crate::tree::text(builder.node(key)?.content(), &source.text, strings)
}

fn merge<'t, 'b: 't>(
    builder: &mut Builder<'b>,
    merged: NodeId,
    kept: &mut Kept<'t>,
    strings: &'t str,
) -> Result<(), Box<Finding>> {
    let Some(node) = builder.node(merged).copied() else {
        return Ok(());
    };
    let Content::Mapping(children) = node.content() else {
        builder.record(|source| {
            Finding::error("merge-key", "`<<` takes a mapping or a list of mappings")
                .at(source.place(node.start as usize, node.end as usize))
        });
        return Ok(());
    };
    builder.count_merged(1 + children.count as usize / 2, node.start)?;
    let source = builder.source;
    let first = children.first as usize;
    let nodes = builder
        .children
        .get(first..first + children.count as usize)
        .unwrap_or_default();
    let (pairs, _) = nodes.as_chunks::<2>();
    for [key, value] in pairs {
        let text = text_of(builder, source, strings, *key).unwrap_or_default();
        kept.add(text, *key, *value);
    }
    Ok(())
}

fn refuse_key(builder: &mut Builder<'_>, key: NodeId) {
    let node = builder.node(key).copied();
    builder.record(|source| {
        let message = "a key must be a scalar, not a mapping or a list";
        let (start, end) = node.map_or((0, 0), |node| (node.start, node.end));
        Finding::error("key-type", message).at(source.place(start as usize, end as usize))
    });
}

fn refuse_duplicate(builder: &mut Builder<'_>, text: &str, key: NodeId, first: NodeId) {
    let stretch = |id| {
        builder
            .node(id)
            .map_or((0, 0), |node| (node.start as usize, node.end as usize))
    };
    let (key, first) = (stretch(key), stretch(first));
    builder.record(|source| {
        Finding::error("duplicate-key", format!("key `{text}` stands here twice"))
            .at(source.place(key.0, key.1))
            .related("first here", source.place(first.0, first.1))
    });
}

fn is_merge(builder: &Builder<'_>, key: NodeId, text: &str) -> bool {
    let content = builder.node(key).map(|node| node.content());
    let is_plain = matches!(
        content,
        Some(
            Content::Scalar {
                kind: ScalarKind::Plain,
                ..
            } | Content::ScalarApart {
                kind: ScalarKind::Plain,
                ..
            }
        )
    );
    is_plain && text == "<<"
}

/// Whether all keys are scalars that differ, and none of them may be a merge key.
fn is_simple(builder: &Builder<'_>, written: &[NodeId], strings: &str) -> bool {
    /// Above this many keys, a table is faster than comparing each with each.
    const FEW: usize = 12;
    let (pairs, _) = written.as_chunks::<2>();
    let text = |key: NodeId| builder.text(key, strings).filter(|text| *text != "<<");
    if pairs.len() <= FEW {
        let mut seen = [""; FEW];
        for (index, ([key, _], slot)) in pairs.iter().zip(0..FEW).enumerate() {
            let Some(text) = text(*key) else {
                return false;
            };
            if seen.iter().take(index).any(|other| *other == text) {
                return false;
            }
            if let Some(place) = seen.get_mut(slot) {
                *place = text;
            }
        }
        return true;
    }
    let mut seen = HashSet::with_capacity(pairs.len());
    pairs
        .iter()
        .all(|[key, _]| text(*key).is_some_and(|text| seen.insert(text)))
}
