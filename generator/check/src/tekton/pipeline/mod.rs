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
