//! The client of container registries: manifests, blobs, tags, and what refers to an image.
//!
//! It speaks the OCI distribution specification 1.1 with the token authentication that registries use
//! (distribution v3.1 `docs/content/spec/auth/token.md` and `oauth.md`). [`Registry`] knows the protocol; requests go over a
//! [`Transport`], which steps implement by their one HTTP client, with its retries, time limits and authorities, and [`Client`]
//! by a small one for `luban lock`. Credentials come from Docker's configuration and from nowhere else; they are in no message
//! and no debug output, and are sent to the registry and the token service it names only, over https but for loopback.

mod blobs;
mod challenge;
mod client;
mod credentials;
mod direct;
mod error;
mod manifests;
mod name;
mod referrers;
mod registry;
#[cfg(feature = "testing")]
pub mod testing;
mod transport;

pub use client::Client;
pub use credentials::{Credentials, CredentialsError};
pub use error::RegistryError;
pub use manifests::{
    DOCKER_INDEX, Descriptor, INDEX, LARGEST_MANIFEST, MANIFEST, Manifest, Platform, Put,
};
pub use name::{Digest, NameError, Reference, Repository, image};
pub use referrers::Artifact;
pub use registry::Registry;
pub use transport::{Answer, Request, Transport, TransportError};
