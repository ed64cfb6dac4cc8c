//! What a project relies on: who may do what, who may talk to whom, and how much fits.

mod network;
mod rbac;

use super::{platform_namespaces, project_folders};
use crate::context::Context;
use crate::testing;
use luban_platform::Platform;
use luban_platform::lock::Lock;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// Every object of the platform's and its projects' namespaces, by path.
fn objects(platform: &Platform) -> BTreeMap<String, Value> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let mut files = platform_namespaces(&context).unwrap().finish().unwrap();
    for project in &platform.projects {
        for folder in project_folders(&context, project).unwrap() {
            files.extend(folder.finish().unwrap());
        }
    }
    // What promotions read of Argo CD is granted where its objects are.
    for part in crate::parts(platform) {
        let part = crate::compile(&context, part).unwrap();
        files.extend(
            part.into_iter()
                .filter(|file| file.path.starts_with("pipelines/argo-cd/")),
        );
    }
    files
        .into_iter()
        .filter(|file| !file.path.ends_with("kustomization.yaml"))
        .map(|file| (file.path, serde_yaml::from_str(&file.text).unwrap()))
        .collect()
}

fn of_kind<'a>(objects: &'a BTreeMap<String, Value>, kind: &str) -> Vec<&'a Value> {
    objects
        .values()
        .filter(|object| object["kind"] == kind)
        .collect()
}

fn texts(value: &Value) -> Vec<&str> {
    let list = value.as_sequence().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect()
}

fn quota<'a>(objects: &'a BTreeMap<String, Value>, folder: &str) -> &'a Value {
    &objects[&format!("pipelines/projects/{folder}/resourcequota-quota.yaml")]["spec"]["hard"]
}

#[test]
fn every_namespace_denies_what_is_not_allowed() {
    let objects = objects(&testing::platform());
    let namespaces = of_kind(&objects, "Namespace");
    assert_eq!(namespaces.len(), 4 + 3 * 3 + 1);
    for namespace in namespaces {
        let name = &namespace["metadata"]["name"];
        let deny = objects.values().find(|object| {
            object["kind"] == "NetworkPolicy"
                && object["metadata"]["name"] == "default-deny"
                && object["metadata"]["namespace"] == *name
        });
        let spec = &deny.unwrap_or_else(|| panic!("{name:?}"))["spec"];
        assert_eq!(texts(&spec["policyTypes"]), ["Ingress", "Egress"]);
        assert_eq!(spec["podSelector"], Value::Mapping(Default::default()));
        assert!(spec.get("ingress").is_none() && spec.get("egress").is_none());
        for kind in ["ResourceQuota", "LimitRange"] {
            let has = objects
                .values()
                .any(|object| object["kind"] == kind && object["metadata"]["namespace"] == *name);
            assert!(has, "{name:?} has no {kind}");
        }
        let annotations = &namespace["metadata"]["annotations"];
        assert_eq!(
            annotations["argocd.argoproj.io/sync-options"],
            "Prune=confirm,Delete=confirm"
        );
    }
}

#[test]
fn pod_security_is_restricted_but_where_a_reason_says_why_not() {
    let objects = objects(&testing::platform());
    let levels: BTreeMap<&str, (&str, bool)> = of_kind(&objects, "Namespace")
        .iter()
        .map(|namespace| {
            let metadata = &namespace["metadata"];
            let labels = &metadata["labels"];
            assert_eq!(
                labels["pod-security.kubernetes.io/enforce-version"],
                "v1.35"
            );
            let level = labels["pod-security.kubernetes.io/enforce"]
                .as_str()
                .unwrap();
            let has_reason = metadata["annotations"].get("luban.dev/reason").is_some();
            (metadata["name"].as_str().unwrap(), (level, has_reason))
        })
        .collect();
    for (name, level) in [
        ("luban-events", ("restricted", false)),
        ("luban-system", ("restricted", false)),
        ("luban-stack", ("privileged", true)),
        ("payments-ci", ("baseline", true)),
        // Nothing there is built by kpack.
        ("storefront-ci", ("restricted", false)),
        ("storefront-build", ("privileged", true)),
        ("storefront-prd", ("restricted", false)),
    ] {
        assert_eq!(levels[name], level, "{name}");
    }
    let build = &objects["pipelines/projects/storefront/build/namespace-storefront-build.yaml"];
    for mode in ["audit", "warn"] {
        let key = format!("pod-security.kubernetes.io/{mode}");
        assert_eq!(build["metadata"]["labels"][&key], "baseline");
    }
    let older = testing::edited(&[("kubernetes: \"1.35\"", "kubernetes: \"1.33\"")]);
    let context = Context::new(&older, &Lock::default()).unwrap();
    let files = platform_namespaces(&context).unwrap().finish().unwrap();
    assert!(
        files
            .iter()
            .any(|file| file.text.contains("enforce-version: v1.33"))
    );
}

