//! kpack's part (v0.17): a Build for an Image whenever it asks for one, a pod for each Build, and what both say of how it went.

use super::container::list;
use super::variables::plain;
use crate::conformance::server::RealCluster;
use anyhow::{Context as _, Result, anyhow, bail};
use serde_json::{Map, Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, sleep};
use std::time::Duration;

const API_VERSION: &str = "kpack.io/v1alpha2";
/// Between two looks at what there is.
const LOOK: Duration = Duration::from_millis(200);
/// So often a Build that is awaited is looked at.
const LOOKS: usize = 100;

const IMAGE: &str = "image.kpack.io/image";
const NUMBER: &str = "image.kpack.io/buildNumber";
const GENERATION: &str = "image.kpack.io/imageGeneration";
const REASON: &str = "image.kpack.io/reason";
const AGAIN: &str = "image.kpack.io/additionalBuildNeeded";
const BUILD: &str = "kpack.io/build";
/// Containers of its pods, the last of which is no init container.
const STEPS: [&str; 7] = [
    "prepare",
    "analyze",
    "detect",
    "restore",
    "build",
    "export",
    "completion",
];
/// A node that there is not: nobody has the log of its pods.
const NODE: &str = "no-kubelet";

/// The controller, for one namespace.
pub(crate) struct Kpack<'a> {
    pub(crate) cluster: &'a RealCluster,
    pub(crate) namespace: &'a str,
    /// Does what a Build asks for: gives the image with its digest, or why there is none.
    pub(crate) build: &'a (dyn Fn(&Value) -> Result<String> + Sync),
}

