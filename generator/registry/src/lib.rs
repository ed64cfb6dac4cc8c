//! The client of container registries: what `luban lock` asks them.
//!
//! It speaks the OCI distribution specification 1.1 with the token authentication that registries use
//! (distribution v3.1 `docs/content/spec/auth/token.md`). Credentials come from Docker's configuration and from nowhere
//! else; they are in no message and no debug output.

mod challenge;
mod client;
mod credentials;

pub use client::{Client, RegistryError};
pub use credentials::Credentials;
