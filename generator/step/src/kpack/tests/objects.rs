//! kpack's objects, as kpack v0.17.2 writes them.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::kpack::object::Wanted;
use crate::kpack::seen;

pub(super) const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub(super) const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
pub(super) const IMAGE_UID: &str = "0a0a-image";
pub(super) const RUN_UID: &str = "5f0c-run";

pub(super) fn tag(revision: &str) -> String {
    format!("registry.example/acme/books:{revision}")
}

pub(super) fn wanted(revision: &str) -> Wanted {
    Wanted {
        revision: revision.to_owned(),
        tag: tag(revision),
        run: RUN_UID.to_owned(),
    }
}

pub(super) fn digest(number: u64) -> String {
    format!("sha256:{number:064}")
}

/// An Image at a commit; kpack has looked at `observed` generations of it.
pub(super) fn image(revision: &str, generation: u64, observed: u64) -> Value {
    json!({
        "apiVersion": "kpack.io/v1alpha2",
        "kind": "Image",
        "metadata": {
            "name": "books", "namespace": "ledger-ci", "uid": IMAGE_UID, "generation": generation,
            "annotations": {"luban.dev/run": RUN_UID},
        },
        "spec": {
            "tag": tag("head"),
            "additionalTags": [tag(revision)],
            "source": {"git": {"url": "https://git.example/acme/books", "revision": revision}},
        },
        "status": {
            "observedGeneration": observed,
            "conditions": [{"type": "Ready", "status": "Unknown", "reason": "BuildRunning", "message": null}],
        },
    })
}

/// What kpack says of an Image.
pub(super) fn ready(image: &Value, status: &str, reason: &str, message: &str) -> Value {
    let mut image = image.clone();
    image["status"]["conditions"] =
        json!([{"type": "Ready", "status": status, "reason": reason, "message": message}]);
    image
}

/// A Build of the Image that has not ended, made for the run.
pub(super) fn build(number: u64, revision: &str) -> Value {
    json!({
        "apiVersion": "kpack.io/v1alpha2",
        "kind": "Build",
        "metadata": {
            "name": format!("books-build-{number}"), "namespace": "ledger-ci", "uid": format!("uid-{number}"),
            "labels": {
                "image.kpack.io/image": "books",
                "image.kpack.io/buildNumber": number.to_string(),
                "image.kpack.io/imageGeneration": number.to_string(),
            },
            "annotations": {"image.kpack.io/reason": "COMMIT", "luban.dev/run": RUN_UID},
            "ownerReferences": [{"kind": "Image", "name": "books", "uid": IMAGE_UID, "controller": true}],
        },
        "spec": {
            "tags": [tag("head"), tag(revision)],
            "source": {"git": {"url": "https://git.example/acme/books", "revision": revision}},
        },
        "status": {
            "podName": format!("books-build-{number}-build-pod"),
            "conditions": [{"type": "Succeeded", "status": "Unknown"}],
        },
    })
}

/// The same Build made for another run.
pub(super) fn of_another_run(build: &Value) -> Value {
    with(
        build,
        "/metadata/annotations",
        "luban.dev/run",
        "another-run",
    )
}

pub(super) fn with(object: &Value, place: &str, key: &str, value: impl Into<Value>) -> Value {
    let mut object = object.clone();
    object.pointer_mut(place).unwrap()[key] = value.into();
    object
}

/// The Build when it has made its image.
pub(super) fn succeeded(build: &Value) -> Value {
    let number = build
        .pointer("/metadata/labels/image.kpack.io~1buildNumber")
        .map_or(1, |number| number.as_str().unwrap().parse().unwrap());
    let mut build = build.clone();
    build["status"]["conditions"] =
        json!([{"type": "Succeeded", "status": "True", "reason": "Completed"}]);
    build["status"]["latestImage"] =
        json!(format!("registry.example/acme/books@{}", digest(number)));
    build
}

/// The Build when a step of it failed.
pub(super) fn failed(build: &Value) -> Value {
    let mut build = build.clone();
    build["status"]["conditions"] = json!([{
        "type": "Succeeded", "status": "False", "reason": "Failed", "message": "Error: no module named books",
    }]);
    build["status"]["stepsCompleted"] = json!(["prepare", "analyze"]);
    build
}

pub(super) fn read<T: DeserializeOwned>(value: &Value) -> T {
    seen::read(value.clone()).unwrap()
}
