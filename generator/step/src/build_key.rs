//! What a build is made of, as one key: two builds with the same key make the same image, save for the time of the build.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::hmac::hex;
use crate::secrets_hash::append;

/// The annotation of an image, and of the index over image and attestations, with the key that it was built for.
pub(crate) const ANNOTATION: &str = "dev.luban.build-key";
/// What the tag begins with that an image has in its repository beside its own; the key follows.
const TAG: &str = "build-";
/// The version of what the key is made of: keys of other versions find nothing.
const VERSION: &[u8] = b"luban.dev/build-key/v1";

/// What goes into an image.
#[derive(Clone, Debug)]
pub(crate) struct BuildKey<'a> {
    /// The commit.
    pub(crate) revision: &'a str,
    /// The directory of the clone that is built, without `.` and slashes at its ends.
    pub(crate) context: &'a str,
    /// The plan.
    pub(crate) plan: &'a Value,
    /// The image of the frontend.
    pub(crate) frontend: &'a str,
    /// The platform.
    pub(crate) platform: &'a str,
    /// The hash of the secrets, if there are any.
    pub(crate) secrets_hash: Option<&'a str>,
    /// Variables of plan and build.
    pub(crate) variables: &'a BTreeMap<String, String>,
}

impl BuildKey<'_> {
    /// The key: 64 hexadecimal digits. SHA-256 over all parts, each with its length before it; of the plan, how it is written
    /// does not matter.
    pub(crate) fn key(&self) -> String {
        let mut bytes = Vec::new();
        let mut plan = Vec::new();
        canonical(self.plan, &mut plan);
        let parts = [
            VERSION,
            self.revision.as_bytes(),
            self.context.as_bytes(),
            &plan,
            self.frontend.as_bytes(),
            self.platform.as_bytes(),
            self.secrets_hash.unwrap_or_default().as_bytes(),
        ];
        parts.iter().for_each(|part| append(&mut bytes, part));
        for (name, value) in self.variables {
            append(&mut bytes, name.as_bytes());
            append(&mut bytes, value.as_bytes());
        }
        hex(&Sha256::digest(&bytes))
    }
}

/// The tag under which an image with this key is found in its repository.
pub(crate) fn tag(key: &str) -> String {
    format!("{TAG}{key}")
}

/// The bytes of a JSON value, the same for all ways to write it: keys in order, and each part with its kind and length.
fn canonical(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Null => bytes.push(b'n'),
        Value::Bool(value) => bytes.push(if *value { b't' } else { b'f' }),
        Value::Number(number) => {
            bytes.push(b'd');
            append(bytes, number.to_string().as_bytes());
        }
        Value::String(text) => {
            bytes.push(b's');
            append(bytes, text.as_bytes());
        }
        Value::Array(items) => {
            bytes.push(b'a');
            bytes.extend_from_slice(&(items.len() as u64).to_be_bytes());
            items.iter().for_each(|item| canonical(item, bytes));
        }
        Value::Object(entries) => {
            bytes.push(b'o');
            bytes.extend_from_slice(&(entries.len() as u64).to_be_bytes());
            let sorted: BTreeMap<_, _> = entries.iter().collect();
            for (key, value) in sorted {
                append(bytes, key.as_bytes());
                canonical(value, bytes);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;
    use serde_json::json;
    use std::sync::LazyLock;

    static PLAN: LazyLock<Value> = LazyLock::new(|| json!({"secrets": ["A"], "steps": []}));
    static VARIABLES: LazyLock<BTreeMap<String, String>> =
        LazyLock::new(|| BTreeMap::from([("A".to_owned(), "1".to_owned())]));

    fn key_of<'a>(change: impl FnOnce(&mut BuildKey<'a>)) -> String {
        let mut key = BuildKey {
            revision: "0123456789abcdef0123456789abcdef01234567",
            context: "apps/web",
            plan: &PLAN,
            frontend: "ghcr.io/railwayapp/railpack-frontend:v0.37.0",
            platform: "linux/amd64",
            secrets_hash: None,
            variables: &VARIABLES,
        };
        change(&mut key);
        key.key()
    }

    /// Python, with the struct above: `sha256(b"".join(len(x).to_bytes(8, "big") + x for x in parts))`.
    #[test]
    fn a_known_build_has_a_known_key() {
        assert_eq!(
            key_of(|_| ()),
            "c78b4b371fbc50d6b0d826b4a305209e59cba454f66b3e6039531619a45e82ae"
        );
        assert_eq!(tag("ab"), "build-ab");
    }

    #[test]
    fn everything_that_goes_into_an_image_changes_its_key() {
        let (plan, variables) = (
            json!({"secrets": ["B"], "steps": []}),
            BTreeMap::from([("A".to_owned(), "2".to_owned())]),
        );
        let (swapped, none) = (
            BTreeMap::from([("1".to_owned(), "A".to_owned())]),
            BTreeMap::new(),
        );
        let mut keys = vec![
            key_of(|_| ()),
            key_of(|key| key.revision = "1123456789abcdef0123456789abcdef01234567"),
            key_of(|key| key.context = "apps"),
            key_of(|key| key.plan = &plan),
            key_of(|key| key.frontend = "ghcr.io/railwayapp/railpack-frontend:v0.37.1"),
            key_of(|key| key.platform = "linux/arm64"),
            key_of(|key| key.secrets_hash = Some("ab")),
            key_of(|key| key.variables = &variables),
            key_of(|key| key.variables = &swapped),
            key_of(|key| key.variables = &none),
        ];
        let count = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }

    #[test]
    fn what_moves_from_one_part_into_the_next_changes_the_key() {
        assert_ne!(
            key_of(|key| (key.revision, key.context) = ("ab", "c")),
            key_of(|key| (key.revision, key.context) = ("a", "bc"))
        );
    }

    #[test]
    fn how_a_plan_is_written_does_not_matter() {
        let plans = [
            r#"{"b": [1, 2.50], "a": {"y": "é", "x": null}}"#,
            "{\"a\":{\"x\":null,\n\"y\":\"\\u00e9\"},\"b\":[1,2.5]}",
        ];
        let [one, two] = plans.map(|plan| serde_json::from_str::<Value>(plan).unwrap());
        assert_eq!(key_of(|key| key.plan = &one), key_of(|key| key.plan = &two));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (0..3_i64).prop_map(Value::from),
            "[a1]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                prop::collection::btree_map("[a1]{0,2}", inner, 0..3)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn different_plans_have_different_bytes(one in any_json(), two in any_json()) {
            let bytes = |value| {
                let mut bytes = Vec::new();
                canonical(value, &mut bytes);
                bytes
            };
            prop_assert_eq!(one == two, bytes(&one) == bytes(&two));
        }
    }
}
