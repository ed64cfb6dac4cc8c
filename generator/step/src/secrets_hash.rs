//! The hash of build secrets: it changes when a name or a value does, and tells nobody what they are.
//!
//! HMAC-SHA256 under the project's key over all secrets in the order of their names, each as length of the name, name, length of the
//! value, value; a length is 8 bytes, the highest first. Lengths make it injective: lines of `NAME=VALUE` are the same for one secret
//! with a line break in its value and for two secrets. The key keeps whoever reads the hash, which is in the provenance of images,
//! from trying values.

mod run;

pub(crate) use run::run;

use std::collections::BTreeMap;

use crate::failure::{Exit, Failure};
use crate::hmac::{hex, hmac_sha256};
use crate::secret::Secret;

/// The hash of `secrets`, in hexadecimal; none if there are none, whether or not there is a key.
///
/// # Errors
/// When there are secrets and no key.
pub(crate) fn secrets_hash(
    key: Option<&Secret>,
    secrets: &BTreeMap<String, Secret>,
) -> Result<Option<String>, Failure> {
    if secrets.is_empty() {
        return Ok(None);
    }
    let Some(key) = key else {
        let message = "there are build secrets, and no key to hash them with";
        return Err(Failure::new(Exit::Usage, message)
            .help("give `--secrets-hash-key` the directory of the project's Secret `secrets-hash-key`, which has the key `key`"));
    };
    let mut bytes = Vec::new();
    for (name, value) in secrets {
        append(&mut bytes, name.as_bytes());
        append(&mut bytes, value.expose());
    }
    Ok(Some(hex(&hmac_sha256(key.expose(), &bytes))))
}

/// Appends a part with its length before it, so that no two lists of parts have the same bytes.
pub(crate) fn append(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
    bytes.extend_from_slice(part);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;
    use sha2::{Digest as _, Sha256};

    type Pairs = Vec<(String, Vec<u8>)>;

    fn hash(key: &[u8], secrets: impl IntoIterator<Item = (String, Vec<u8>)>) -> Option<String> {
        let secrets = secrets
            .into_iter()
            .map(|(name, value)| (name, Secret::new(value)))
            .collect();
        secrets_hash(Some(&Secret::new(key)), &secrets).unwrap()
    }

    fn pairs(pairs: &[(&str, &[u8])]) -> Pairs {
        let owned = |(name, value): &(&str, &[u8])| ((*name).to_owned(), value.to_vec());
        pairs.iter().map(owned).collect()
    }

    /// Python: `hmac.new(key, b"".join(len(x).to_bytes(8, "big") + x for n in sorted(d) for x in (n, d[n])), "sha256")`.
    #[test]
    fn hashes_are_those_that_python_makes() {
        for (key, secrets, hash_of_python) in [
            (
                &b"project key"[..],
                pairs(&[("NPM_TOKEN", b"s3cr3t")]),
                "f52c15ad58d31f9080983404474c5a2374d0cd1258ce975537284bd0b0f0301c",
            ),
            (
                b"project key",
                pairs(&[("B", b"2\n"), ("a", b"\xff\x00"), ("A", b"")]),
                "f4e1f86934649c5d3721a1af314aed1cf70989c3913a383dba147ee2d8cb30cf",
            ),
            (
                &[b'k'; 65],
                pairs(&[("A", b"1\nB=2")]),
                "099bcb9d09569457ff4b5f6e169dcc5e67eb246782acfb2abf0b6e4651e807e6",
            ),
        ] {
            assert_eq!(hash(key, secrets).unwrap(), hash_of_python);
        }
    }

    /// Defect 38 of the plan that the build type follows: it sorted lines and hashed them.
    #[test]
    fn secrets_that_collide_as_lines_have_hashes_of_their_own() {
        let lines = |secrets: &Pairs| {
            let mut lines: Vec<Vec<u8>> = secrets
                .iter()
                .map(|(name, value)| [name.as_bytes(), b"=", value].concat())
                .collect();
            lines.sort();
            Sha256::digest(lines.join(&b'\n'))
        };
        let (one, two) = (
            pairs(&[("A", b"1\nB=2")]),
            pairs(&[("A", b"1"), ("B", b"2")]),
        );
        assert_eq!(lines(&one), lines(&two));
        assert_ne!(hash(b"key", one), hash(b"key", two));
    }

    #[test]
    fn where_a_name_ends_and_where_a_value_ends_counts() {
        let same_bytes = [
            pairs(&[("A", b"B12")]),
            pairs(&[("AB", b"12")]),
            pairs(&[("A", b""), ("B", b"12")]),
            pairs(&[("AB", b""), ("12", b"")]),
        ];
        let mut hashes: Vec<_> = same_bytes.map(|secrets| hash(b"key", secrets)).into();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 4);
    }

    #[test]
    fn a_newline_at_the_end_of_a_value_counts() {
        let of = |value: &[u8]| hash(b"key", pairs(&[("A", value)]));
        assert_ne!(of(b"1"), of(b"1\n"));
    }

    #[test]
    fn the_key_of_another_project_gives_another_hash() {
        let secrets = pairs(&[("A", b"1")]);
        assert_ne!(hash(b"one", secrets.clone()), hash(b"two", secrets));
    }

    #[test]
    fn no_secrets_have_no_hash_with_or_without_a_key() {
        assert_eq!(hash(b"key", Vec::new()), None);
        assert_eq!(secrets_hash(None, &BTreeMap::new()), Ok(None));
    }

    #[test]
    fn secrets_without_a_key_are_refused_and_not_shown() {
        let secrets = BTreeMap::from([("A".to_owned(), Secret::new("s3cr3t"))]);
        let failure = secrets_hash(None, &secrets).unwrap_err();
        assert_eq!(failure.exit, Exit::Usage);
        assert!(!format!("{failure:?}").contains("s3cr3t"));
    }

    fn some_secrets() -> impl Strategy<Value = BTreeMap<String, Vec<u8>>> {
        btree_map(
            "[AB=\n]{0,3}",
            vec(prop::sample::select(b"AB=\n\0\x01".to_vec()), 0..4),
            1..4,
        )
    }

    proptest! {
        #[test]
        fn the_order_in_which_secrets_come_does_not_matter(
            shuffled in some_secrets().prop_flat_map(|secrets| {
                let pairs: Pairs = secrets.into_iter().collect();
                (Just(pairs.clone()), Just(pairs).prop_shuffle())
            })
        ) {
            let (ordered, shuffled) = shuffled;
            prop_assert_eq!(hash(b"key", ordered), hash(b"key", shuffled));
        }

        #[test]
        fn different_secrets_have_different_hashes(one in some_secrets(), two in some_secrets()) {
            prop_assert_eq!(one == two, hash(b"key", one) == hash(b"key", two));
        }
    }
}
