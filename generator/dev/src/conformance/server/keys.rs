//! The key that ServiceAccounts' tokens are signed with, and a token.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

/// What stands before a P-256 point in a SubjectPublicKeyInfo (RFC 5480): the algorithm and the curve.
const PUBLIC_KEY: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];

/// A new key pair.
pub(super) struct Keys {
    private: Vec<u8>,
    public: Vec<u8>,
}

impl Keys {
    /// # Errors
    /// When the system has no random numbers.
    pub(super) fn new() -> Result<Self> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let private = EcdsaKeyPair::generate_pkcs8(algorithm, &random)
            .ok()
            .context("cannot make a key")?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, private.as_ref(), &random)
            .ok()
            .context("cannot read the key that was made")?;
        let mut public = PUBLIC_KEY.to_vec();
        public.extend(pair.public_key().as_ref());
        Ok(Self {
            private: private.as_ref().to_vec(),
            public,
        })
    }

    pub(super) fn private_pem(&self) -> String {
        pem("PRIVATE KEY", &self.private)
    }

    pub(super) fn public_pem(&self) -> String {
        pem("PUBLIC KEY", &self.public)
    }
}

/// A random text of 32 hex digits.
///
/// # Errors
/// When the system has no random numbers.
pub(super) fn token() -> Result<String> {
    let mut bytes = [0; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .ok()
        .context("there are no random numbers")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn pem(label: &str, bytes: &[u8]) -> String {
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        STANDARD.encode(bytes)
    )
}
