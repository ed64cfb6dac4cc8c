//! Runs.

use super::{Compiled, SPLIT, text_of, variants};
use crate::context::Context;
use crate::names::account;
use crate::railpack::checks::{references, task_of};
use crate::railpack::interface::{task, workspace};
use crate::railpack::{build_accounts, secrets, timeouts};
use crate::run::Occasion;
use crate::testing::{edited, platform};
use luban_api_tekton::{ParamValue, PipelineRun};
use luban_platform::lock::Lock;
use std::collections::BTreeSet;

#[test]
fn two_projects_share_no_cache() {
    let compiled = Compiled::of(&edited(&[(
        "build: {kpack: {python: true}}",
        "build: {railpack: {}}",
    )]));
    let cache = |application: &str| {
        let run = compiled.run(application, Occasion::Release);
        let image = format!(
            "{}/{}",
            text_of(run, "imageRegistry"),
            text_of(run, "imageRepository")
        );
        (text_of(run, "cacheKey"), image)
    };
    assert_eq!(cache("api").0, "payments");
    assert_eq!(cache("search").0, "storefront");
    assert_eq!(cache("api").1, "harbor.acme.dev/payments/api");
    assert_eq!(cache("search").1, "ghcr.io/acme/storefront/search");
    assert_ne!(cache("search").1, cache("web").1);
}

#[test]
fn other_branches_build_without_release_tags_or_the_cache_of_releases() {
    let compiled = Compiled::of(&platform());
    let branch = compiled.run("web", Occasion::Branch);
    let release = compiled.run("web", Occasion::Release);
    for (name, of_branch, of_release) in [
        ("release", "false", "true"),
        ("moveTags", "false", "true"),
        ("additionalTags", "", "edge"),
        ("releasePath", "", "overlays/storefront/web/snd/release"),
        ("cacheScope", "branches", "release"),
    ] {
        assert_eq!(text_of(branch, name), of_branch);
        assert_eq!(text_of(release, name), of_release);
    }
    let sees = |run: &PipelineRun| {
        run.spec
            .workspaces
            .iter()
            .any(|bound| bound.name == workspace::GITOPS_CREDENTIALS.name)
    };
    assert!(sees(release) && !sees(branch));
    assert!(
        compiled
            .runs
            .iter()
            .all(|(_, name, occasion, _)| *occasion == Occasion::Release || name == "web")
    );
}

#[test]
fn a_project_without_scan_and_signature_runs_neither() {
    let compiled = Compiled::of(variants().last().unwrap());
    let names: Vec<&str> = compiled
        .tasks
        .iter()
        .filter_map(|task| task.metadata.name.as_deref())
        .collect();
    assert!(
        !names
            .iter()
            .any(|name| [task::SCAN, task::SBOM, task::SIGN].contains(name)),
        "{names:?}"
    );
    let run = compiled.run("web", Occasion::Release);
    let has = |name: &str| run.spec.params.iter().any(|given| given.name == name);
    assert!(!has("scan") && !has("sign") && has("release"));
    assert_eq!(run.spec.status, None);
    let compiled = Compiled::of(&platform());
    let run = compiled.run("web", Occasion::Release);
    assert_eq!(text_of(run, "scanFailOn"), "HIGH CRITICAL");
    assert_eq!(run.spec.status.as_deref(), Some("PipelineRunPending"));
    let labels = run.metadata.labels.as_ref().unwrap();
    assert_eq!(labels["kueue.x-k8s.io/queue-name"], crate::names::QUEUE);
}

