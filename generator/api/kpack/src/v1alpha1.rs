//! `kpack.io/v1alpha1`, which kpack still serves and converts to v1alpha2.

mod builder;
mod image;

pub use builder::*;
pub use image::*;
