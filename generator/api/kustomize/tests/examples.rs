//! The corpus has no Component, and few of the older fields: full examples are read and written without loss.

use luban_api_kustomize::{Component, Image, Kustomization};
use serde_json::Value;

const RELEASE: &str = "
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
metadata: {name: release}
images: [{name: web, newName: registry.example.org/web, digest: 'sha256:00'}]
patches: [{target: {group: apps, version: v1, kind: Deployment, name: web}, patch: '[]'}]
replacements: [{source: {kind: ConfigMap, name: a, fieldPath: data.x}, targets: [{select: {kind: Job}, fieldPaths: [a.b]}]}]
";

#[test]
fn a_release_keeps_all_it_says() {
    let before: Value = serde_yaml::from_str(RELEASE).unwrap();
    let object: Component = serde_yaml::from_str(RELEASE).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn a_component_without_a_name_writes_no_metadata() {
    let component = Component {
        images: vec![Image {
            name: "web".to_owned(),
            ..Image::default()
        }],
        ..Component::default()
    };
    let written = serde_json::to_value(component).unwrap();
    assert_eq!(written.get("metadata"), None);
    assert_eq!(written["apiVersion"], "kustomize.config.k8s.io/v1alpha1");
}

/// Every field of a kustomization; fields that exclude each other stand in elements of their own.
const EVERYTHING: &str = "
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
metadata: {name: all}
namespace: shop
namePrefix: snd-
nameSuffix: '-1'
resources: [web.yaml]
components: [settings]
labels: [{pairs: {a: b}, includeSelectors: true, includeTemplates: true, includeVolumeClaimTemplates: true, fields: [{group: g, version: v1, kind: K, path: spec/x, create: true}]}]
commonLabels: {a: b}
commonAnnotations: {c: d}
images: [{name: web, newName: w, newTag: '1.20'}, {name: db, tagSuffix: -slim}]
replicas: [{name: web, count: 3}]
patches: [{target: {kind: Deployment, labelSelector: a=b, annotationSelector: c=d}, path: p.yaml, options: {allowNameChange: true, allowKindChange: false}}]
replacements:
- path: r.yaml
- sourceValue: x
  targets: [{select: {kind: Job}, reject: [{name: j}], fieldPaths: [spec.x], options: {delimiter: '/', index: -1, encoding: Base64, create: true}}]
- source: {group: g, version: v1, kind: K, name: n, namespace: s, fieldPath: data.x, options: {delimiter: ':', index: 0}}
configMapGenerator: [{name: c, namespace: n, behavior: merge, literals: [a=b], files: [x=y], envs: [e], env: f, options: {labels: {a: b}, annotations: {c: d}, disableNameSuffixHash: true, immutable: true}}]
secretGenerator: [{name: s, type: kubernetes.io/tls, files: [tls.crt]}]
generatorOptions: {disableNameSuffixHash: true}
helmGlobals: {chartHome: charts, configHome: helm}
helmCharts:
- {name: c, repo: 'https://charts.example.org', version: 1.0.0, releaseName: r, namespace: n, valuesFile: v.yaml, valuesInline: {a: {b: [1, null]}}, valuesMerge: merge, additionalValuesFiles: [w.yaml]}
- {name: d, apiVersions: [v1], kubeVersion: '1.30', includeCRDs: true, skipHooks: true, nameTemplate: t, skipTests: true, debug: true, devel: true, valuesInline: {}}
generators: [g.yaml]
transformers: [t.yaml]
validators: [v.yaml]
configurations: [c.yaml]
crds: [crd.json]
openapi: {path: schema.json}
buildMetadata: [originAnnotations]
sortOptions: {order: legacy, legacySortOptions: {orderFirst: [Namespace], orderLast: [Job]}}
patchesStrategicMerge: [m.yaml]
patchesJson6902: [{target: {kind: Deployment, name: web}, path: j.yaml}]
vars: [{name: X, objref: {apiVersion: v1, kind: Service, name: web, namespace: n}, fieldref: {fieldPath: spec.x}}]
bases: [../base]
imageTags: [{name: web, newTag: '1'}]
helmChartInflationGenerator: [{chartName: c, chartVersion: '1', chartRepoUrl: u, chartRepoName: n, chartHome: h, releaseName: r, releaseNamespace: s, values: v, valuesLocal: {a: 1}, valuesMerge: override, helmBin: b, helmHome: o, extraArgs: [x]}]
";

#[test]
fn a_kustomization_keeps_every_field_of_kustomize() {
    let before: Value = serde_yaml::from_str(EVERYTHING).unwrap();
    let object: Kustomization = serde_yaml::from_str(EVERYTHING).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}

#[test]
fn a_component_has_the_fields_of_a_kustomization() {
    let text = EVERYTHING
        .replace("v1beta1", "v1alpha1")
        .replace("kind: Kustomization", "kind: Component");
    let before: Value = serde_yaml::from_str(&text).unwrap();
    let object: Component = serde_yaml::from_str(&text).unwrap();
    assert_eq!(serde_json::to_value(object).unwrap(), before);
}
