//! The public keys that signatures are checked with.

use std::path::Path;

use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::pki_types::pem::PemObject as _;

use crate::failure::{Exit, Failure};
use crate::secret::Secret;

/// What stands before the point in the DER of a public key on P-256 (RFC 5480): `id-ecPublicKey`, `secp256r1`, a bit string.
const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// An uncompressed point.
const POINT: usize = 65;

/// Public keys, any of which will do: a key is changed by having both for a while.
#[derive(Clone, Debug)]
pub(crate) struct PublicKeys(Vec<Vec<u8>>);

impl PublicKeys {
    /// Reads `cosign.pub`: one or several public keys in PEM.
    ///
    /// # Errors
    /// When it cannot be read, holds no key, or one of another kind than `cosign generate-key-pair` makes.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = Secret::read(path)?;
        Self::parse(text.expose()).map_err(|why| {
            let message = format!("cannot read the public key in `{}`: {why}", path.display());
            Failure::new(Exit::Usage, message)
                .help("mount `cosign.pub` of the key pair that signs there")
        })
    }

    /// The keys in a PEM text, or why there are none.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, String> {
        let mut keys = Vec::new();
        for key in SubjectPublicKeyInfoDer::pem_slice_iter(text) {
            let key = key.map_err(|error| format!("it is no PEM: {error}"))?;
            let point = key.strip_prefix(&P256[..]);
            let point = point.filter(|point| point.len() == POINT && point.starts_with(&[4]));
            let point =
                point.ok_or("it is no ECDSA key on P-256, as `cosign generate-key-pair` makes")?;
            keys.push(point.to_vec());
        }
        match keys.is_empty() {
            true => Err("there is no `PUBLIC KEY` in it".to_owned()),
            false => Ok(Self(keys)),
        }
    }

    /// Whether `signature` is one of `message` under one of the keys: ECDSA in DER, over SHA-256.
    pub(super) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.iter().any(|point| {
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point)
                .verify(message, signature)
                .is_ok()
        })
    }
}
