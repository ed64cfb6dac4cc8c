//! Credentials from Docker's configuration file.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use thiserror::Error;

use crate::name::Repository;

/// Logins by what they are for: a registry's host, or a path below it.
#[derive(Clone, Default)]
pub struct Credentials {
    logins: BTreeMap<String, Login>,
    /// What else is in the file that nobody may see.
    others: Vec<String>,
}

/// How to log in.
#[derive(Clone)]
pub(crate) enum Login {
    Password {
        user: String,
        password: String,
    },
    /// A token that is exchanged for others (`identitytoken`).
    Identity(String),
}

/// A configuration file that cannot be used. It says nothing of what is in the file.
#[derive(Debug, Error)]
#[error("cannot read `{}`: {why}", path.display())]
pub struct CredentialsError {
    path: PathBuf,
    why: String,
}

impl fmt::Debug for Credentials {
    /// Hosts alone.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.logins.keys()).finish()
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DockerConfig {
    auths: BTreeMap<String, Auth>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Auth {
    auth: String,
    username: String,
    password: String,
    identitytoken: String,
    registrytoken: String,
}

impl Credentials {
    /// Those of `$DOCKER_CONFIG/config.json`, or of `~/.docker/config.json`; none if there is no such file, or none that can be
    /// read.
    pub fn of_docker() -> Self {
        path_of_docker().map_or_else(Self::default, |path| Self::read(&path))
    }

    /// As [`Credentials::of_docker`], for those who must know of a file that cannot be read.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no configuration of Docker.
    pub fn load_docker() -> Result<Self, CredentialsError> {
        path_of_docker().map_or_else(|| Ok(Self::default()), |path| Self::load(&path))
    }

    /// Those of one configuration file; none if it cannot be read.
    pub fn read(path: &Path) -> Self {
        Self::load(path).unwrap_or_default()
    }

    /// Those of one configuration file; none if it is not there.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no configuration of Docker.
    pub fn load(path: &Path) -> Result<Self, CredentialsError> {
        let refuse = |why: String| CredentialsError {
            path: path.to_owned(),
            why,
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(refuse(error.to_string())),
        };
        Self::parse(&bytes).map_err(refuse)
    }

    /// Those of a configuration's text; what is wrong with it, without what is in it.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        // The message of the reader may show what it read.
        let config: DockerConfig = serde_json::from_slice(bytes).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            format!("it is no configuration of Docker ({place})")
        })?;
        let (mut logins, mut others) = (BTreeMap::new(), Vec::new());
        for (key, auth) in config.auths {
            let place = key
                .trim_start_matches("https://")
                .trim_start_matches("http://")
                .trim_end_matches('/');
            // What `docker login` writes for Docker Hub.
            let place = match place {
                "index.docker.io/v1" | "index.docker.io" => "docker.io",
                place => place
                    .strip_suffix("/v1")
                    .or(place.strip_suffix("/v2"))
                    .unwrap_or(place),
            };
            let unused = [&auth.auth, &auth.password, &auth.registrytoken];
            others.extend(unused.into_iter().filter(|text| !text.is_empty()).cloned());
            if let Some(login) = auth
                .login()
                .map_err(|why| format!("`auths` of `{place}`: {why}"))?
            {
                logins.insert(place.to_owned(), login);
            }
        }
        Ok(Self { logins, others })
    }

    /// Passwords and tokens, and the pairs that are sent of them, for whoever keeps them out of logs.
    pub fn secrets(&self) -> impl Iterator<Item = String> {
        let of_logins = self.logins.values().flat_map(|login| match login {
            Login::Password { user, password } => {
                vec![
                    password.clone(),
                    STANDARD.encode(format!("{user}:{password}")),
                ]
            }
            Login::Identity(token) => vec![token.clone()],
        });
        of_logins.chain(self.others.iter().cloned())
    }

    /// The login for a repository: that of the longest path above it, as the kubelet and containers' libraries choose.
    pub(crate) fn get(&self, repository: &Repository) -> Option<&Login> {
        let whole = repository.to_string();
        let mut place = whole.as_str();
        loop {
            if let Some(login) = self.logins.get(place) {
                return Some(login);
            }
            place = place.rsplit_once('/')?.0;
        }
    }
}

