//! Blobs.

use reqwest::header::LOCATION;
use reqwest::{Method, StatusCode};

use crate::error::{RegistryError, message};
use crate::manifests::{Descriptor, url};
use crate::name::{Digest, Repository};
use crate::registry::{Access, Ask, Registry, header, is_safe};

/// The type of a blob on its way.
const BYTES: &str = "application/octet-stream";

impl Registry<'_> {
    /// Whether a blob is there.
    ///
    /// # Errors
    /// When the registry cannot be reached, or refuses.
    pub fn has_blob(
        &self,
        repository: &Repository,
        digest: &Digest,
    ) -> Result<bool, RegistryError> {
        let operation = format!("look up the blob `{repository}@{digest}`");
        let url = url(repository, &operation, &format!("blobs/{digest}"))?;
        let ask = Ask::new(&operation, Access::Pull, Method::HEAD, url);
        Ok(self.ask(repository, &ask)?.status != StatusCode::NOT_FOUND)
    }

    /// A blob of at most `limit` bytes, its digest checked; none if it is not there.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or gives something else or more.
    pub fn blob(
        &self,
        repository: &Repository,
        digest: &Digest,
        limit: usize,
    ) -> Result<Option<Vec<u8>>, RegistryError> {
        let operation = format!("fetch the blob `{repository}@{digest}`");
        let url = url(repository, &operation, &format!("blobs/{digest}"))?;
        let mut ask = Ask::new(&operation, Access::Pull, Method::GET, url);
        ask.largest = limit;
        let answer = self.ask(repository, &ask)?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        if answer.body.len() > limit {
            let why = format!("gave more than {limit} bytes");
            return Err(self.nonsense(repository, &ask, why));
        }
        if Digest::of(&answer.body) != *digest {
            let why = "gave a blob that is not the one that its digest names";
            return Err(self.nonsense(repository, &ask, why));
        }
        Ok(Some(answer.body))
    }

    /// Puts a blob there, unless it is there.
    ///
    /// # Errors
    /// When the registry cannot be reached, refuses, or does not take it.
    pub fn put_blob(
        &self,
        repository: &Repository,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<Descriptor, RegistryError> {
        let digest = Digest::of(bytes);
        let descriptor = Descriptor::new(media_type, &digest, bytes.len() as u64);
        if self.has_blob(repository, &digest)? {
            return Ok(descriptor);
        }
        match self.upload(repository, &digest, bytes) {
            Ok(()) => Ok(descriptor),
            // An upload that was answered by nothing, and then made again, is unknown to the registry: it has ended.
            Err(error) => match self.has_blob(repository, &digest) {
                Ok(true) => Ok(descriptor),
                _ => Err(error),
            },
        }
    }

    /// Uploads in one piece: POST for a place, PUT of the bytes.
    fn upload(
        &self,
        repository: &Repository,
        digest: &Digest,
        bytes: &[u8],
    ) -> Result<(), RegistryError> {
        let operation = format!("push the blob `{repository}@{digest}`");
        let start = url(repository, &operation, "blobs/uploads/")?;
        let mut ask = Ask::new(&operation, Access::Push, Method::POST, start);
        ask.body = Some((BYTES, b""));
        // A place that nobody uses costs the registry nothing and ends by itself.
        ask.is_repeatable = true;
        let answer = self.ask(repository, &ask)?;
        let location = match answer.status {
            StatusCode::CREATED => return Ok(()),
            StatusCode::ACCEPTED => header(&answer, &LOCATION),
            status => {
                return Err(RegistryError::Status {
                    host: repository.host().to_owned(),
                    status,
                    message: message(&answer.body),
                    operation,
                });
            }
        };
        let place = location.and_then(|location| ask.url.join(location).ok());
        let Some(mut place) = place else {
            return Err(self.nonsense(repository, &ask, "gave no place to upload to"));
        };
        if !is_safe(&place, repository) {
            let why = "gave a place to upload to that is not on https";
            return Err(self.nonsense(repository, &ask, why));
        }
        place
            .query_pairs_mut()
            .append_pair("digest", digest.as_str());
        let mut ask = Ask::new(&operation, Access::Push, Method::PUT, place);
        ask.body = Some((BYTES, bytes));
        let answer = self.ask(repository, &ask)?;
        if answer.status == StatusCode::CREATED || answer.status == StatusCode::NO_CONTENT {
            return Ok(());
        }
        Err(RegistryError::Status {
            host: repository.host().to_owned(),
            status: answer.status,
            message: message(&answer.body),
            operation,
        })
    }
}
