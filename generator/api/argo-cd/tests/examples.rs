//! The corpus has no Application and no AppProject: a full example of each is read and written without loss.

use luban_api_argo_cd::{AppProject, Application};
use serde_json::Value;

const APPLICATION: &str = "
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web-snd, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]}
spec:
  project: shop
  sources:
  - repoURL: https://git.example.org/platform.git
    targetRevision: main
    path: overlays/shop/web/snd
    kustomize:
      images: ['web=registry.example.org/web@sha256:00']
      replicas: [{name: web, count: 2}, {name: worker, count: '{{n}}'}]
      patches: [{target: {kind: Deployment, labelSelector: a=b}, patch: x, options: {allowNameChange: true}}]
  - repoURL: registry.example.org/charts
    chart: web
    targetRevision: 1.2.3
    helm: {releaseName: web, valuesObject: {a: {b: [1, true]}}, parameters: [{name: a, value: b, forceString: true}]}
  - repoURL: https://git.example.org/plain.git
    ref: plain
    directory: {recurse: true, jsonnet: {extVars: [{name: a, value: b, code: false}], tlas: [{name: c, value: d}]}}
  destination: {name: snd, namespace: shop-snd}
  syncPolicy:
    automated: {}
    syncOptions: [ServerSideApply=true]
    managedNamespaceMetadata: {labels: {a: b}}
    retry: {limit: -1, backoff: {duration: 5s, factor: 2, maxDuration: 3m}}
  ignoreDifferences: [{group: apps, kind: Deployment, jqPathExpressions: ['.spec.replicas']}]
  info: [{name: url, value: https://shop.example.org}]
operation:
  sync: {revision: main, syncStrategy: {hook: {}}}
";

const PROJECT: &str = "
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: [https://git.example.org/platform.git]
  destinations: [{server: https://snd.example.org, namespace: shop-*}]
  clusterResourceWhitelist: [{group: '', kind: Namespace, name: shop-snd}]
  namespaceResourceBlacklist: [{group: '', kind: ResourceQuota}]
  orphanedResources: {warn: true, ignore: [{kind: ConfigMap, name: kube-root-ca.crt}]}
  roles: [{name: dev, policies: ['p, proj:shop:dev, applications, get, shop/*, allow'], jwtTokens: [{iat: 1}]}]
  syncWindows: [{kind: deny, schedule: 0 22 * * *, duration: 8h, applications: ['*'], timeZone: UTC}]
  sourceIntegrity: {git: {policies: [{repos: [{url: '*'}], gpg: {mode: head, keys: [k]}}]}}
";

#[test]
fn an_application_keeps_all_it_says() {
    let before: Value = serde_yaml::from_str(APPLICATION).unwrap();
    let object: Application = serde_yaml::from_str(APPLICATION).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn a_project_keeps_all_it_says() {
    let before: Value = serde_yaml::from_str(PROJECT).unwrap();
    let object: AppProject = serde_yaml::from_str(PROJECT).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}
