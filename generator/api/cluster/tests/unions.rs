//! Fields that exclude each other: a reader is told all that are set.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_cluster::{
    Authority, CIDRRule, CiliumRule, Endpoint, ExternalSecretDataFromRemoteRef,
    ExternalSecretRewrite, FQDNSelector, HTTPPathModifier, HTTPRequestMirrorFilter,
    HTTPRouteFilter, Identity, KeyRef, PodMetricsEndpoint, Policy, Rule, RuleSubject,
    SecretOrConfigMap, SessionPersistence, StoreGeneratorSourceRef, UNIONS,
};
use luban_api_core::OneOf;
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
    names_all::<HTTPRouteFilter>(
        "{requestHeaderModifier: {}, responseHeaderModifier: {}, requestMirror: {}, requestRedirect: {}, urlRewrite: {}, cors: {}, externalAuth: {}, extensionRef: {}}",
        |object| object.filter().err(),
    );
    names_all::<HTTPPathModifier>("{replaceFullPath: x, replacePrefixMatch: x}", |object| {
        object.replacement().err()
    });
    names_all::<HTTPRequestMirrorFilter>("{percent: 5, fraction: {}}", |object| {
        object.share().err()
    });
    names_all::<SessionPersistence>("{cookie: {}, header: {}}", |object| object.key().err());
    names_all::<ExternalSecretRewrite>("{regexp: {}, transform: {}, merge: {}}", |object| {
        object.rewrite().err()
    });
    names_all::<StoreGeneratorSourceRef>("{storeRef: {}, generatorRef: {}}", |object| {
        object.source().err()
    });
    names_all::<ExternalSecretDataFromRemoteRef>("{extract: {}, find: {}}", |object| {
        object.values().err()
    });
    names_all::<Rule>("{alert: x, record: x}", |object| object.makes().err());
    names_all::<PodMetricsEndpoint>(
        "{basicAuth: {}, authorization: {}, bearerTokenSecret: {}, oauth2: {}}",
        |object| object.authentication().err(),
    );
    names_all::<Endpoint>(
        "{basicAuth: {}, authorization: {}, bearerTokenSecret: {}, oauth2: {}}",
        |object| object.authentication().err(),
    );
    names_all::<SecretOrConfigMap>("{secret: {}, configMap: {}}", |object| object.place().err());
    names_all::<CiliumRule>("{endpointSelector: {}, nodeSelector: {}}", |object| {
        object.subject().err()
    });
    names_all::<CIDRRule>(
        "{cidr: x, cidrGroupRef: x, cidrGroupSelector: {}}",
        |object| object.range().err(),
    );
    names_all::<FQDNSelector>("{matchName: x, matchPattern: x}", |object| {
        object.domain().err()
    });
    names_all::<Authority>("{key: {}, keyless: {}, static: {}}", |object| {
        object.signer().err()
    });
    names_all::<KeyRef>("{secretRef: {}, data: x, kms: x}", |object| {
        object.place().err()
    });
    names_all::<Policy>("{data: x, configMapRef: {}, remote: {}}", |object| {
        object.condition().err()
    });
    names_all::<Identity>("{issuer: x, issuerRegExp: x}", |object| {
        object.issued_by().err()
    });
    names_all::<Identity>("{subject: x, subjectRegExp: x}", |object| {
        object.signed_by().err()
    });
}

#[test]
fn an_empty_selector_is_a_subject() {
    let rule: CiliumRule = serde_yaml::from_str("{endpointSelector: {}}").unwrap();
    assert!(matches!(rule.subject(), Ok(RuleSubject::Endpoints(_))));
}