#[test]
fn quotas_follow_the_project_s_settings() {
    const QUOTA: &str = "quota: {cpu: \"40\", memory: 80Gi, builds: 6}";
    let objects_of = |edits: &[(&str, &str)]| objects(&testing::edited(edits));
    let all = objects_of(&[]);
    assert_eq!(quota(&all, "payments/ci")["requests.cpu"], "40");
    assert_eq!(quota(&all, "payments/ci")["requests.memory"], "80Gi");
    let limits = "pipelines/projects/payments/ci/configmap-build-limits.yaml";
    assert_eq!(all[limits]["data"]["kpack"], "6");
    let other = objects_of(&[(QUOTA, "quota: {cpu: 500m, memory: 1Gi, builds: 2}")]);
    assert_eq!(quota(&other, "payments/ci")["requests.cpu"], "500m");
    assert_eq!(quota(&other, "payments/ci")["requests.memory"], "1Gi");
    assert_eq!(other[limits]["data"]["kpack"], "2");
    assert_ne!(
        quota(&other, "payments/ci")["pods"],
        quota(&all, "payments/ci")["pods"]
    );
    // Builds of both kinds share one quota.
    let both = objects_of(&[(
        "source: {repository: payments-api, path: worker}     # two applications of one repository\n          build: {kpack: {python: true}}",
        "source: {repository: payments-api, path: worker}\n          build: {railpack: {}}",
    )]);
    assert_eq!(quota(&both, "payments/ci")["requests.cpu"], "20");
    assert_eq!(quota(&both, "payments/build")["requests.cpu"], "20");
    assert_eq!(quota(&both, "payments/build")["requests.memory"], "40Gi");
    // Replicas of the applications, twice over, and jobs beside.
    let one = quota(&all, "payments/prd")["requests.cpu"].clone();
    let more = objects_of(&[("replicas: {snd: 1, prd: 3}", "replicas: {snd: 1, prd: 9}")]);
    assert_ne!(quota(&more, "payments/prd")["requests.cpu"], one);
    assert_eq!(quota(&more, "payments/snd"), quota(&all, "payments/snd"));
}

#[test]
fn kept_runs_and_split_builds_fit_into_the_quota() {
    let objects_of = |edits: &[(&str, &str)]| objects(&testing::edited(edits));
    let all = objects_of(&[]);
    let more = objects_of(&[("succeeded: 10", "succeeded: 50")]);
    let count = "count/pipelineruns.tekton.dev";
    assert_ne!(
        quota(&all, "storefront/build")[count],
        quota(&more, "storefront/build")[count]
    );
    assert_eq!(
        quota(&all, "storefront/build")["persistentvolumeclaims"],
        "0"
    );
    let split = objects_of(&[(
        "      version: v0.37.0",
        "      version: v0.37.0\n      layout: split",
    )]);
    let quota = quota(&split, "storefront/build");
    assert_eq!(quota["persistentvolumeclaims"], quota[count]);
}

