//! The pairs of a mapping: keys that differ, merge keys resolved.

use std::collections::HashMap;

use luban_diagnostic::Finding;

use super::builder::Builder;
use crate::document::{Content, NodeId, ScalarKind};

/// Keys and values in turn without duplicates, what `<<` merges behind them. An earlier source wins over a later one.
pub(super) fn finish(
    builder: &mut Builder<'_>,
    children: Vec<NodeId>,
) -> Result<Vec<NodeId>, Box<Finding>> {
    let (is_simple, has_merge) = survey(builder, &children);
    if is_simple && !has_merge {
        return Ok(children);
    }
    let mut kept: Vec<NodeId> = Vec::with_capacity(children.len());
    let mut seen: HashMap<String, NodeId> = HashMap::new();
    let mut merges = Vec::new();
    for pair in children.chunks_exact(2) {
        let (key, value) = (pair[0], pair[1]);
        let Some(text) = builder.tree.text(builder.source, key).map(str::to_owned) else {
            let finding = Finding::error(
                "key-type",
                "a key must be a scalar, not a mapping or a list",
            );
            let place = place(builder, key);
            builder.findings.push(finding.at(place));
            continue;
        };
        if is_merge(builder, key) {
            merges.push(value);
            continue;
        }
        if let Some(first) = seen.get(&text) {
            let finding =
                Finding::error("duplicate-key", format!("key `{text}` stands here twice"))
                    .at(place(builder, key))
                    .related("first here", place(builder, *first));
            builder.findings.push(finding);
            continue;
        }
        seen.insert(text, key);
        kept.extend([key, value]);
    }
    for value in merges {
        let sources = match builder.tree.node(value).content {
            Content::Mapping(_) => vec![value],
            Content::Sequence(children) => builder.tree.children(children).to_vec(),
            Content::Scalar { .. } | Content::ScalarApart { .. } => vec![value],
        };
        for source in sources {
            merge(builder, source, &mut seen, &mut kept)?;
        }
    }
    Ok(kept)
}

fn merge(
    builder: &mut Builder<'_>,
    source: NodeId,
    seen: &mut HashMap<String, NodeId>,
    kept: &mut Vec<NodeId>,
) -> Result<(), Box<Finding>> {
    let Content::Mapping(children) = builder.tree.node(source).content else {
        let finding = Finding::error("merge-key", "`<<` takes a mapping or a list of mappings");
        let place = place(builder, source);
        builder.findings.push(finding.at(place));
        return Ok(());
    };
    builder.count_merged(
        1 + children.count as usize / 2,
        builder.tree.node(source).start as usize,
    )?;
    for (key, value) in builder.tree.pairs(children) {
        let text = builder.tree.text(builder.source, key).unwrap_or_default();
        if !seen.contains_key(text) {
            seen.insert(text.to_owned(), key);
            kept.extend([key, value]);
        }
    }
    Ok(())
}

fn place(builder: &Builder<'_>, id: NodeId) -> luban_diagnostic::Place {
    let node = builder.tree.node(id);
    builder.source.place(node.start as usize, node.end as usize)
}

fn is_merge(builder: &Builder<'_>, key: NodeId) -> bool {
    let is_plain = matches!(
        builder.tree.node(key).content,
        Content::Scalar {
            kind: ScalarKind::Plain,
            ..
        } | Content::ScalarApart {
            kind: ScalarKind::Plain,
            ..
        }
    );
    is_plain && builder.tree.text(builder.source, key) == Some("<<")
}

/// Whether all keys are scalars that differ, and whether one of them is a merge key.
fn survey(builder: &Builder<'_>, children: &[NodeId]) -> (bool, bool) {
    /// Above this many keys, a table is faster than comparing each with each.
    const FEW: usize = 12;
    let keys: Option<Vec<&str>> = children
        .chunks_exact(2)
        .map(|pair| builder.tree.text(builder.source, pair[0]))
        .collect();
    let Some(keys) = keys else {
        return (false, true);
    };
    let differ = if keys.len() <= FEW {
        keys.iter()
            .enumerate()
            .all(|(at, key)| !keys[..at].contains(key))
    } else {
        let mut seen = std::collections::HashSet::with_capacity(keys.len());
        keys.iter().all(|key| seen.insert(key))
    };
    (differ, keys.contains(&"<<"))
}
