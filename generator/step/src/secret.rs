//! Values that nobody may see.

use std::fmt;
use std::io::Read as _;
use std::path::Path;

use crate::failure::{Exit, Failure};

/// The largest secret that is read from a file; Kubernetes' own limit is 1 MiB.
const LARGEST: u64 = 1 << 20;

/// A secret: no message and no debug output shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A secret from its bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Reads a secret from a file, without the newline that editors leave at its end.
    ///
    /// # Errors
    /// When the file cannot be read, is empty, or is larger than a Kubernetes Secret can be.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let mut secret = Self::read_exact(path)?;
        if secret.0.ends_with(b"\n") {
            secret.0.pop();
            if secret.0.ends_with(b"\r") {
                secret.0.pop();
            }
        }
        if secret.0.is_empty() {
            let message = format!("`{}` is empty", path.display());
            return Err(Failure::new(Exit::Usage, message)
                .help("a Secret of that key must be mounted there"));
        }
        Ok(secret)
    }

    /// Reads a secret from a file as it is, to the last byte.
    ///
    /// # Errors
    /// When the file cannot be read, or is larger than a Kubernetes Secret can be.
    pub fn read_exact(path: &Path) -> Result<Self, Failure> {
        let refuse = |why: String| {
            let message = format!("cannot read `{}`: {why}", path.display());
            Failure::new(Exit::Usage, message)
                .help("a Secret must be mounted there, readable for this user")
        };
        let file = std::fs::File::open(path).map_err(|error| refuse(error.to_string()))?;
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refuse(error.to_string()))?;
        if bytes.len() as u64 > LARGEST {
            return Err(refuse("it is larger than 1 MiB".to_owned()));
        }
        Ok(Self(bytes))
    }

    /// The bytes, for where they are needed.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The text, for where it is needed.
    ///
    /// # Errors
    /// When it is no UTF-8; `what` says of what, as in ``the token in `/credentials/password` ``.
    pub fn expose_text(&self, what: &str) -> Result<&str, Failure> {
        std::str::from_utf8(&self.0).map_err(|_| {
            Failure::new(Exit::Usage, format!("{what} is not UTF-8 text"))
                .help("write the Secret anew: what it holds is not what the server gave out")
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}
