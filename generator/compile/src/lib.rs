//! `Platform → Tree`: the compiler, pure.
//!
//! [`parts`] names the independent parts of a platform's tree, [`compile`] makes the files of one of them. So a caller
//! can write one part while another is compiled, and memory stays flat however many applications there are. A module
//! per part of the platform; what they share is in `context`, `tree`, `names`, `images` and `container`.

mod argo;
mod argo_cd;
mod container;
mod context;
mod delivery;
mod deploy;
mod dispatch;
mod error;
mod events;
mod images;
mod kpack;
mod labels;
mod names;
mod observability;
mod part;
mod policies;
mod promotion;
mod quantity;
mod queue;
mod railpack;
mod rbac;
mod reasons;
mod run;
mod secrets;
mod tenancy;
#[cfg(test)]
mod testing;
mod tree;

pub use context::Context;
pub use error::CompileError;
pub use images::{Tool, unpinned, used};
pub use part::{Part, compile, parts};
pub use run::{Occasion, RunTemplate, parameter, runs};
pub use secrets::secrets_document;
pub use tree::{File, HEADER, Owner, RELEASE_HEADER};