impl Kpack<'_> {
    /// Does its part while `work` is done.
    ///
    /// # Errors
    /// That of `work`, and of the controller after that.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let controller = scope.spawn(|| -> Result<()> {
                while !is_over.load(Ordering::Relaxed) {
                    // Whoever waits for a Build waits until its own time is over.
                    self.reconcile()
                        .inspect_err(|error| eprintln!("kpack's stand-in: {error:#}"))?;
                    sleep(LOOK);
                }
                Ok(())
            });
            let done = work();
            is_over.store(true, Ordering::Relaxed);
            let controlled = controller
                .join()
                .map_err(|_| anyhow!("kpack's stand-in panicked"))?;
            let done = done?;
            controlled?;
            Ok(done)
        })
    }

    /// Builds an Image once more by itself, for `reason`; gives the Build before and after its end.
    ///
    /// # Errors
    /// When it comes to no end.
    pub(crate) fn rebuild(&self, image: &str, reason: &str) -> Result<(Value, Value)> {
        let image = self
            .cluster
            .object(API_VERSION, "Image", self.namespace, image)?
            .with_context(|| format!("there is no Image `{image}`"))?;
        let builds = self.builds()?;
        let last = last_of(&image, &builds).context("it was never built")?;
        let made = self
            .cluster
            .create_as_controller(&next(&image, Some(last), reason))?;
        let mut before = made.clone();
        for _ in 0..LOOKS {
            self.reconcile()?;
            let name = plain(&made["metadata"]["name"]);
            let now = self
                .cluster
                .object(API_VERSION, "Build", self.namespace, &name)?
                .with_context(|| format!("Build `{name}` is gone"))?;
            if succeeded(&now).is_some() {
                return Ok((before, now));
            }
            before = now;
        }
        bail!("the rebuild comes to no end")
    }

    fn builds(&self) -> Result<Vec<Value>> {
        self.cluster.objects(API_VERSION, "Build", self.namespace)
    }

    /// One look at everything.
    fn reconcile(&self) -> Result<()> {
        let builds = self.builds()?;
        for image in self.cluster.objects(API_VERSION, "Image", self.namespace)? {
            self.image(&image, &builds)?;
        }
        for build in builds.iter().filter(|build| succeeded(build).is_none()) {
            self.advance(build)?;
        }
        Ok(())
    }

    /// Makes the Build that an Image lacks (`isBuildRequired`), or says that it lacks none.
    fn image(&self, image: &Value, builds: &[Value]) -> Result<()> {
        let last = last_of(image, builds);
        let mut reasons = Vec::new();
        match last {
            None => reasons.push("CONFIG"),
            // One at a time.
            Some(last) if succeeded(last).is_none() => return Ok(()),
            Some(last) => {
                if last["metadata"]["annotations"].get(AGAIN).is_some() {
                    reasons.push("TRIGGER");
                }
                if last["spec"]["source"]["git"]["revision"]
                    != image["spec"]["source"]["git"]["revision"]
                {
                    reasons.push("COMMIT");
                }
            }
        }
        if !reasons.is_empty() {
            let build = next(image, last, &reasons.join(","));
            self.cluster.create_as_controller(&build)?;
            return self.say_of_image(image, "Unknown", last);
        }
        let ready = last.and_then(succeeded).unwrap_or_default();
        self.say_of_image(image, &ready, last)
    }

    fn say_of_image(&self, image: &Value, ready: &str, last: Option<&Value>) -> Result<()> {
        let mut status = json!({
            "observedGeneration": image["metadata"]["generation"],
            "conditions": [condition("Ready", ready, "")],
        });
        if let (Some(last), "True") = (last, ready) {
            status["latestImage"] = last["status"]["latestImage"].clone();
            status["latestBuildRef"] = last["metadata"]["name"].clone();
        }
        if image["status"]["observedGeneration"] == status["observedGeneration"]
            && image["status"]["conditions"][0]["status"] == ready
        {
            return Ok(());
        }
        self.cluster.set_status(image, &status)
    }

    /// Begins a Build, or ends one that has begun.
    fn advance(&self, build: &Value) -> Result<()> {
        let name = plain(&build["metadata"]["name"]);
        let pod = format!("{name}-build-pod");
        if build["status"]["podName"].is_null() {
            let pod = self.cluster.create_as_controller(&self.pod(build, &pod))?;
            self.cluster
                .set_status(&pod, &pod_status(STEPS.len(), None))?;
            let status = json!({
                "lifecycleVersion": "0.20.12", "podName": pod["metadata"]["name"],
                "conditions": [condition("Succeeded", "Unknown", "")],
            });
            return self.cluster.set_status(build, &status);
        }
        let mut status = build["status"].clone();
        let built = (self.build)(build);
        let failed_at = match &built {
            Ok(image) => {
                status["latestImage"] = image.as_str().into();
                status["stepsCompleted"] = json!(STEPS);
                status["conditions"] = json!([condition("Succeeded", "True", "")]);
                None
            }
            Err(why) => {
                let why = format!("{why:#}");
                status["conditions"] = json!([condition("Succeeded", "False", &why)]);
                Some(("build", why))
            }
        };
        if let Some(pod) = self.cluster.object("v1", "Pod", self.namespace, &pod)? {
            let failed_at = failed_at.as_ref();
            let failed_at = failed_at.map(|(step, why)| (*step, why.as_str()));
            self.cluster.set_status(&pod, &pod_status(0, failed_at))?;
        }
        self.cluster.set_status(build, &status)
    }

    /// The pod of a Build, as far as anybody looks at it.
    fn pod(&self, build: &Value, name: &str) -> Value {
        let container = |name: &&str| {
            json!({
                "name": name, "image": "registry.invalid/kpack:1",
                "securityContext": {
                    "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]},
                },
            })
        };
        let (init, rest) = STEPS.split_at(STEPS.len() - 1);
        json!({
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {
                "name": name, "namespace": self.namespace,
                "labels": {BUILD: build["metadata"]["name"]},
                "ownerReferences": [owner(build)],
            },
            "spec": {
                "serviceAccountName": build["spec"]["serviceAccountName"],
                "automountServiceAccountToken": false, "nodeName": NODE, "restartPolicy": "Never",
                "securityContext": {
                    "runAsNonRoot": true, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"},
                },
                "initContainers": init.iter().map(container).collect::<Vec<_>>(),
                "containers": rest.iter().map(container).collect::<Vec<_>>(),
            },
        })
    }
}

/// `True` or `False` of a Build that has ended.
fn succeeded(build: &Value) -> Option<String> {
    let mut conditions = list(&build["status"], "conditions").iter();
    let condition = conditions.find(|condition| condition["type"] == "Succeeded")?;
    let status = plain(&condition["status"]);
    matches!(status.as_str(), "True" | "False").then_some(status)
}

fn condition(kind: &str, status: &str, message: &str) -> Value {
    json!({"type": kind, "status": status, "message": message, "lastTransitionTime": "2026-01-02T03:04:05Z"})
}

fn number(build: &Value) -> u64 {
    let number = plain(&build["metadata"]["labels"][NUMBER]);
    number.parse().unwrap_or_default()
}

fn last_of<'a>(image: &Value, builds: &'a [Value]) -> Option<&'a Value> {
    let name = &image["metadata"]["name"];
    let own = builds
        .iter()
        .filter(|build| build["metadata"]["labels"][IMAGE] == *name);
    own.max_by_key(|build| number(build))
}

fn owner(object: &Value) -> Value {
    json!({
        "apiVersion": object["apiVersion"], "kind": object["kind"], "name": object["metadata"]["name"],
        "uid": object["metadata"]["uid"], "controller": true, "blockOwnerDeletion": true,
    })
}

