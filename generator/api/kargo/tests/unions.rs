//! Fields that exclude each other: a reader is told all that are set.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_core::OneOf;
use luban_api_kargo::{
    PromotionPolicy, PromotionSpec, PromotionStep, RepoSubscription, StepWork, UNIONS,
    WebhookReceiverConfig,
};
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
    names_all::<RepoSubscription>("{git: {}, image: {}, chart: {}}", |object| {
        object.subscription().err()
    });
    names_all::<PromotionStep>("{uses: x, task: {}}", |object| object.work().err());
    names_all::<PromotionSpec>("{freight: x, origin: {}}", |object| object.promoted().err());
    names_all::<PromotionPolicy>("{stageSelector: {}, stage: x}", |object| {
        object.stages().err()
    });
    names_all::<WebhookReceiverConfig>(
        "{artifactory: {}, azure: {}, bitbucket: {}, dockerhub: {}, generic: {}, gitea: {}, github: {}, gitlab: {}, harbor: {}, quay: {}}",
        |object| object.sender().err(),
    );
}

#[test]
fn the_one_that_is_set_is_found() {
    let step: PromotionStep = serde_yaml::from_str("{uses: git-clone, as: clone}").unwrap();
    assert_eq!(step.work(), Ok(StepWork::Uses("git-clone")));
}

#[test]
fn a_subscription_to_nothing_is_told_what_it_may_be() {
    let nothing: RepoSubscription = serde_yaml::from_str("{name: web}").unwrap();
    assert_eq!(
        nothing.subscription().unwrap_err().to_string(),
        "exactly one of `git`, `image` and `chart` must be set: none is"
    );
}