#[test]
fn timeouts_fit_inside_each_other() {
    let minutes = |text: &Option<String>| {
        text.as_ref()
            .unwrap()
            .strip_suffix('m')
            .unwrap()
            .parse::<u32>()
            .unwrap()
    };
    for platform in variants() {
        let compiled = Compiled::of(&platform);
        let build = platform.railpack.as_ref().unwrap().timeout_minutes;
        let seconds = format!("--timeout-seconds={}", build * 60);
        assert!(
            compiled.task(task::BUILD).spec.steps[2]
                .args
                .contains(&seconds)
        );
        for (_, _, _, run) in &compiled.runs {
            let limits = run.spec.timeouts.as_ref().unwrap();
            let (all, tasks, finally) = (
                minutes(&limits.pipeline),
                minutes(&limits.tasks),
                minutes(&limits.finally),
            );
            assert!(tasks + finally <= all);
            for pipeline in &compiled.pipelines {
                let parts = &pipeline.spec.tasks;
                let builds = parts
                    .iter()
                    .filter(|part| part.name.as_ref().unwrap().starts_with("build-"));
                let longest = builds.map(|part| minutes(&part.timeout)).max().unwrap();
                let others = parts
                    .iter()
                    .filter(|part| !part.name.as_ref().unwrap().starts_with("build-"));
                assert!(longest > build);
                assert!(longest + others.map(|part| minutes(&part.timeout)).sum::<u32>() <= tasks);
                assert!(
                    pipeline
                        .spec
                        .finally
                        .iter()
                        .all(|part| minutes(&part.timeout) <= finally)
                );
            }
        }
    }
    assert!(timeouts::run(45) < 24 * 60);
}

#[test]
fn a_run_is_reported_once_and_by_the_report_whose_results_were_all_written() {
    let scanned = platform();
    let unscanned = edited(&[(
        "    scan: {failOn: [critical, high], ignoreUnfixed: true}\n",
        "",
    )]);
    for (platform, is_scanned) in [(&scanned, true), (&unscanned, false)] {
        for pipeline in Compiled::of(platform).pipelines {
            let of_run = |part: &luban_api_tekton::PipelineTask| {
                let result = |reference: &str| {
                    references(part)
                        .iter()
                        .any(|(used, _)| used.contains(reference))
                };
                let when: Vec<String> = part
                    .when
                    .iter()
                    .map(|when| {
                        format!(
                            "{} {}",
                            when.input.as_deref().unwrap(),
                            when.operator.as_deref().unwrap()
                        )
                    })
                    .collect();
                (
                    when.join(", "),
                    result(".results.digest"),
                    result(".results.buildDuration") && result(".results.reused"),
                    result("tasks.sbom.results.sbomRef"),
                )
            };
            let reports: Vec<_> = pipeline.spec.finally.iter().map(of_run).collect();
            let text = |text: &str| text.to_owned();
            let failure = (text("$(tasks.status) notin"), false, false, false);
            let expected = if is_scanned {
                vec![
                    (
                        text("$(tasks.status) in, $(tasks.sbom.status) notin"),
                        true,
                        true,
                        false,
                    ),
                    (
                        text("$(tasks.status) in, $(tasks.sbom.status) in"),
                        true,
                        true,
                        true,
                    ),
                    failure,
                ]
            } else {
                vec![(text("$(tasks.status) in"), true, true, false), failure]
            };
            assert_eq!(reports, expected);
        }
    }
}

#[test]
fn split_builds_share_a_claim_on_nodes_of_one_architecture() {
    let compiled = Compiled::of(&edited(&[SPLIT]));
    let split = compiled.run("search", Occasion::Release);
    let pod = split
        .spec
        .task_run_template
        .as_ref()
        .unwrap()
        .pod_template
        .as_ref()
        .unwrap();
    assert_eq!(pod.node_selector["kubernetes.io/arch"], "amd64");
    let output = |run: &PipelineRun| {
        run.spec
            .workspaces
            .iter()
            .find(|bound| bound.name == "output")
            .unwrap()
            .clone()
    };
    assert!(output(split).volume_claim_template.is_some() && output(split).empty_dir.is_none());
    let single = &compiled.pipelines[0];
    let names: Vec<&str> = single
        .spec
        .tasks
        .iter()
        .filter_map(|part| part.name.as_deref())
        .collect();
    assert_eq!(names[..3], ["clone", "prepare", "build-amd64"]);
    assert_eq!(
        task_of(&single.spec.tasks[2], &compiled.tasks)
            .unwrap()
            .metadata
            .name
            .as_deref(),
        Some(task::BUILD)
    );
    // Two platforms cannot share a node: each is built in one pod.
    let joined = compiled.run("web", Occasion::Release);
    assert!(output(joined).empty_dir.is_some());
    assert!(
        compiled.pipelines[1]
            .metadata
            .annotations
            .as_ref()
            .unwrap()
            .contains_key("luban.dev/reason")
    );
}