/// An Image's next Build (`Image.Build`).
fn next(image: &Value, last: Option<&Value>, reasons: &str) -> Value {
    let metadata = &image["metadata"];
    let with = |own: &Value, more: &[(&str, String)]| {
        let mut all = own.as_object().cloned().unwrap_or_else(Map::new);
        for (name, value) in more {
            all.insert((*name).to_owned(), value.clone().into());
        }
        Value::Object(all)
    };
    let (name, count) = (
        plain(&metadata["name"]),
        last.map_or(0, number).saturating_add(1),
    );
    let mut tags = vec![image["spec"]["tag"].clone()];
    tags.extend(list(&image["spec"], "additionalTags").iter().cloned());
    json!({
        "apiVersion": API_VERSION, "kind": "Build",
        "metadata": {
            "name": format!("{name}-build-{count}"), "namespace": metadata["namespace"],
            "labels": with(&metadata["labels"], &[
                (NUMBER, count.to_string()), (IMAGE, name.clone()), (GENERATION, metadata["generation"].to_string()),
            ]),
            "annotations": with(&metadata["annotations"], &[(REASON, reasons.to_owned())]),
            "ownerReferences": [owner(image)],
        },
        "spec": {
            "tags": tags, "builder": {"image": "registry.invalid/builder:1"}, "source": image["spec"]["source"],
            "serviceAccountName": image["spec"]["serviceAccountName"],
        },
    })
}

/// The status of a pod of whose steps the last `unfinished` run or wait, or one of which failed.
fn pod_status(unfinished: usize, failed_at: Option<(&str, &str)>) -> Value {
    let at = "2026-01-02T03:04:05Z";
    let ended = STEPS.len().saturating_sub(unfinished);
    let mut has_failed = false;
    let statuses = STEPS.iter().enumerate().map(|(index, step)| {
        let failed = failed_at.filter(|(failed, _)| failed == step);
        let state = if has_failed || index > ended {
            json!({"waiting": {"reason": "PodInitializing"}})
        } else if let Some((_, why)) = failed {
            has_failed = true;
            json!({"terminated": {
                "exitCode": 51, "reason": "Error", "message": why, "startedAt": at, "finishedAt": at,
            }})
        } else if index < ended {
            json!({"terminated": {"exitCode": 0, "reason": "Completed", "startedAt": at, "finishedAt": at}})
        } else {
            json!({"running": {"startedAt": at}})
        };
        json!({
            "name": step, "image": "registry.invalid/kpack:1", "imageID": "", "ready": false, "restartCount": 0,
            "state": state,
        })
    });
    let statuses: Vec<Value> = statuses.collect();
    let (init, rest) = statuses.split_at(STEPS.len() - 1);
    let phase = match (unfinished, failed_at) {
        (_, Some(_)) => "Failed",
        (0, None) => "Succeeded",
        _ => "Running",
    };
    json!({"phase": phase, "initContainerStatuses": init, "containerStatuses": rest})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image() -> Value {
        json!({
            "apiVersion": API_VERSION, "kind": "Image",
            "metadata": {"name": "books", "namespace": "ci", "uid": "u", "generation": 3, "annotations": {"a": "b"}},
            "spec": {"tag": "r/books:head", "additionalTags": ["r/books:1"], "source": {"git": {"revision": "1"}}},
        })
    }

    #[test]
    fn an_images_next_build_has_its_annotations_and_tags_and_a_number_more() {
        let first = next(&image(), None, "CONFIG");
        let second = next(&image(), Some(&first), "STACK");
        assert_eq!(second["metadata"]["name"], "books-build-2");
        assert_eq!(
            second["metadata"]["annotations"],
            json!({"a": "b", REASON: "STACK"})
        );
        assert_eq!(second["metadata"]["labels"][GENERATION], "3");
        assert_eq!(second["spec"]["tags"], json!(["r/books:head", "r/books:1"]));
        let builds = [second, first];
        assert_eq!(last_of(&image(), &builds), builds.first());
    }

    #[test]
    fn a_step_that_failed_is_the_last_that_ran() {
        let status = pod_status(0, Some(("build", "no")));
        let state = |index: usize| status["initContainerStatuses"][index]["state"].clone();
        assert_eq!(state(3)["terminated"]["exitCode"], 0);
        assert_eq!(state(4)["terminated"]["message"], "no");
        assert!(state(5).get("waiting").is_some());
        assert_eq!(status["phase"], "Failed");
        assert_eq!(pod_status(STEPS.len(), None)["phase"], "Running");
    }
}
