//! Conditions of the table of event sources.

use luban_yaml::Path;

use crate::fields::below;
use crate::objects::Entry;

/// Whether a condition on fields of the mapping `parent` holds: names of fields that are given, `|` for or, `+` for and.
pub(crate) fn given(entry: &Entry, parent: &Path, condition: &str) -> bool {
    condition.split('|').any(|all| {
        all.split('+').all(|field| {
            let path = below(parent, field);
            let document = &entry.document;
            document.has_value(&path)
                && !matches!(document.text_at(&path), Some("" | "false"))
                // Upstream counts repositories and asks of other lists only whether they are there.
                && !(field == "repositories" && document.length_at(&path) == Some(0))
        })
    })
}
