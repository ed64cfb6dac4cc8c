//! Comments, and what they are about.

use luban_diagnostic::Place;

use crate::document::Document;
use crate::path::{Path, PathSegment};
use crate::tree::{Content, NodeId};

/// A comment of a document, as [`Document::comments`] gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment<'a> {
    /// From its `#` to the end of its line.
    pub text: &'a str,
    /// Where it stands.
    pub place: Place,
    /// The value of the key, or the item, that it is about; the root if it stands behind everything.
    pub about: Path,
    /// Whether it stands behind something on its line; otherwise it is about what comes next.
    pub is_trailing: bool,
}

/// A key or an item that is written in the document, in order.
struct Entry {
    start: u32,
    /// The number of the entry around it.
    around: Option<usize>,
    segment: PathSegment,
}

impl Document {
    /// The texts of all comments in their order, from `#` to the end of the line: quicker than [`Document::comments`].
    pub fn comment_texts(&self) -> impl Iterator<Item = &str> {
        let text = &*self.source.text;
        let comments = self.tree.comments.iter();
        comments.filter_map(move |(start, end)| text.get(*start as usize..*end as usize))
    }

    /// The comments of the document in their order. Those between two documents belong to the one before, unless it ends with
    /// `...`.
    #[must_use]
    pub fn comments(&self) -> Vec<Comment<'_>> {
        if self.tree.comments.is_empty() {
            return Vec::new();
        }
        let entries = self.entries();
        let text = &*self.source.text;
        let comments = self.tree.comments.iter().map(|(start, end)| {
            let (from, to) = (*start as usize, *end as usize);
            let line = text.get(..from).unwrap_or_default();
            let line_start = line.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let before = line.get(line_start..).unwrap_or_default();
            let is_trailing = !before.trim().is_empty();
            let next = entries.partition_point(|entry| entry.start < *start);
            let about = if is_trailing {
                next.checked_sub(1)
            } else {
                Some(next).filter(|next| *next < entries.len())
            };
            Comment {
                text: text.get(from..to).unwrap_or_default(),
                place: self.source.place(from, to),
                about: path(&entries, about),
                is_trailing,
            }
        });
        comments.collect()
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut open: Vec<(NodeId, Option<usize>)> = vec![(self.root, None)];
        while let Some((id, around)) = open.pop() {
            let node = self.tree.node(id);
            // What an alias or a merge key brings is written elsewhere.
            let is_inside = |start: u32| start >= node.start && start <= node.end;
            match node.content() {
                Content::Sequence(children) => {
                    for (index, item) in self.tree.children(children).iter().enumerate() {
                        let start = self.tree.node(*item).start;
                        if is_inside(start) {
                            open.push((*item, Some(entries.len())));
                            entries.push(Entry {
                                start,
                                around,
                                segment: PathSegment::Index(index),
                            });
                        }
                    }
                }
                Content::Mapping(children) => {
                    for (key, value) in self.tree.pairs(children) {
                        let start = self.tree.node(key).start;
                        if !is_inside(start) {
                            continue;
                        }
                        let name = self.tree.text(&self.source, key).unwrap_or_default();
                        if is_inside(self.tree.node(value).start) {
                            open.push((value, Some(entries.len())));
                        }
                        entries.push(Entry {
                            start,
                            around,
                            segment: PathSegment::Key(name.into()),
                        });
                    }
                }
                Content::Scalar { .. } | Content::ScalarApart { .. } => {}
            }
        }
        in_order(entries)
    }
}

/// Entries by their places; of two at one place, the outer one first.
fn in_order(entries: Vec<Entry>) -> Vec<Entry> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|index| entries.get(*index).map(|entry| entry.start));
    let mut places = vec![0; entries.len()];
    for (place, index) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(*index) {
            *slot = place;
        }
    }
    let mut sorted: Vec<(usize, Entry)> = entries
        .into_iter()
        .enumerate()
        .map(|(index, entry)| {
            let around = entry.around.and_then(|around| places.get(around).copied());
            let place = places.get(index).copied().unwrap_or_default();
            (place, Entry { around, ..entry })
        })
        .collect();
    sorted.sort_by_key(|(place, _)| *place);
    sorted.into_iter().map(|(_, entry)| entry).collect()
}

fn path(entries: &[Entry], mut at: Option<usize>) -> Path {
    let mut segments = Vec::new();
    while let Some(entry) = at.and_then(|at| entries.get(at)) {
        segments.push(entry.segment.clone());
        at = entry.around;
    }
    segments.reverse();
    Path::from(segments)
}