#[test]
fn builds_of_several_platforms_run_on_their_own_nodes_and_become_one_image() {
    let compiled = Compiled::of(&platform());
    let run = compiled.run("web", Occasion::Release);
    for (spec, architecture) in run.spec.task_run_specs.iter().zip(["amd64", "arm64"]) {
        assert_eq!(
            spec.pipeline_task_name.as_deref(),
            Some(format!("build-{architecture}").as_str())
        );
        let selector = &spec.pod_template.as_ref().unwrap().node_selector;
        assert_eq!(
            (
                selector["kubernetes.io/arch"].as_str(),
                selector["pool"].as_str()
            ),
            (architecture, "build")
        );
    }
    let names = |i: usize| compiled.pipelines[i].metadata.name.clone().unwrap();
    assert_eq!(
        (names(0), names(1)),
        ("railpack-amd64".into(), "railpack-amd64-arm64".into())
    );
    let digest = |i: usize| compiled.pipelines[i].spec.results[1].value.clone();
    assert_eq!(
        digest(0),
        ParamValue::from("$(tasks.build-amd64.results.digest)")
    );
    assert_eq!(digest(1), ParamValue::from("$(tasks.index.results.digest)"));
}

#[test]
fn secrets_of_a_build_namespace_are_those_that_its_runs_mount() {
    let platform = edited(&[(
        "      push: {secret: ghcr-push}\n",
        "      push: {secret: ghcr-push}\n",
    )]);
    let lock = Lock::default();
    let context = Context::new(&platform, &lock).unwrap();
    let storefront = platform
        .projects
        .iter()
        .find(|project| project.name.as_str() == "storefront")
        .unwrap();
    let secrets = secrets(&context, storefront);
    let mut mounted = BTreeSet::new();
    for (_, _, _, run) in &Compiled::of(&platform).runs {
        for bound in &run.spec.workspaces {
            mounted.extend(
                bound
                    .secret
                    .iter()
                    .filter_map(|secret| secret.secret_name.clone()),
            );
            let projected = bound
                .projected
                .iter()
                .flat_map(|volume| volume.sources.iter().flatten());
            mounted
                .extend(projected.filter_map(|source| Some(source.secret.as_ref()?.name.clone())));
        }
        let pod = run
            .spec
            .task_run_template
            .as_ref()
            .unwrap()
            .pod_template
            .as_ref()
            .unwrap();
        mounted.extend(
            pod.image_pull_secrets
                .iter()
                .map(|secret| secret.name.clone()),
        );
    }
    assert_eq!(secrets.keys().cloned().collect::<BTreeSet<_>>(), mounted);
    assert_eq!(secrets["search-build"].len(), 2);
    assert!(mounted.contains("ghcr-pull"));
}

#[test]
fn the_accounts_of_builds_hold_every_verb_and_no_permission() {
    let accounts = build_accounts("storefront-build");
    assert!(
        accounts
            .iter()
            .all(|account| account.verbs.iter().all(|verb| verb.needs.is_empty()))
    );
    let compiled = Compiled::of(&platform());
    let run = compiled.run("web", Occasion::Release);
    let pipeline = &compiled.pipelines[1];
    for part in pipeline.spec.tasks.iter().chain(&pipeline.spec.finally) {
        let spec = run
            .spec
            .task_run_specs
            .iter()
            .find(|spec| spec.pipeline_task_name == part.name);
        let name = spec
            .and_then(|spec| spec.service_account_name.as_deref())
            .unwrap_or(account::RAILPACK);
        let account = accounts
            .iter()
            .find(|account| account.name == name)
            .unwrap();
        for step in &task_of(part, &compiled.tasks).unwrap().spec.steps {
            assert!(
                account.verbs.iter().any(|verb| verb.name == step.args[1]),
                "{name} {}",
                step.args[1]
            );
        }
    }
}
