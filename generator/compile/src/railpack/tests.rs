use super::checks::{pipeline_problems, references, run_problems, task_problems};
use super::interface::{param, result, task, workspace};
use super::{folder, pipeline, pruner_folder, tasks};
use crate::context::Context;
use crate::run::Occasion;
use crate::testing::{edited, platform};
use luban_api_tekton::{ParamValue, Pipeline, PipelineRun, Task};
use luban_command::{Parsed, parser};
use luban_platform::Platform;
use luban_platform::lock::Lock;
use std::collections::{BTreeMap, BTreeSet};

mod runs;

/// Everything that is compiled for a platform.
pub(super) struct Compiled {
    pub(super) tasks: Vec<Task>,
    pub(super) pipelines: Vec<Pipeline>,
    /// By project, application and occasion.
    pub(super) runs: Vec<(String, String, Occasion, PipelineRun)>,
}

impl Compiled {
    pub(super) fn of(platform: &Platform) -> Self {
        let lock = Lock::default();
        let context = Context::new(platform, &lock).unwrap();
        let mut runs = Vec::new();
        for (project, application) in platform.applications() {
            for run in super::runs(&context, project, application).unwrap() {
                let names = (project.name.to_string(), application.name.to_string());
                let object = serde_yaml::from_str(&run.text).unwrap();
                runs.push((names.0, names.1, run.occasion, object));
            }
        }
        Self {
            tasks: tasks(&context).unwrap(),
            pipelines: pipeline::pipelines(&context),
            runs,
        }
    }

    pub(super) fn task(&self, name: &str) -> &Task {
        let mut tasks = self.tasks.iter();
        tasks
            .find(|task| task.metadata.name.as_deref() == Some(name))
            .unwrap()
    }

    pub(super) fn run(&self, application: &str, occasion: Occasion) -> &PipelineRun {
        let mut runs = self.runs.iter();
        runs.find(|(_, name, of, _)| name == application && *of == occasion)
            .map(|(_, _, _, run)| run)
            .unwrap()
    }

    fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> = self.tasks.iter().flat_map(task_problems).collect();
        for pipeline in &self.pipelines {
            problems.extend(pipeline_problems(pipeline, &self.tasks));
        }
        for (_, _, _, run) in &self.runs {
            problems.extend(run_problems(run, &self.pipelines));
        }
        problems
    }
}

pub(super) fn text_of(run: &PipelineRun, name: &str) -> String {
    let value = run.spec.params.iter().find(|param| param.name == name);
    match value.map(|param| &param.value) {
        Some(ParamValue::String(text)) => text.clone(),
        Some(ParamValue::Array(texts)) => texts.join(" "),
        _ => panic!("{name}"),
    }
}

pub(super) const SPLIT: (&str, &str) = (
    "      version: v0.37.0\n",
    "      version: v0.37.0\n      layout: split\n",
);
const PROXY: (&str, &str) = (
    "registryEgress: {cidrs: [10.20.0.0/16, 140.82.112.0/20, 185.199.108.0/22]}",
    "registryEgress: {proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.1/32}}",
);

/// Platforms that differ in what this module decides.
pub(super) fn variants() -> Vec<Platform> {
    vec![
        platform(),
        edited(&[SPLIT]),
        edited(&[PROXY]),
        edited(&[
            (
                "    scan: {failOn: [critical, high], ignoreUnfixed: true}\n",
                "",
            ),
            ("    sign: {key: {secret: cosign-key}}\n", ""),
            ("  policies:\n", ""),
            (", signed]", "]"),
            (
                "  report: {url: https://hooks.acme.dev/builds, secret: report-key}\n",
                "",
            ),
            ("    queue: kueue\n", ""),
        ]),
    ]
}

#[test]
fn everything_that_is_referred_to_exists() {
    for platform in variants() {
        assert_eq!(Compiled::of(&platform).problems(), Vec::<String>::new());
    }
}

