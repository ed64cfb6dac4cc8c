//! What each step is, sees and writes.

use super::{Compiled, variants};
use crate::railpack::checks::references;
use crate::railpack::interface::{Workspace, result, workspace};
use crate::testing::platform;
use luban_command::{Parsed, parser};
use std::collections::{BTreeMap, BTreeSet};

/// The arguments of a container after Tekton filled in values, those of lists hostile.
fn filled(
    args: &[String],
    specs: &[luban_api_tekton::ParamSpec],
    lists: &BTreeMap<&str, Vec<&str>>,
) -> Vec<String> {
    let samples = BTreeMap::from([
        ("revision", "0123456789abcdef0123456789abcdef01234567"),
        ("url", "https://example.com/acme/web.git"),
        ("ref", "cmVmcy9oZWFkcy94JChwYXJhbXMueSk="),
        ("platform", "linux/arm64"),
        (
            "digest",
            "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ),
        ("image", "registry.example.com/acme/web"),
        ("imageRegistry", "registry.example.com"),
        ("imageRepository", "acme/web"),
        ("provider", "GitHub"),
        ("submodules", "true"),
        ("lfs", "false"),
        ("scanIgnoreUnfixed", "true"),
        ("release", "true"),
    ]);
    let mut filled = Vec::new();
    for arg in args {
        if let Some(name) = arg
            .strip_prefix("$(params.")
            .and_then(|rest| rest.strip_suffix("[*])"))
        {
            filled.extend(lists[name].iter().map(|text| (*text).to_owned()));
            continue;
        }
        let mut text = arg.clone();
        for (reference, _) in references(&arg) {
            let value = match reference.strip_prefix("params.") {
                Some(name) => {
                    assert!(specs.iter().any(|spec| spec.name == name), "{name}");
                    samples.get(name).copied().unwrap_or("x-1")
                }
                None => "/some/path",
            };
            text = text.replace(&format!("$({reference})"), value);
        }
        filled.push(text);
    }
    filled
}

#[test]
fn every_step_is_a_call_that_the_binary_understands_whatever_the_values_look_like() {
    let lists = BTreeMap::from([
        ("buildSecrets", vec!["NPM_TOKEN", "A"]),
        ("additionalBuildArgs", vec!["A=--secret", "B=a b;c,d\n$(x)"]),
        ("labels", vec!["com.acme.team=\"x\" --label"]),
        ("additionalTags", vec!["edge", "1.0"]),
        ("digests", vec!["sha256:1", ""]),
        ("scanFailOn", vec![]),
        ("taskStatuses", vec!["build-amd64=Failed", "release=None"]),
        ("durations", vec!["build-amd64=12"]),
        ("reused", vec!["build-amd64=true"]),
    ]);
    for platform in variants() {
        for task in Compiled::of(&platform).tasks {
            for step in &task.spec.steps {
                let args = filled(&step.args, &task.spec.params, &lists);
                let matches = parser()
                    .try_get_matches_from(&args)
                    .unwrap_or_else(|why| panic!("{args:?}: {why}"));
                let parsed = Parsed::of(&matches).unwrap();
                for flag in parsed.verb.flags.iter().filter(|flag| flag.is_list) {
                    let known: BTreeSet<&str> = lists.values().flatten().copied().collect();
                    for value in parsed.list(flag) {
                        let is_ours = args.iter().any(|arg| arg.ends_with(&format!("={value}")));
                        assert!(is_ours || known.contains(value), "{} {value}", flag.name);
                    }
                }
            }
        }
    }
}

/// Defect B5: images and tools floated.
#[test]
fn no_container_runs_a_program_from_yaml_and_every_one_is_pinned_and_limited() {
    for platform in variants() {
        for task in Compiled::of(&platform).tasks {
            let name = task.metadata.name.clone().unwrap();
            for step in &task.spec.steps {
                assert_eq!(step.script, None);
                assert!(
                    ["luban", "/luban/bin/luban"].contains(&step.command[0].as_str()),
                    "{name}"
                );
                let image = step.image.as_deref().unwrap();
                assert!(
                    image.contains([':', '@']) && !image.ends_with(":latest"),
                    "{name}: {image}"
                );
                let limits = step
                    .compute_resources
                    .as_ref()
                    .unwrap()
                    .limits
                    .as_ref()
                    .unwrap();
                assert!(limits.contains_key("memory") && limits.contains_key("ephemeral-storage"));
                let security = step.security_context.as_ref().unwrap();
                assert_eq!(security.read_only_root_filesystem, Some(true));
                assert_eq!(security.allow_privilege_escalation, Some(false));
            }
        }
    }
}

/// Steps that see `workspace`, as `Task/step`.
fn who_sees(compiled: &Compiled, workspace: &str) -> Vec<String> {
    let mut who = Vec::new();
    for task in &compiled.tasks {
        let name = task.metadata.name.as_deref().unwrap();
        let steps = task
            .spec
            .steps
            .iter()
            .map(|step| (&step.name, &step.workspaces));
        let sidecars = task
            .spec
            .sidecars
            .iter()
            .map(|sidecar| (&sidecar.name, &sidecar.workspaces));
        for (step, workspaces) in steps.chain(sidecars) {
            if workspaces.iter().any(|used| used.name == workspace) {
                who.push(format!("{name}/{}", step.as_deref().unwrap()));
            }
        }
    }
    who
}

#[test]
fn each_credential_is_seen_by_the_steps_that_need_it_and_by_no_other() {
    let compiled = Compiled::of(&platform());
    let sees = |workspace: Workspace| who_sees(&compiled, workspace.name);
    assert_eq!(
        sees(workspace::GIT_CREDENTIALS),
        [
            "git-clone/clone",
            "railpack-prepare-build/clone",
            "release/release",
            "report/report"
        ]
    );
    assert_eq!(
        sees(workspace::BUILD_SECRETS),
        [
            "railpack-prepare/prepare",
            "railpack-build/lookup",
            "railpack-build/build",
            "railpack-prepare-build/prepare",
            "railpack-prepare-build/lookup",
            "railpack-prepare-build/build",
        ]
    );
    assert_eq!(sees(workspace::SIGNING_KEY), ["image-sign/sign"]);
    assert_eq!(sees(workspace::GITOPS_CREDENTIALS), ["release/release"]);
    assert_eq!(
        sees(workspace::BUILD_CACHE),
        [
            "railpack-build/buildkitd",
            "railpack-prepare-build/buildkitd"
        ]
    );
    assert!(
        !sees(workspace::REGISTRY_CREDENTIALS)
            .iter()
            .any(|step| step.ends_with("buildkitd")
                || step.ends_with("prepare")
                || step.ends_with("clone"))
    );
}

#[test]
fn results_of_a_pod_fit_into_what_kubernetes_keeps() {
    // Kubernetes keeps 12 KiB of termination messages for a pod, shared evenly, and at most 4096 bytes for a container.
    // A reference: 255 for host and repository (OCI distribution 1.1), 1, 128 for the tag.
    let (reference, digest, path) = (384, 71, 64);
    let longest: BTreeMap<&str, usize> = [
        (result::GIT_COMMIT, 64),
        // A URL that Git providers accept.
        (result::GIT_URL, 512),
        (result::PLAN_PATH, path),
        (result::INFO_PATH, path),
        (result::IMAGE, reference),
        (result::DIGEST, digest),
        (result::IMAGE_URL, reference),
        (result::IMAGE_DIGEST, digest),
        (result::BUILD_DURATION, 16),
        (result::REUSED, 5),
        (result::SBOM_REF, reference + digest),
        (result::REPORT_REF, reference + digest),
    ]
    .map(|(output, longest)| (output.name, longest))
    .into();
    // Tekton writes each as `{"key":…,"value":…,"type":1}`, beside its own start time.
    let around = 64;
    for task in Compiled::of(&platform()).tasks {
        // Two init containers of Tekton's own run in each pod.
        let containers = task.spec.steps.len() + task.spec.sidecars.len() + 2;
        let limit = (12 * 1024 / containers).min(4096);
        let mut most = 0;
        for step in &task.spec.steps {
            let written = step
                .args
                .iter()
                .filter_map(|arg| arg.strip_prefix("--result="));
            let size: usize = written
                .filter_map(|pair| pair.split_once("=$(results.")?.1.strip_suffix(".path)"))
                .map(|name| longest[name] + name.len() + around)
                .sum();
            most = most.max(size + around);
        }
        assert!(most < limit, "{:?}: {most} of {limit}", task.metadata.name);
    }
}
