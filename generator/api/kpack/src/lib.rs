//! kpack's objects: images, builds, and the builders, stacks, stores and buildpacks behind them.
//!
//! The crate itself holds `kpack.io/v1alpha2`, which kpack stores, [`v1alpha1`] what is left of the version before it. Structs that are the
//! same in both are in the crate itself.

mod build;
mod builder;
mod buildpack;
mod cluster;
mod image;
mod kind_status;
mod one_of;
mod source;
mod source_resolver;
mod status;
pub mod v1alpha1;

pub use build::*;
pub use builder::*;
pub use buildpack::*;
pub use cluster::*;
pub use image::*;
pub use kind_status::*;
pub use one_of::{BuildCachePlace, BuilderImage, CachePlace, ResolvedSource, Source, UNIONS};
pub use source::*;
pub use source_resolver::*;
pub use status::*;
