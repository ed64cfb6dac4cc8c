//! kpack's objects (`kpack.io/v1alpha2`): images, builds, and the builders, stacks, stores and buildpacks behind them.
//!
//! Status is left out: Luban writes these objects, the controller reports on them.

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod builder;
mod image;
mod source;

pub use builder::*;
pub use image::*;
pub use source::*;
