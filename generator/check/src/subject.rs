//! Which object a finding is about.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use luban_diagnostic::{Finding, Subject};

use crate::objects::{Entry, Objects};

/// A stretch of a file and the object that stands there.
struct Stretch<'a> {
    start: u32,
    end: u32,
    entry: &'a Entry,
}

/// Says of each finding in which object it stands: the innermost one that is no template of another, or the next one for what
/// stands above an object.
pub(crate) fn name_objects(objects: &Objects, findings: &mut [Finding]) {
    let files: HashSet<Arc<str>> = findings
        .iter()
        .filter_map(|finding| Some(Arc::clone(&finding.place.as_ref()?.file)))
        .collect();
    if files.is_empty() {
        return;
    }
    let mut stretches: HashMap<&str, Vec<Stretch<'_>>> = HashMap::new();
    for entry in objects.entries() {
        let is_object = !entry.is_template && !entry.name.kind.is_empty();
        if !is_object || !files.contains(entry.document.file()) {
            continue;
        }
        if let Some(place) = entry.document.locate(&entry.path) {
            let stretch = Stretch {
                start: place.span.start.offset,
                end: place.span.end.offset,
                entry,
            };
            stretches
                .entry(entry.document.file())
                .or_default()
                .push(stretch);
        }
    }
    #[allow(clippy::iter_over_hash_type, reason = "each file by itself")]
    for stretches in stretches.values_mut() {
        stretches.sort_by_key(|stretch| stretch.start);
    }
    let mut named: HashMap<*const Entry, Arc<Subject>> = HashMap::new();
    for finding in findings {
        let Some(place) = &finding.place else {
            continue;
        };
        let Some(stretches) = stretches.get(&*place.file) else {
            continue;
        };
        let Some(entry) = at(stretches, place.span.start.offset) else {
            continue;
        };
        let subject = named
            .entry(std::ptr::from_ref(entry))
            .or_insert_with(|| Arc::new(subject(entry)));
        finding.object = Some(Arc::clone(subject));
    }
}

/// The object at an offset. Stretches are in the order of the file, a list's before those of its items.
fn at<'a>(stretches: &[Stretch<'a>], offset: u32) -> Option<&'a Entry> {
    let next = stretches.partition_point(|stretch| stretch.start <= offset);
    let before = stretches.get(..next).unwrap_or_default();
    let root = before
        .iter()
        .rposition(|stretch| stretch.entry.path.is_empty());
    let of_document = before.get(root.unwrap_or(0)..).unwrap_or_default();
    let around = of_document
        .iter()
        .rev()
        .find(|stretch| offset <= stretch.end);
    let nearest = around.or_else(|| stretches.get(next));
    nearest.or(stretches.last()).map(|stretch| stretch.entry)
}

fn subject(entry: &Entry) -> Subject {
    let generated = || {
        let path = entry.path.key("metadata").key("generateName");
        entry.document.text_at(&path).unwrap_or_default()
    };
    let name = Some(entry.object_name()).filter(|name| !name.is_empty());
    Subject {
        api_version: entry.name.api_version.clone(),
        kind: entry.name.kind.clone(),
        name: name.unwrap_or_else(generated).to_owned(),
    }
}
