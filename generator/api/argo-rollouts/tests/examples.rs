//! Upstream's examples have few of these fields: full examples are read and written without loss.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_argo_rollouts::{AnalysisRun, AnalysisTemplate, ClusterAnalysisTemplate};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Every provider, as a metric each.
const METRICS: &str = "
  metrics:
  - name: job
    initialDelay: 10s
    interval: 1m
    count: '{{args.count}}'
    successCondition: 'true'
    failureCondition: 'false'
    failureLimit: -1
    inconclusiveLimit: 2
    consecutiveErrorLimit: 4
    consecutiveSuccessLimit: 3
    provider:
      job:
        metadata: {labels: {a: b}, annotations: {c: d}}
        spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i, args: ['{{args.host}}']}]}}}
  - name: prometheus
    provider:
      prometheus:
        address: http://prometheus
        query: up
        timeout: 30
        insecure: true
        headers: [{key: a, value: b}]
        rangeQuery: {start: now() - duration(\"1h\"), end: now(), step: 1m}
        authentication: {sigv4: {region: r, profile: p, roleArn: a}, oauth2: {tokenUrl: u, clientId: c, clientSecret: s, scopes: [x]}, basicAuth: {username: u, password: p}}
  - name: web
    provider: {web: {method: POST, url: u, headers: [{key: a, value: b}], jsonBody: {a: [1]}, jsonPath: '{$.a}', timeoutSeconds: 5, insecure: false, authentication: {basicAuth: {username: u}}}}
  - name: cloud-watch
    provider:
      cloudWatch:
        interval: 5m
        metricDataQueries:
        - {id: rate, expression: errors / requests, label: l, period: 300, returnData: true}
        - {id: errors, metricStat: {metric: {namespace: n, metricName: m, dimensions: [{name: d, value: v}]}, period: '300', stat: Sum, unit: Count}, returnData: false}
  - name: datadog
    provider: {datadog: {apiVersion: v2, interval: 5m, queries: {a: q}, formula: a, aggregator: avg, requestTimeout: 10s, secretRef: {name: s, namespaced: true}}}
  - name: kayenta
    provider:
      kayenta:
        address: a
        application: b
        canaryConfigName: c
        metricsAccountName: d
        configurationAccountName: e
        storageAccountName: f
        threshold: {pass: 90, marginal: 75}
        lookback: true
        scopes: [{name: default, controlScope: {scope: s, region: r, step: 60, start: x, end: y}, experimentScope: {scope: s, region: r, step: 60}}]
  - {name: new-relic, provider: {newRelic: {profile: p, query: q, timeout: 5}}}
  - {name: wavefront, provider: {wavefront: {address: a, query: q}}}
  - {name: graphite, provider: {graphite: {address: a, query: q}}}
  - {name: influxdb, provider: {influxdb: {profile: p, query: q}}}
  - {name: skywalking, provider: {skywalking: {address: a, query: q, interval: 3m}}}
  - {name: plugin, provider: {plugin: {argoproj-labs/sample: {any: [thing]}}}}
  args: [{name: host, value: h}, {name: token, valueFrom: {secretKeyRef: {name: s, key: k}}}, {name: team, valueFrom: {fieldRef: {fieldPath: 'metadata.labels[team]'}}}]
  dryRun: [{metricName: '*'}]
  measurementRetention: [{metricName: job, limit: 20}]
";

fn survives<K: Serialize + DeserializeOwned>(kind: &str, rest: &str) {
    let text = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: {kind}\nmetadata: {{name: a}}\nspec:{METRICS}{rest}"
    );
    let before: Value = serde_yaml::from_str(&text).unwrap();
    let object: K = serde_yaml::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn templates_keep_every_provider() {
    let others = "  templates: [{templateName: t, clusterScope: true}]\n";
    survives::<AnalysisTemplate>("AnalysisTemplate", others);
    survives::<ClusterAnalysisTemplate>("ClusterAnalysisTemplate", others);
}

#[test]
fn a_run_keeps_what_it_measured() {
    survives::<AnalysisRun>(
        "AnalysisRun",
        "  terminate: true
  ttlStrategy: {secondsAfterCompletion: 1, secondsAfterFailure: 2, secondsAfterSuccess: 3}
status:
  phase: Failed
  message: m
  startedAt: '2026-01-02T03:04:05Z'
  completedAt: '2026-01-02T03:05:05Z'
  runSummary: {count: 1, successful: 0, failed: 1, inconclusive: 0, error: 0}
  dryRunSummary: {count: 1}
  metricResults:
  - name: job
    phase: Failed
    count: 1
    failed: 1
    consecutiveError: 0
    consecutiveSuccess: 0
    dryRun: false
    metadata: {a: b}
    measurements: [{phase: Failed, value: '1', startedAt: '2026-01-02T03:04:05Z', finishedAt: '2026-01-02T03:04:06Z', resumeAt: '2026-01-02T03:04:06Z', message: m, metadata: {job-name: j}}]
",
    );
}
