//! The input of Luban: `platform.yaml`, read strictly and resolved.
//!
//! [`load`] turns the bytes of a file into a [`Platform`] in which every name is checked, every reference resolved and
//! every default applied, or into findings that point at the file. [`schema`] is the file's JSON Schema. What is made
//! of a platform is the business of `luban-compile`.

pub mod derived;
pub mod dispatch_table;
pub mod input;
mod load;
pub mod lock;
mod lower;
pub mod model;
pub mod names;
pub mod patterns;
mod schema;
pub mod versions;

pub use load::{Loaded, load};
pub use model::Platform;
pub use schema::schema;
