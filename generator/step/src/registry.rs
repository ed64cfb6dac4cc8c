//! Registries, over the one HTTP client and with the credentials that are mounted as Docker's configuration.

use std::path::Path;

use luban_registry::{
    Answer, Credentials, Registry, RegistryError, Request, Transport, TransportError,
};

use crate::failure::{Exit, Failure};
use crate::http::{Body, Call, Http, HttpError};
use crate::secret::Secret;
use crate::world::World;

/// What a verb needs to talk to registries.
pub(crate) struct Registries<'a> {
    wire: Wire<'a>,
    credentials: Credentials,
}

struct Wire<'a> {
    http: Http,
    world: &'a World<'a>,
}

impl<'a> Registries<'a> {
    /// Registries with the credentials of `$DOCKER_CONFIG/config.json`; nothing that is printed later shows them.
    ///
    /// # Errors
    /// When the file, or the certificates at `authorities`, are there and cannot be read.
    pub(crate) fn of_docker(
        authorities: Option<&Path>,
        world: &'a World<'a>,
    ) -> Result<Self, Failure> {
        let credentials = Credentials::load_docker().map_err(|error| {
            Failure::new(Exit::Usage, error.to_string())
                .help("a Secret of the type kubernetes.io/dockerconfigjson must be mounted as `$DOCKER_CONFIG/config.json`")
        })?;
        Self::new(credentials, authorities, world)
    }

    /// Registries with these credentials.
    ///
    /// # Errors
    /// When the certificates at `authorities` cannot be read.
    pub(crate) fn new(
        credentials: Credentials,
        authorities: Option<&Path>,
        world: &'a World<'a>,
    ) -> Result<Self, Failure> {
        for secret in credentials.secrets() {
            world.redactor.hide(&Secret::new(secret));
        }
        let http = Http::new(authorities)?;
        Ok(Self {
            wire: Wire { http, world },
            credentials,
        })
    }

    /// The client of all of them.
    pub(crate) fn client(&self) -> Registry<'_> {
        Registry::new(&self.wire, &self.credentials)
    }
}

impl Transport for Wire<'_> {
    fn send(&self, request: &Request) -> Result<Answer, TransportError> {
        let mut call = Call::new(
            request.method.clone(),
            request.url.clone(),
            &request.operation,
        )
        .needs(&request.permission)
        .authorized(request.authorization.clone());
        call.headers.clone_from(&request.headers);
        call.is_repeatable = request.is_repeatable;
        call.largest = request.largest as u64;
        call.body = request.body.clone().map(Body::Raw);
        let reply = self.http.answer(&call, self.world)?;
        Ok(Answer {
            status: reply.status,
            headers: reply.headers,
            body: reply.body,
        })
    }
}

/// The failure that an error of a registry is.
pub(crate) fn failure(error: RegistryError) -> Failure {
    let message = error.to_string();
    let exit = match error.is_transient() {
        true => Exit::Transient,
        false => Exit::Failed,
    };
    let failure = Failure::new(exit, message);
    match error {
        // How it went wrong is known to the client: what a certificate lacks stays so.
        RegistryError::Transport(source) => match source.downcast::<HttpError>() {
            Ok(error) => (*error).into(),
            Err(_) => failure,
        },
        RegistryError::Refused { .. } => failure.help(
            "the Secret that the platform names as the registry's `push` is mounted as `$DOCKER_CONFIG/config.json`",
        ),
        RegistryError::Nonsense { .. } => {
            failure.help("a proxy or a login page may stand before the registry")
        }
        _ => failure,
    }
}

#[cfg(test)]
mod tests;
