//! Upstream's examples have few of these fields: full examples are read and written without loss.

#![allow(clippy::unwrap_used, reason = "a test ends where it fails")]

use luban_api_kargo::{Freight, ProjectConfig, Promotion, Stage, Warehouse};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn survives<K: Serialize + DeserializeOwned>(text: &str) {
    let before: Value = serde_yaml::from_str(text).unwrap();
    let object: K = serde_yaml::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn subscriptions_keep_all_that_kargo_reads() {
    survives::<Warehouse>(
        "
apiVersion: kargo.akuity.io/v1alpha1
kind: Warehouse
metadata: {name: w, namespace: shop}
spec:
  shard: eu
  interval: 5m0s
  freightCreationPolicy: Automatic
  freightCreationCriteria: {expression: 'imageFrom(\"a\").Tag == imageFrom(\"b\").Tag'}
  subscriptions:
  - name: source
    git:
      repoURL: https://git.example.org/shop
      commitSelectionStrategy: SemVer
      branch: main
      semverConstraint: ^1.2
      strictSemvers: false
      allowTags: ^v
      allowTagsRegexes: [^v]
      ignoreTags: [v0]
      ignoreTagsRegexes: [-rc]
      expressionFilter: author != 'bot'
      includePaths: ['glob:src/**']
      excludePaths: [docs]
      since: '2026-01-02T03:04:05Z'
      discoveryLimit: 5
      blobless: true
      insecureSkipTLSVerify: true
  - image:
      repoURL: registry.example.org/web
      imageSelectionStrategy: Digest
      constraint: stable
      strictSemvers: true
      allowTags: ^v
      allowTagsRegexes: [^v]
      ignoreTags: [v0]
      ignoreTagsRegexes: [-rc]
      platform: linux/amd64
      discoveryLimit: 20
      cacheByTag: true
      insecureSkipTLSVerify: false
  - chart: {repoURL: 'https://charts.example.org', name: web, semverConstraint: ^1, discoveryLimit: 3, insecureSkipTLSVerify: true}
status:
  discoveredArtifacts:
    discoveredAt: '2026-01-02T03:04:05Z'
    git: [{repoURL: u, commits: []}]
    images: [{repoURL: r, references: [{tag: t, digest: 'sha256:0'}]}]
",
    );
}

#[test]
fn a_stage_keeps_all_it_says() {
    survives::<Stage>(
        "
apiVersion: kargo.akuity.io/v1alpha1
kind: Stage
metadata: {name: prd, namespace: shop}
spec:
  shard: eu
  vars: [{name: repo, value: 'https://git.example.org/shop'}]
  requestedFreight:
  - origin: {kind: Warehouse, name: w}
    sources: {stages: [snd], requiredSoakTime: 24h, availabilityStrategy: All, autoPromotionOptions: {selectionPolicy: MatchUpstream}}
  promotionTemplate:
    spec:
      vars: [{name: a}]
      steps:
      - {uses: git-clone, as: clone, retry: {timeout: 10m, errorThreshold: 3}, config: {repoURL: '${{ vars.repo }}', checkout: [{branch: main, path: ./src}]}}
      - {task: {name: open-pr, kind: ClusterPromotionTask}, vars: [{name: base, value: main}]}
      - {uses: http, if: '${{ failure() }}', continueOnError: true, config: {url: 'https://example.org'}}
  verification:
    analysisTemplates: [{name: smoke, kind: ClusterAnalysisTemplate}]
    analysisRunMetadata: {labels: {a: b}, annotations: {c: d}}
    args: [{name: host, value: '${{ vars.host }}'}]
  targets: {selectors: [{matchLabels: {region: eu}}]}
status:
  freightHistory:
  - id: '1'
    items: {Warehouse/w: {name: f, origin: {kind: Warehouse, name: w}, images: [{repoURL: r, tag: t}]}}
    verificationHistory: [{id: v, phase: Successful, analysisRun: {namespace: n, name: a, phase: Successful}}]
  autoPromotionHolds: {Warehouse/w: {origin: {kind: Warehouse, name: w}, freightName: f}}
  health: {status: Healthy, output: [{any: thing}]}
  metadata: {note: {any: thing}}
",
    );
}

#[test]
fn a_task_that_asks_for_a_value_gets_none() {
    let text = "{stage: s, freight: f, steps: [], vars: [{name: repo}]}";
    let before: Value = serde_yaml::from_str(text).unwrap();
    let spec: luban_api_kargo::PromotionSpec = serde_yaml::from_str(text).unwrap();
    assert_eq!(spec.vars.first().unwrap().value, None);
    assert_eq!(serde_json::to_value(spec).unwrap(), before);
}

#[test]
fn freight_and_promotions_keep_all_they_say() {
    survives::<Freight>(
        "
apiVersion: kargo.akuity.io/v1alpha1
kind: Freight
metadata: {name: f}
alias: fast-fox
origin: {kind: Warehouse, name: w}
commits: [{repoURL: u, id: '0', branch: main, message: m, author: a, committer: c, subscriptionName: s}]
charts: [{repoURL: u, name: c, version: 1.0.0}]
artifacts: [{artifactType: x, subscriptionName: s, version: '1', metadata: {a: [1]}}]
discoveredAt: '2026-01-02T03:04:05Z'
status:
  currentlyIn: {snd: {since: '2026-01-02T03:04:05Z'}}
  verifiedIn: {snd: {verifiedAt: '2026-01-02T03:04:05Z', longestSoak: 1h0m0s}}
  approvedFor: {prd: {approvedAt: '2026-01-02T03:04:05Z'}}
",
    );
    survives::<Promotion>(
        "
apiVersion: kargo.akuity.io/v1alpha1
kind: Promotion
metadata: {name: p}
spec: {stage: prd, origin: {kind: Warehouse, name: w}, steps: [{uses: fail}]}
status:
  phase: Failed
  currentStep: 0
  stepExecutionMetadata: [{alias: step-1, status: Failed, errorCount: 1, continueOnError: false}]
  state: {step-1: {pr: {id: 7}}}
",
    );
}

#[test]
fn what_a_project_allows_is_kept() {
    survives::<ProjectConfig>(
        "
apiVersion: kargo.akuity.io/v1alpha1
kind: ProjectConfig
metadata: {name: shop, namespace: shop}
spec:
  promotionPolicies:
  - stageSelector: {name: 'glob:snd-*', matchLabels: {a: b}, matchExpressions: [{key: a, operator: In, values: [b]}]}
    autoPromotionEnabled: true
    autoRollback: {onPromotion: [Failed], onVerification: [Error]}
  promotionWindows: [{name: friday, kind: Deny, rrule: FREQ=WEEKLY;BYDAY=FR, dtstart: 'TZID=Europe/Berlin:20260102T120000', dtend: 'TZID=Europe/Berlin:20260102T235959', stageSelector: {name: prd}}]
  webhookReceivers:
  - {name: g, github: {secretRef: {name: s}}}
  - {name: a, artifactory: {secretRef: {name: s}, virtualRepoName: v}}
  - name: any
    generic:
      secretRef: {name: s}
      actions:
      - action: Refresh
        whenExpression: 'true'
        parameters: {a: b}
        targetSelectionCriteria: [{kind: Warehouse, name: w, labelSelector: {matchLabels: {a: b}}, indexSelector: {matchIndices: [{key: subscribedURLs, operator: Equal, value: u}]}}]
  freightLinks: [{title: t, url: u, description: d, if: 'true'}]
",
    );
}
