//! Pipelines and their runs, as Tekton's admission looks at them.
//!
//! A [`Pipelines`] is built once for each object; it holds the Pipelines of both versions alike, with what each task refers to.

mod graph;
mod references;
mod run;
mod scope;
mod target;
mod texts;
mod uses;
mod view;

pub(crate) use references::{ResultReference, references};
pub(crate) use scope::{Kind, Scope, type_of};
pub(crate) use target::{PipelineSignature, Target};
pub(crate) use texts::{At, Given, parts};
pub(crate) use uses::{Slot, uses};
pub(crate) use view::{Holder, Pipeline, PipelineTask, Pipelines, Reference, Version};

use luban_diagnostic::did_you_mean;

/// ` (did you mean …?)`, if one of these names is probably meant; nothing else.
pub(crate) fn meant<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> String {
    // A comparison costs a microsecond, and there may be thousands of names: a slip leaves the beginning or the end.
    const MOST: usize = 100;
    let is_near = |other: &&str| {
        let (other, name) = (other.as_bytes(), name.as_bytes());
        other.len().abs_diff(name.len()) <= 3
            && (other.iter().take(2).eq(name.iter().take(2))
                || other.iter().rev().take(2).eq(name.iter().rev().take(2)))
    };
    let near = did_you_mean(name, names.into_iter().filter(is_near).take(MOST));
    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}
