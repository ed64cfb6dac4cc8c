//! Fields that exclude each other: a reader is told all that are set.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_argo_rollouts::{
    CloudWatchMetricDataQuery, DatadogMetric, MetricProvider, UNIONS, ValueFrom, WebMetric,
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
    names_all::<MetricProvider>(
        "{prometheus: {}, kayenta: {}, web: {}, datadog: {}, wavefront: {}, newRelic: {}, job: {}, cloudWatch: {}, graphite: {}, influxdb: {}, skywalking: {}, plugin: {a: 1}}",
        |object| object.provider().err(),
    );
    names_all::<ValueFrom>("{secretKeyRef: {}, fieldRef: {}}", |object| {
        object.source().err()
    });
    names_all::<WebMetric>("{body: x, jsonBody: {a: 1}}", |object| {
        object.content().err()
    });
    names_all::<DatadogMetric>("{query: x, queries: {a: b}}", |object| object.asks().err());
    names_all::<CloudWatchMetricDataQuery>("{expression: x, metricStat: {}}", |object| {
        object.gives().err()
    });
}

#[test]
fn a_request_may_send_nothing() {
    let request: WebMetric = serde_yaml::from_str("{url: https://example.org}").unwrap();
    assert_eq!(request.content(), Ok(None));
}
