//! Credentials: a mounted Secret with the files `username` and `password`.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::failure::{Exit, Failure};
use crate::redact::Redactor;
use crate::secret::Secret;

/// The user of a token alone, whom providers that ask for one do not mind.
const TOKEN_USER: &str = "x-oauth-basic";

/// Who somebody is to a server, and the secret that proves it.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    /// The user; providers that know one by the token alone ignore it.
    pub(crate) username: String,
    /// The password or token.
    pub(crate) password: Secret,
}

impl Credentials {
    /// Reads `username` and `password` from a directory; nothing that is printed later shows the password.
    ///
    /// # Errors
    /// When `password` is missing or empty, or `username` cannot be read. A Secret without `username` is one of a token alone.
    pub(crate) fn read(directory: &Path, redactor: &Redactor) -> Result<Self, Failure> {
        let password = Secret::read(&directory.join("password"))?;
        redactor.hide(&password);
        password.expose_text(&format!("the password in `{}`", directory.display()))?;
        let path = directory.join("username");
        let username = match path.exists() {
            true => {
                let bytes = Secret::read(&path)?;
                bytes
                    .expose_text(&format!("the user name in `{}`", directory.display()))?
                    .to_owned()
            }
            false => String::new(),
        };
        if username.contains([':', '\n', '\r', '\0']) {
            let message = format!(
                "the user name in `{}` holds a colon or a line break",
                directory.display()
            );
            return Err(Failure::new(Exit::Usage, message));
        }
        let credentials = Self { username, password };
        // Servers and proxies that show a request's headers show it like this.
        for pair in [credentials.pair(), credentials.pair_of_git()] {
            redactor.hide(&Secret::new(pair));
        }
        Ok(credentials)
    }

    /// User and password as the scheme `Basic` has them (RFC 7617).
    pub(crate) fn pair(&self) -> String {
        STANDARD.encode(format!("{}:{}", self.username, self.password()))
    }

    /// The pair that servers of Git get, which ask for a user.
    pub(crate) fn pair_of_git(&self) -> String {
        match self.username.as_str() {
            "" => STANDARD.encode(format!("{TOKEN_USER}:{}", self.password())),
            _ => self.pair(),
        }
    }

    /// The password as text.
    pub(crate) fn password(&self) -> &str {
        // Checked when it was read.
        std::str::from_utf8(self.password.expose()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::fs;

    #[test]
    fn a_mounted_secret_is_read_and_hidden() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("username"), "luban\n").unwrap();
        fs::write(directory.path().join("password"), "s3cr3t\n").unwrap();
        let redactor = Redactor::default();
        let credentials = Credentials::read(directory.path(), &redactor).unwrap();
        assert_eq!(
            (credentials.username.as_str(), credentials.password()),
            ("luban", "s3cr3t")
        );
        assert_eq!(redactor.text("s3cr3t"), "***");
        // printf 'luban:s3cr3t' | base64
        assert_eq!(redactor.text("Basic bHViYW46czNjcjN0"), "Basic ***");
        assert!(!format!("{credentials:?}").contains("s3cr3t"));
    }

    #[test]
    fn a_token_needs_no_user() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("password"), "token").unwrap();
        let credentials = Credentials::read(directory.path(), &Redactor::default()).unwrap();
        assert_eq!(credentials.username, "");
    }

    #[test]
    fn a_missing_or_empty_password_is_said_with_its_file() {
        let directory = tempfile::tempdir().unwrap();
        let failure = Credentials::read(directory.path(), &Redactor::default()).unwrap_err();
        assert!(
            failure.message.contains("/password`: No such file"),
            "{}",
            failure.message
        );
        fs::write(directory.path().join("password"), "\n").unwrap();
        let failure = Credentials::read(directory.path(), &Redactor::default()).unwrap_err();
        assert!(failure.message.contains("is empty"), "{}", failure.message);
        assert_eq!(failure.exit, Exit::Usage);
    }
}