#[test]
fn every_quota_says_how_its_numbers_follow() {
    let objects = objects(&testing::platform());
    let quotas = of_kind(&objects, "ResourceQuota");
    assert_eq!(quotas.len(), of_kind(&objects, "Namespace").len());
    for quota in quotas {
        let reason = &quota["metadata"]["annotations"]["luban.dev/reason"];
        assert!(reason.as_str().is_some_and(|text| text.len() > 20));
    }
    let build = &objects["pipelines/projects/storefront/build/resourcequota-quota.yaml"];
    let reason = build["metadata"]["annotations"]["luban.dev/reason"]
        .as_str()
        .unwrap();
    for part in [
        "10 that succeeded and 20 that failed",
        "1000 that wait",
        "count/pipelineruns.tekton.dev",
    ] {
        assert!(reason.contains(part), "{reason}");
    }
}

#[test]
fn finished_pipeline_runs_of_each_application_are_counted_by_themselves() {
    let objects = objects(&testing::platform());
    let path = "pipelines/projects/storefront/build/configmap-tekton-pruner-namespace-spec.yaml";
    let object = &objects[path];
    let labels = &object["metadata"]["labels"];
    assert_eq!(labels["app.kubernetes.io/part-of"], "tekton-pruner");
    assert_eq!(labels["pruner.tekton.dev/config-type"], "namespace");
    assert_eq!(object["metadata"]["namespace"], "storefront-build");
    let config: Value =
        serde_yaml::from_str(object["data"]["ns-config"].as_str().unwrap()).unwrap();
    // Limits of the whole namespace would count every application's runs together.
    assert!(config.get("successfulHistoryLimit").is_none());
    let platform = testing::platform();
    let project = platform
        .projects
        .iter()
        .find(|project| project.name.as_str() == "storefront")
        .unwrap();
    let groups = config["pipelineRuns"].as_sequence().unwrap();
    assert_eq!(groups.len(), project.applications.len());
    for (group, application) in groups.iter().zip(&project.applications) {
        let labels = &group["selector"][0]["matchLabels"];
        assert_eq!(labels["luban.dev/application"], application.name.as_str());
        assert_eq!(group["successfulHistoryLimit"], 10);
    }
    assert!(
        !objects
            .keys()
            .any(|path| path.contains("payments/build/") || path.contains("default-spec"))
    );
}

#[test]
fn namespaces_of_buildkit_are_those_that_its_policy_selects() {
    let objects = objects(&testing::platform());
    for namespace in of_kind(&objects, "Namespace") {
        let labels = &namespace["metadata"]["labels"];
        assert_eq!(
            labels["luban.dev/purpose"] == "buildkit",
            labels["pod-security.kubernetes.io/enforce"] == "privileged"
        );
    }
    let binding = &objects["pipelines/delivery/namespaces/validatingadmissionpolicybinding-luban-buildkit.yaml"];
    let selector = &binding["spec"]["matchResources"]["namespaceSelector"]["matchExpressions"][0];
    assert_eq!(selector["key"], "luban.dev/purpose");
    assert_eq!(texts(&selector["values"]), ["buildkit"]);
}

#[test]
fn everything_of_a_project_is_labelled_with_it() {
    let objects = objects(&testing::platform());
    for (path, object) in &objects {
        let Some(rest) = path.strip_prefix("pipelines/projects/") else {
            continue;
        };
        let project = rest.split('/').next().unwrap();
        assert_eq!(
            object["metadata"]["labels"]["luban.dev/project"], project,
            "{path}"
        );
    }
    let prd = &objects["pipelines/projects/payments/prd/namespace-payments-prd.yaml"];
    assert_eq!(prd["metadata"]["labels"]["luban.dev/environment"], "prd");
    assert_eq!(
        prd["metadata"]["labels"]["policy.sigstore.dev/include"],
        "true"
    );
    let snd = &objects["pipelines/projects/payments/snd/namespace-payments-snd.yaml"];
    assert!(
        snd["metadata"]["labels"]
            .get("policy.sigstore.dev/include")
            .is_none()
    );
}