impl Auth {
    fn login(self) -> Result<Option<Login>, &'static str> {
        if !self.identitytoken.is_empty() {
            return Ok(Some(Login::Identity(self.identitytoken)));
        }
        if !self.username.is_empty() {
            return Ok(Some(Login::Password {
                user: self.username,
                password: self.password,
            }));
        }
        // An entry of a credential helper is empty.
        if self.auth.is_empty() {
            return Ok(None);
        }
        let decoded = STANDARD
            .decode(self.auth.trim())
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or("`auth` is no base64 of text")?;
        let (user, password) = decoded
            .split_once(':')
            .ok_or("`auth` is no base64 of `user:password`")?;
        Ok(Some(Login::Password {
            user: user.to_owned(),
            password: password.trim_end_matches('\0').to_owned(),
        }))
    }
}

fn path_of_docker() -> Option<PathBuf> {
    let of = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let directory = of("DOCKER_CONFIG").map(PathBuf::from);
    directory
        .or_else(|| of("HOME").map(|home| PathBuf::from(home).join(".docker")))
        .map(|directory| directory.join("config.json"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn of(text: &str) -> Result<Credentials, CredentialsError> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("config.json");
        std::fs::write(&path, text).unwrap();
        Credentials::load(&path)
    }

    fn user(credentials: &Credentials, repository: &str) -> Option<String> {
        match credentials.get(&Repository::new(repository).unwrap())? {
            Login::Password { user, .. } => Some(user.clone()),
            Login::Identity(_) => Some("token".to_owned()),
        }
    }

    #[test]
    fn the_login_of_the_longest_path_is_taken() {
        // dTpw is u:p.
        let credentials = of(r#"{"auths": {
            "https://index.docker.io/v1/": {"auth": "aHViOnA="},
            "ghcr.io": {"auth": "aG9zdDpw"},
            "ghcr.io/acme": {"username": "acme", "password": "p"},
            "helper.example.org": {},
            "azure.example.org": {"auth": "MDA6", "identitytoken": "t"}
        }}"#)
        .unwrap();
        assert_eq!(user(&credentials, "docker.io/library/x").unwrap(), "hub");
        assert_eq!(user(&credentials, "ghcr.io/acme/app").unwrap(), "acme");
        assert_eq!(user(&credentials, "ghcr.io/acmes/app").unwrap(), "host");
        assert_eq!(user(&credentials, "azure.example.org/x").unwrap(), "token");
        assert_eq!(user(&credentials, "helper.example.org/x"), None);
        assert_eq!(user(&credentials, "quay.io/x/y"), None);
    }

    #[test]
    fn all_that_nobody_may_see_is_known_to_be_so() {
        let credentials = of(r#"{"auths": {
            "ghcr.io": {"username": "acme", "password": "p4ss"},
            "azure.example.org": {"auth": "MDA6c2VjcmV0", "identitytoken": "t0ken", "registrytoken": "bearer"}
        }}"#)
        .unwrap();
        let secrets: Vec<String> = credentials.secrets().collect();
        for secret in ["p4ss", "YWNtZTpwNHNz", "t0ken", "bearer", "MDA6c2VjcmV0"] {
            assert!(
                secrets.iter().any(|known| known == secret),
                "{secret}: {secrets:?}"
            );
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_and_not_shown() {
        for text in [
            r#"{"auths": {"ghcr.io": {"auth": "s3cr3t!!"}}}"#,
            r#"{"auths": {"ghcr.io": {"auth": "czNjcjN0"}}}"#,
            r#"{"auths": "s3cr3t"}"#,
            r#"{"auths": {"ghcr.io": {"password": {"s3cr3t": 1}}}}"#,
            "s3cr3t",
            "",
        ] {
            let error = of(text).unwrap_err().to_string();
            assert!(error.contains("config.json`"), "{error}");
            assert!(
                !error.contains("s3cr3t") && !error.contains("czNjcjN0"),
                "{error}"
            );
        }
        let none = Credentials::load(Path::new("/no/such/config.json")).unwrap();
        assert_eq!(none.secrets().count(), 0);
        assert!(Credentials::load(Path::new("/")).is_err());
    }
}
