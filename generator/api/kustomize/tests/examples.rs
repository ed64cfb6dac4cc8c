//! The corpus has no Component: one as Luban writes them is read and written without loss.

use luban_api_kustomize::{Component, Image};
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
