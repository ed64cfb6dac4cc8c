//! Pipelines and their runs, as Tekton's admission looks at them.
//!
//! A [`Pipelines`] is built once for each object; it holds the Pipelines of both versions alike, with what each task refers to.

mod graph;
mod references;
mod run;
mod scope;
mod texts;
mod uses;
mod view;

pub(crate) use references::references;
pub(crate) use scope::{Kind, Scope};
pub(crate) use texts::{At, Given, parts};
pub(crate) use uses::{Slot, uses};
pub(crate) use view::{Holder, Pipeline, PipelineTask, Pipelines, Reference, Version};