#[test]
fn a_reference_to_nothing_is_found() {
    let mut compiled = Compiled::of(&platform());
    compiled.tasks[0].spec.params[0].name = "uri".into();
    compiled.tasks[3].spec.steps[1].workspaces.clear();
    compiled.tasks[4].spec.results[0].name = "picture".into();
    compiled.pipelines[0].spec.tasks[0].params.remove(0);
    compiled.pipelines[0].spec.workspaces[2].optional = Some(true);
    compiled.runs[0].3.spec.workspaces.remove(0);
    let problems = compiled.problems().join("\n");
    for what in [
        "parameter `url` is not declared",
        "workspace `output` is not seen here",
        "result `image` is not declared",
        "parameter `revision` is missing",
        "workspace `git-credentials` may be missing and is needed",
        "workspace `output` is missing",
    ] {
        assert!(problems.contains(what), "{what}\n{problems}");
    }
}

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
    let sees = |workspace: super::interface::Workspace| who_sees(&compiled, workspace.name);
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
fn plan_and_frontend_follow_one_version() {
    let old = Compiled::of(&platform());
    let new = Compiled::of(&edited(&[("version: v0.37.0", "version: v0.38.1")]));
    for (compiled, version, other) in [(&old, "v0.37.0", "v0.38.1"), (&new, "v0.38.1", "v0.37.0")] {
        for task in [task::COMBINED, task::BUILD, task::PREPARE] {
            let text = serde_json::to_string(compiled.task(task)).unwrap();
            assert!(text.contains(version) && !text.contains(other), "{task}");
        }
        let steps = &compiled.task(task::COMBINED).spec.steps;
        assert_eq!(
            steps[2].image.as_deref(),
            Some(format!("ghcr.io/acme/luban-railpack:{version}").as_str())
        );
        let frontend = format!("--frontend=ghcr.io/railwayapp/railpack-frontend:{version}");
        assert!(steps[3].args.contains(&frontend) && steps[4].args.contains(&frontend));
    }
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

#[test]
fn more_applications_make_no_more_objects() {
    let count = |platform: &Platform| {
        let lock = Lock::default();
        let context = Context::new(platform, &lock).unwrap();
        folder(&context).unwrap().finish().unwrap()
    };
    let one = count(&platform());
    let more: String = (0..50).map(|i| format!("        - name: more-{i}\n          source: {{repository: railpack, path: examples/more-{i}}}\n          build: {{railpack: {{}}}}\n")).collect();
    let many = count(&edited(&[(
        "        - name: search\n",
        &format!("{more}        - name: search\n"),
    )]));
    assert_eq!(one, many);
}

#[test]
fn a_proxy_reaches_the_daemon_the_steps_and_the_steps_of_the_build() {
    let compiled = Compiled::of(&edited(&[PROXY]));
    let task = compiled.task(task::COMBINED);
    let is_set = |env: &[k8s_openapi::api::core::v1::EnvVar]| {
        env.iter().any(|variable| variable.name == "HTTPS_PROXY")
    };
    assert!(
        is_set(&task.spec.step_template.as_ref().unwrap().env)
            && is_set(&task.spec.sidecars[0].env)
    );
    for step in &task.spec.steps[2..] {
        assert!(
            step.args
                .contains(&"--build-arg=HTTPS_PROXY=http://proxy.acme.internal:3128".to_owned())
        );
    }
    assert!(
        !serde_json::to_string(&Compiled::of(&platform()).tasks)
            .unwrap()
            .contains("PROXY")
    );
}

#[test]
fn finished_runs_are_kept_as_the_platform_says() {
    let platform = edited(&[(
        "succeeded: 10, failed: 20, hours: 72",
        "succeeded: 3, failed: 4, hours: 5",
    )]);
    let lock = Lock::default();
    let context = Context::new(&platform, &lock).unwrap();
    let files = pruner_folder(&context).unwrap().finish().unwrap();
    let text = &files[0].text;
    for line in [
        "ttlSecondsAfterFinished: 18000",
        "successfulHistoryLimit: 3",
        "failedHistoryLimit: 4",
        "app.kubernetes.io/part-of: tekton-pruner",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn the_image_of_the_command_is_checked_and_not_root() {
    let platform = edited(&[("version: v0.37.0", "version: v0.38.1")]);
    let lock = Lock::default();
    let context = Context::new(&platform, &lock).unwrap();
    let files = folder(&context).unwrap().finish().unwrap();
    let file = files
        .iter()
        .find(|file| file.path.ends_with("railpack-cli/Dockerfile"))
        .unwrap();
    assert!(file.text.contains("USER 1000:1000"));
    assert_eq!(file.text.matches("ADD --checksum=sha256:${").count(), 2);
    assert!(
        file.text
            .contains("/v0.38.1/railpack-v0.38.1-arm64-unknown-linux-musl.tar.gz")
    );
    assert!(!file.text.contains("v0.37.0"));
    assert_eq!(param::RAILPACK_VERSION.name, "railpackVersion");
}
