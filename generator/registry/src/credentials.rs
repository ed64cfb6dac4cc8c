//! Credentials from Docker's configuration file.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// User and password for each registry's host.
#[derive(Clone, Default)]
pub struct Credentials(BTreeMap<String, (String, String)>);

impl fmt::Debug for Credentials {
    /// Hosts alone.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
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
}

impl Credentials {
    /// Those of `$DOCKER_CONFIG/config.json`, or of `~/.docker/config.json`; none if there is no such file.
    pub fn of_docker() -> Self {
        let directory = std::env::var_os("DOCKER_CONFIG").map(PathBuf::from);
        let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".docker"));
        directory
            .or_else(home)
            .map(|directory| Self::read(&directory.join("config.json")))
            .unwrap_or_default()
    }

    /// Those of one configuration file; none if it cannot be read.
    pub fn read(path: &Path) -> Self {
        let config: DockerConfig = std::fs::read(path)
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let entries = config.auths.into_iter().filter_map(|(key, auth)| {
            let host = key
                .trim_start_matches("https://")
                .split('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            if !auth.username.is_empty() {
                return Some((host, (auth.username, auth.password)));
            }
            let decoded = String::from_utf8(STANDARD.decode(auth.auth).ok()?).ok()?;
            let (user, password) = decoded.split_once(':')?;
            Some((host, (user.to_owned(), password.to_owned())))
        });
        Self(entries.collect())
    }

    /// User and password for `host`.
    pub(crate) fn get(&self, host: &str) -> Option<&(String, String)> {
        let alias = if host == "docker.io" {
            "index.docker.io"
        } else {
            host
        };
        self.0.get(host).or_else(|| self.0.get(alias))
    }
}
