//! What `luban lock` asks.

use luban_platform::names::ImageRef;

use crate::Credentials;
use crate::direct::Direct;
use crate::error::RegistryError;
use crate::name::{Reference, Repository};
use crate::registry::Registry;

/// A client of any registry with an HTTP client of its own.
#[derive(Clone, Debug)]
pub struct Client {
    http: Direct,
    credentials: Credentials,
}

impl Client {
    /// A client with credentials.
    ///
    /// # Errors
    /// When the system's certificates cannot be loaded.
    pub fn new(credentials: Credentials) -> Result<Self, reqwest::Error> {
        let http = Direct::new()?;
        Ok(Self { http, credentials })
    }

    /// The digest that the tag of `image` has now.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or has no such image.
    pub fn digest(&self, image: &ImageRef) -> Result<String, RegistryError> {
        let missing = || RegistryError::NotFound(image.to_string());
        let repository = Repository::new(image.repository()).map_err(|_| missing())?;
        let tag = Reference::tag(image.tag().unwrap_or("latest")).map_err(|_| missing())?;
        let found = Registry::new(&self.http, &self.credentials).digest(&repository, &tag)?;
        found.map(|found| found.to_string()).ok_or_else(missing)
    }
}
