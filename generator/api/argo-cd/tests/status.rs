//! The examples have no status: what Argo CD writes is read and written without loss.

use luban_api_argo_cd::{AppProject, Application, ApplicationSet};
use serde_json::Value;

const APPLICATION: &str = "
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web-snd, namespace: argocd}
spec:
  project: shop
  sourceHydrator:
    drySource: {repoURL: https://git.example.org/a.git, targetRevision: main, path: web, directory: {disableExtensionFilter: true}}
    syncSource: {repoURL: https://git.example.org/b.git, targetBranch: snd, path: web}
    hydrateTo: {targetBranch: snd-next}
  destination: {name: snd, namespace: shop-snd}
status:
  sync:
    status: OutOfSync
    revision: 0f1e
    comparedTo:
      source: {repoURL: https://git.example.org/b.git, path: web}
      destination: {name: snd, namespace: shop-snd}
      ignoreDifferences: [{kind: Deployment, group: apps, jsonPointers: [/spec/replicas]}]
  health: {status: Progressing, lastTransitionTime: '2026-08-21T10:00:00Z'}
  resources:
  - {group: apps, version: v1, kind: Deployment, namespace: shop-snd, name: web, status: OutOfSync, health: {status: Healthy}, syncWave: -1, hook: false, requiresPruning: true, requiresDeletionConfirmation: true}
  summary: {images: ['web:1'], externalURLs: [https://shop.example.org], isAppOfApps: false}
  conditions: [{type: SyncError, message: refused, lastTransitionTime: '2026-08-21T10:00:00Z'}]
  history:
  - {id: 3, revision: 0f1d, deployStartedAt: '2026-08-20T10:00:00Z', deployedAt: '2026-08-20T10:00:09Z', initiatedBy: {automated: true}, source: {repoURL: https://git.example.org/b.git}}
  - {id: 4, revisions: [a, b], deployedAt: '2026-08-21T10:00:09Z', initiatedBy: {username: li}, sources: [{repoURL: r}, {repoURL: s}]}
  operationState:
    operation: {sync: {revision: 0f1e, autoHealAttemptsCount: 2, resources: [{kind: Service, name: web}]}, retry: {limit: 2}, initiatedBy: {username: li}, info: [{name: Reason, value: try}]}
    phase: Failed
    message: one or more objects failed to apply
    startedAt: '2026-08-21T10:00:00Z'
    finishedAt: '2026-08-21T10:00:05Z'
    retryCount: 2
    syncResult:
      revision: 0f1e
      source: {repoURL: https://git.example.org/b.git}
      resources: [{group: '', version: v1, kind: Service, namespace: shop-snd, name: web, status: SyncFailed, message: no, hookPhase: Failed, syncPhase: Sync, images: ['web:1']}]
      managedNamespaceMetadata: {labels: {a: b}}
  sourceHydrator:
    currentOperation:
      phase: Hydrating
      message: ''
      startedAt: '2026-08-21T10:00:00Z'
      drySHA: aa
      sourceHydrator:
        drySource: {repoURL: https://git.example.org/a.git, targetRevision: main, path: web}
        syncSource: {targetBranch: snd, path: web}
    lastSuccessfulOperation:
      drySHA: a9
      hydratedSHA: b9
      sourceHydrator:
        drySource: {repoURL: https://git.example.org/a.git, targetRevision: main, path: web}
        syncSource: {targetBranch: snd, path: web}
    lastComparedDryRevision: aa
  sourceType: Directory
  sourceTypes: [Directory]
  reconciledAt: '2026-08-21T10:00:00Z'
  observedAt: '2026-08-21T10:00:00Z'
  resourceHealthSource: appTree
  controllerNamespace: argocd
";

const SET: &str = "
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web}
spec:
  generators: [{list: {elements: [{env: snd}]}}]
  template: {metadata: {name: 'web-{{env}}'}, spec: {project: shop, destination: {name: '{{env}}'}}}
status:
  conditions: [{type: ResourcesUpToDate, status: 'True', reason: ApplicationSetUpToDate, message: all, lastTransitionTime: '2026-08-21T10:00:00Z'}]
  applicationStatus: [{application: web-snd, status: Waiting, step: '1', message: m, targetRevisions: [a], lastTransitionTime: '2026-08-21T10:00:00Z'}]
  resources: [{group: argoproj.io, version: v1alpha1, kind: Application, name: web-snd, status: Synced, health: {status: Healthy, message: m}}]
  resourcesCount: 1
  health: {status: Healthy}
";

const PROJECT: &str = "
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop}
spec: {roles: [{name: ci, jwtTokens: [{iat: 1, exp: 2, id: a}]}]}
status: {jwtTokensByRole: {ci: {items: [{iat: 1, exp: 2, id: a}]}}}
";

#[test]
fn an_application_keeps_what_the_controller_reports() {
    let before: Value = serde_yaml::from_str(APPLICATION).unwrap();
    let object: Application = serde_yaml::from_str(APPLICATION).unwrap();
    let history = &object.status.as_ref().unwrap().history;
    assert_eq!(
        history.iter().map(|past| past.id).collect::<Vec<_>>(),
        [3, 4]
    );
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn a_set_keeps_what_the_controller_reports() {
    let before: Value = serde_yaml::from_str(SET).unwrap();
    let object: ApplicationSet = serde_yaml::from_str(SET).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn a_project_keeps_the_tokens_of_its_roles() {
    let before: Value = serde_yaml::from_str(PROJECT).unwrap();
    let object: AppProject = serde_yaml::from_str(PROJECT).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}
