//! Fields that exclude each other: a reader is told all that are set.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_core::OneOf;
use luban_api_kustomize::{Patch, PatchSource, ReplacementField, UNIONS};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Sets every field of a union, by its names in YAML, and looks whether just those are complained of.
fn names_all<T: DeserializeOwned>(text: &str, error: impl Fn(&T) -> Option<OneOf>) {
    let fields: Value = serde_yaml::from_str(text).unwrap();
    let object: T = serde_yaml::from_str(text).unwrap();
    let error = error(&object).unwrap();
    let keys: Vec<&str> = fields
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(error.set(), keys);
    assert_eq!(error.union().fields, keys);
    assert!(UNIONS.contains(&error.union()));
}

#[test]
fn fields_that_exclude_each_other_are_all_named() {
    names_all::<Patch>("{patch: x, path: x}", |object| object.source().err());
    names_all::<ReplacementField>("{path: x, source: {}, sourceValue: x}", |object| {
        object.origin().err()
    });
}

#[test]
fn a_patch_is_found_where_it_is() {
    let patch: Patch = serde_yaml::from_str("{path: p.yaml}").unwrap();
    assert_eq!(patch.source(), Ok(PatchSource::Path("p.yaml")));
}
