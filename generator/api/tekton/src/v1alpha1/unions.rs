//! Fields of which one is set, as enums.

use luban_api_core::k8s_openapi::api::core::v1::SecretReference;
use luban_api_core::one_of;

use super::{EmbeddedRunSpec, KeyRef, RunSpec};
use crate::v1beta1::TaskRef;

one_of! {
    /// Where a public key is.
    pub enum KeySource<'a>: exactly one of KeyRef::source {
        /// In a Secret.
        SecretRef(&'a SecretReference) = secret_ref "secretRef",
        /// In place.
        Data(&'a str) = data,
        /// In a key management system.
        Kms(&'a str) = kms,
    }
}

one_of! {
    /// The custom task of a run.
    pub enum RunBody<'a>: exactly one of RunSpec::body {
        /// By `apiVersion` and `kind`.
        Ref(&'a TaskRef) = ref_ "ref",
        /// In place.
        Spec(&'a EmbeddedRunSpec) = spec,
    }
}

#[cfg(test)]
mod tests {
    use crate::v1alpha1::{KeyRef, KeySource};
    use serde_json::{from_value, json};

    #[test]
    fn a_public_key_is_in_one_place() {
        let key: KeyRef = from_value(json!({"data": "PEM", "hashAlgorithm": "sha512"})).unwrap();
        assert_eq!(key.source(), Ok(KeySource::Data("PEM")));
        let two: KeyRef = from_value(json!({"data": "PEM", "kms": "gcpkms://k"})).unwrap();
        assert_eq!(two.source().unwrap_err().set(), ["data", "kms"]);
    }
}
