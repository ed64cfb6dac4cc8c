//! What kpack reports is read and written too, in both versions.

use luban_api_core::k8s_openapi::Resource;
use luban_api_kpack::{
    Build, Builder, Buildpack, ClusterBuilder, ClusterBuildpack, ClusterLifecycle, ClusterStack,
    ClusterStore, Image, SourceResolver, v1alpha1,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn survives<K: Resource + Serialize + DeserializeOwned>(spec: Value, status: &[Value]) {
    let mut whole = json!({
        "observedGeneration": 3,
        "conditions": [{
            "type": "Ready", "status": "False", "severity": "Warning", "reason": "A", "message": "b",
            "lastTransitionTime": "2026-08-01T10:00:00Z",
        }],
    });
    for (field, value) in status.iter().filter_map(Value::as_object).flatten() {
        whole[field.as_str()] = value.clone();
    }
    let object = json!({
        "apiVersion": K::API_VERSION, "kind": K::KIND,
        "metadata": {"name": "a"}, "spec": spec, "status": whole,
    });
    let read: K = serde_json::from_value(object.clone()).expect("an object of the kind");
    assert_eq!(
        serde_json::to_value(&read).expect("every object is JSON"),
        object
    );
}

fn image_spec() -> Value {
    json!({"tag": "r.example/a", "source": {"subPath": "app"}})
}

fn build() -> Value {
    json!({
        "podName": "a-build-1", "stepsCompleted": ["prepare"], "latestImage": "r.example/a@sha256:1",
        "stepStates": [{"terminated": {"exitCode": 0, "reason": "Completed"}}],
        "stack": {"id": "s", "runImage": "r"}, "buildMetadata": [{"id": "b", "version": "1", "homepage": "h"}],
    })
}

fn builder() -> Value {
    json!({
        "latestImage": "r.example/b@sha256:1", "os": "linux", "stack": {"id": "s"},
        "builderMetadata": [{"id": "b", "version": "1"}],
        "order": [{"group": [{"id": "b", "version": "1", "optional": true}]}],
        "observedStackGeneration": 1, "observedStoreGeneration": 2,
    })
}

fn lifecycle() -> Value {
    json!({
        "image": {"image": "l", "latestImage": "l@sha256:1"}, "version": "0.20.5",
        "api": {"buildpack": "0.2", "platform": "0.3"},
        "apis": {
            "buildpack": {"supported": ["0.10"], "deprecated": ["0.2"]},
            "platform": {"supported": ["0.14"]},
        },
    })
}

fn buildpacks() -> Value {
    json!({"buildpacks": [{
        "id": "b", "version": "1", "homepage": "h", "api": "0.10", "size": 5, "diffId": "d", "digest": "e",
        "stacks": [{"id": "*", "mixins": ["m"]}], "order": [{"group": [{"id": "c"}]}],
        "storeImage": {"image": "i"}, "buildpackage": {"id": "p", "version": "2", "homepage": "h"},
    }]})
}

fn stack() -> Value {
    let image = json!({"image": "i", "latestImage": "i@sha256:1"});
    json!({"id": "s", "mixins": ["m"], "userId": 1001, "groupId": 1000, "buildImage": image, "runImage": image})
}

fn source() -> Value {
    json!({"source": {
        "git": {"url": "u", "revision": "r", "type": "Branch", "tree": "t", "subPath": "p", "initializeSubmodules": true},
        "blob": {"url": "u", "auth": "secret", "stripComponents": 1, "subPath": "p"},
        "registry": {"image": "i", "subPath": "p", "imagePullSecrets": [{"name": "s"}]},
    }})
}

fn image() -> Value {
    json!({
        "latestBuildRef": "a-build-2", "latestBuildReason": "COMMIT", "latestBuildImageGeneration": 2,
        "latestImage": "r.example/a@sha256:1", "latestStack": "s", "buildCounter": 2, "buildCacheName": "c",
    })
}

#[test]
fn the_status_of_every_kind_survives_reading_and_writing() {
    survives::<Image>(image_spec(), &[image()]);
    let more = json!({
        "latestCacheImage": "c", "latestAttestationImage": "t", "lifecycleVersion": "0.20.5",
    });
    survives::<Build>(json!({"source": {}}), &[build(), more]);
    let more = json!({
        "lifecycle": lifecycle(),
        "signaturePaths": [{"signingSecret": "k8s://a/b", "targetDigest": "d"}],
    });
    survives::<Builder>(json!({}), &[builder(), more.clone()]);
    survives::<ClusterBuilder>(json!({}), &[builder(), more]);
    survives::<ClusterLifecycle>(json!({}), &[lifecycle()]);
    survives::<ClusterStack>(json!({}), &[stack()]);
    survives::<ClusterStore>(json!({}), &[buildpacks()]);
    survives::<Buildpack>(json!({}), &[buildpacks()]);
    survives::<ClusterBuildpack>(json!({}), &[buildpacks()]);
    survives::<SourceResolver>(json!({"source": {}}), &[source()]);
}

#[test]
fn objects_of_the_version_before_survive_reading_and_writing() {
    let mut spec = image_spec();
    spec["serviceAccount"] = json!("s");
    spec["cacheSize"] = json!("2G");
    spec["build"] = json!({"bindings": [{"name": "b", "metadataRef": {"name": "m"}}]});
    survives::<v1alpha1::Image>(spec, &[image()]);
    let spec = json!({"source": {}, "cacheName": "c", "lastBuild": {"image": "i", "stackId": "s"}});
    survives::<v1alpha1::Build>(spec, &[build()]);
    let order = json!([{"group": [{"id": "b", "optional": true}]}]);
    survives::<v1alpha1::Builder>(json!({"serviceAccount": "s", "order": order}), &[builder()]);
    let account = json!({"name": "s", "namespace": "n"});
    survives::<v1alpha1::ClusterBuilder>(json!({"serviceAccountRef": account}), &[builder()]);
    survives::<v1alpha1::ClusterStack>(json!({"id": "s", "runImage": {"image": "i"}}), &[stack()]);
    survives::<v1alpha1::ClusterStore>(json!({"sources": [{"image": "i"}]}), &[buildpacks()]);
    survives::<v1alpha1::SourceResolver>(json!({"source": {}}), &[source()]);
}
