//! What must be true of every compiled template, whoever compiles it.

use super::argo_workflows_folder;
use super::time::{DELIVER_SECONDS, RETRIES, SCAN_SECONDS, STEP_SECONDS, with_retries};
use crate::context::Context;
use crate::images::Tool;
use crate::kpack;
use crate::names::account;
use luban_api_argo_workflows::{ClusterWorkflowTemplate, Template, WorkflowSpec, WorkflowTemplate};
use luban_platform::Platform;
use luban_platform::lock::Lock;
use std::collections::BTreeSet;

/// A platform with its context, for as long as `check` runs.
pub(crate) fn with<T>(platform: &Platform, check: impl FnOnce(&Context<'_>) -> T) -> T {
    check(&Context::new(platform, &Lock::default()).unwrap())
}

/// The specs of all templates that this module and `kpack` compile, by name.
pub(super) fn specs(context: &Context<'_>) -> Vec<(String, WorkflowSpec)> {
    let mut files = argo_workflows_folder(context).unwrap().finish().unwrap();
    files.extend(kpack::folder(context).unwrap().finish().unwrap());
    let of_kind = |kind: &str, text: &str| text.contains(&format!("\nkind: {kind}\n"));
    let mut specs = Vec::new();
    for file in files
        .into_iter()
        .filter(|file| file.path.ends_with(".yaml"))
    {
        if of_kind("ClusterWorkflowTemplate", &file.text) {
            let object: ClusterWorkflowTemplate = serde_yaml::from_str(&file.text).unwrap();
            specs.push((file.path, object.spec));
        } else if of_kind("WorkflowTemplate", &file.text) {
            let object: WorkflowTemplate = serde_yaml::from_str(&file.text).unwrap();
            specs.push((file.path, object.spec));
        }
    }
    assert_eq!(
        specs.len(),
        4,
        "kpack-build, kpack-rebuilt, retag, publish-stack"
    );
    specs
}

pub(super) fn templates(context: &Context<'_>) -> Vec<Template> {
    specs(context)
        .into_iter()
        .flat_map(|(_, spec)| spec.templates)
        .collect()
}

/// The placeholders in `text`, without braces.
pub(crate) fn placeholders(text: &str) -> Vec<String> {
    let parts = text.split("{{").skip(1);
    parts
        .map(|part| part.split("}}").next().unwrap().to_owned())
        .collect()
}

#[test]
fn every_placeholder_is_declared() {
    const GLOBALS: [&str; 6] = [
        "workflow.name",
        "workflow.namespace",
        "workflow.uid",
        "workflow.status",
        "workflow.failures",
        "workflow.creationTimestamp.RFC3339",
    ];
    with(&crate::testing::platform(), |context| {
        for (path, spec) in specs(context) {
            let parameters = spec.arguments.clone().unwrap_or_default().parameters;
            let mut known: BTreeSet<String> = GLOBALS.iter().map(|&name| name.to_owned()).collect();
            known.extend(
                parameters
                    .iter()
                    .map(|p| format!("workflow.parameters.{}", p.name)),
            );
            for template in &spec.templates {
                for output in template
                    .outputs
                    .iter()
                    .flat_map(|outputs| &outputs.parameters)
                {
                    let global = output.global_name.iter();
                    known.extend(global.map(|name| format!("workflow.outputs.parameters.{name}")));
                }
            }
            let mut checked = 0;
            for template in &spec.templates {
                let mut known = known.clone();
                let inputs = template.inputs.clone().unwrap_or_default();
                known.extend(
                    inputs
                        .parameters
                        .iter()
                        .map(|p| format!("inputs.parameters.{}", p.name)),
                );
                known.extend(
                    inputs
                        .artifacts
                        .iter()
                        .map(|a| format!("inputs.artifacts.{}", a.name)),
                );
                for task in template.dag.iter().flat_map(|dag| &dag.tasks) {
                    let called = spec
                        .templates
                        .iter()
                        .find(|other| other.name == task.template);
                    let called = called.unwrap_or_else(|| panic!("{path}: {task:?} calls nothing"));
                    let outputs = called.outputs.clone().unwrap_or_default().parameters;
                    known.extend(
                        outputs
                            .iter()
                            .map(|p| format!("tasks.{}.outputs.parameters.{}", task.name, p.name)),
                    );
                    let given = task.arguments.clone().unwrap_or_default().parameters;
                    let given: BTreeSet<_> = given.into_iter().map(|p| p.name).collect();
                    let taken = called.inputs.clone().unwrap_or_default().parameters;
                    let taken: BTreeSet<_> = taken.into_iter().map(|p| p.name).collect();
                    assert_eq!(given, taken, "{path}: arguments of {}", task.name);
                }
                let text = serde_json::to_string(template).unwrap();
                for placeholder in placeholders(&text) {
                    assert!(
                        known.contains(&placeholder),
                        "{path}: {{{{{placeholder}}}}}"
                    );
                    checked += 1;
                }
            }
            assert!(
                checked > 0 || path.contains("publish-stack"),
                "{path} has no placeholders"
            );
        }
    });
}

#[test]
fn every_container_runs_luban_or_a_tool_with_an_argument_list() {
    with(&crate::testing::platform(), |context| {
        let mut programs = BTreeSet::new();
        for template in templates(context) {
            assert_eq!(template.script, None);
            let main = template
                .container
                .iter()
                .flat_map(|container| container.command.clone());
            let beside = template
                .init_containers
                .iter()
                .map(|container| container.command.clone());
            programs.extend(main.chain(beside));
        }
        let programs: Vec<_> = programs.iter().map(|command| command.join(" ")).collect();
        assert_eq!(programs, ["/luban/bin/luban", "luban", "rootlesskit"]);
    });
}

#[test]
fn every_pod_is_restricted_but_the_buildkit_daemon() {
    with(&crate::testing::platform(), |context| {
        for template in templates(context) {
            let main = template
                .container
                .iter()
                .map(|c| ("main", c.security_context.clone()));
            let beside = template.init_containers.iter();
            let beside = beside.map(|c| (c.name.as_str(), c.security_context.clone()));
            for (name, security) in main.chain(beside) {
                let security = security.unwrap();
                assert_eq!(security.read_only_root_filesystem, Some(true), "{name}");
                assert_eq!(security.run_as_user, Some(1000), "{name}");
                let is_restricted = security == crate::container::restricted();
                assert_eq!(is_restricted, name != "buildkitd", "{name}");
            }
        }
    });
}

#[test]
fn every_pod_has_an_end_an_account_and_retries_for_faults_that_pass_only() {
    with(&crate::testing::platform(), |context| {
        for template in templates(context)
            .iter()
            .filter(|template| template.container.is_some())
        {
            let name = template.name.as_deref();
            assert!(template.active_deadline_seconds.is_some(), "{name:?}");
            assert!(template.service_account_name.is_some(), "{name:?}");
            let retry = template.retry_strategy.clone().unwrap();
            assert_eq!(
                retry.expression.as_deref(),
                Some("lastRetry.exitCode == \"75\" || lastRetry.status == \"Error\""),
                "{name:?}"
            );
        }
    });
}

#[test]
fn every_mounted_volume_is_the_pods_own_or_a_secret_of_its_job() {
    with(&crate::testing::platform(), |context| {
        for template in templates(context) {
            let Some(container) = &template.container else {
                continue;
            };
            let volumes: BTreeSet<_> = template.volumes.iter().map(|volume| &volume.name).collect();
            let mounts = container
                .volume_mounts
                .iter()
                .flatten()
                .map(|mount| &mount.name);
            let beside = template
                .init_containers
                .iter()
                .flat_map(|c| &c.volume_mounts);
            let mounted: BTreeSet<_> = mounts.chain(beside.map(|mount| &mount.name)).collect();
            assert_eq!(volumes, mounted, "{:?}", template.name);
            let has = |name: &str| volumes.iter().any(|volume| *volume == name);
            let account = template.service_account_name.as_deref().unwrap();
            assert!(
                !has("signing") || [account::SUPPLY_CHAIN, account::PROMOTE].contains(&account)
            );
            assert!(!has("gitops") || [account::RELEASE, account::PROMOTE].contains(&account));
            assert!(account != account::KPACK_STEP || (!has("registry") && !has("source")));
        }
    });
}

#[test]
fn limits_of_time_fit_inside_each_other() {
    assert_eq!(RETRIES, 2);
    assert!(with_retries(STEP_SECONDS) >= 3 * STEP_SECONDS + 30 + 60);
    let in_a_row = with_retries(SCAN_SECONDS) + 2 * with_retries(STEP_SECONDS);
    assert!(DELIVER_SECONDS >= in_a_row);
    with(&crate::testing::platform(), |context| {
        for (path, spec) in specs(context) {
            let deadline = spec.active_deadline_seconds.unwrap();
            for template in &spec.templates {
                if let Some(luban_api_core::IntOrString::Int(seconds)) =
                    template.active_deadline_seconds
                {
                    assert!(i64::from(seconds) < deadline, "{path} {:?}", template.name);
                }
            }
        }
    });
}

#[test]
fn finished_runs_go_after_the_platforms_hours_and_their_pods_before() {
    let platform = crate::testing::edited(&[("hours: 72", "hours: 5")]);
    with(&platform, |context| {
        for (path, spec) in specs(context) {
            let ttl = spec.ttl_strategy.unwrap().seconds_after_completion;
            assert_eq!(ttl, Some(5 * 3600), "{path}");
            assert_eq!(
                spec.pod_gc.unwrap().strategy.as_deref(),
                Some("OnPodSuccess"),
                "{path}"
            );
        }
    });
}

#[test]
fn a_proxy_reaches_every_pod_and_no_proxy_reaches_none() {
    let proxy =
        "registryEgress: {proxy: {url: http://proxy.acme.internal:3128, cidr: 10.9.0.1/32}}";
    let cidrs = "registryEgress: {cidrs: [10.20.0.0/16, 140.82.112.0/20, 185.199.108.0/22]}";
    let count = |platform: &Platform| {
        with(platform, |context| {
            let is_proxied = |template: &&Template| {
                let env = template
                    .container
                    .iter()
                    .flat_map(|c| c.env.iter().flatten());
                env.filter(|variable| variable.name == "HTTPS_PROXY")
                    .count()
                    == 1
            };
            let templates = templates(context);
            let pods = templates
                .iter()
                .filter(|template| template.container.is_some());
            (pods.clone().filter(is_proxied).count(), pods.count())
        })
    };
    let (proxied, pods) = count(&crate::testing::edited(&[(cidrs, proxy)]));
    assert_eq!(proxied, pods);
    assert_eq!(count(&crate::testing::platform()).0, 0);
}

#[test]
fn without_scans_and_signatures_no_pod_of_their_tools_is_compiled() {
    let platform = crate::testing::edited(&[
        (
            "    scan: {failOn: [critical, high], ignoreUnfixed: true}\n",
            "    scan: {}\n",
        ),
        ("    sign: {key: {secret: cosign-key}}\n", ""),
        ("require: [healthy, signed]", "require: [healthy]"),
    ]);
    with(&platform, |context| {
        assert_eq!(context.images.get(Tool::Cosign), "");
        for template in templates(context) {
            assert_ne!(template.name.as_deref(), Some("sign"));
            let image = template.container.as_ref().and_then(|c| c.image.as_deref());
            assert_ne!(image, Some(""), "{:?}", template.name);
        }
    });
}

/// The container of the template `name`.
pub(super) fn container(
    context: &Context<'_>,
    name: &str,
) -> k8s_openapi::api::core::v1::Container {
    let mut templates = templates(context).into_iter();
    let template = templates.find(|template| template.name.as_deref() == Some(name));
    template.unwrap().container.unwrap()
}

#[test]
fn a_scan_attaches_its_report_and_has_room_for_the_scanners_database() {
    with(&crate::testing::platform(), |context| {
        let scan = container(context, "scan");
        assert!(scan.args.unwrap().contains(&"--attach=true".to_owned()));
        let limits = scan.resources.unwrap().limits.unwrap();
        assert_eq!(limits["memory"].0, "2Gi");
        assert_eq!(limits["ephemeral-storage"].0, "10Gi");
    });
}

#[test]
fn what_talks_to_the_registry_trusts_the_platforms_authority_if_it_has_one() {
    let trusted = |platform: &Platform, name: &str| {
        with(platform, |context| {
            let args = container(context, name).args.unwrap();
            args.contains(&"--certificate-authority=/luban/certificates".to_owned())
        })
    };
    let with_authority = crate::testing::platform();
    let lines = "    certificateAuthority: {secret: acme-ca}\n    packageMirror:";
    let without = crate::testing::edited(&[(lines, "    packageMirror:")]);
    for name in ["scan", "sbom", "sign"] {
        assert!(trusted(&with_authority, name), "{name}");
        assert!(!trusted(&without, name), "{name}");
    }
}

#[test]
fn signatures_are_written_and_read_in_the_format_that_the_clusters_check() {
    with(&crate::testing::platform(), |context| {
        for name in ["sign", "promote-prd"] {
            let args = container(context, name).args.unwrap();
            assert!(args.contains(&"--signature-format=legacy".to_owned()));
        }
    });
}

#[test]
fn a_promotion_by_tag_mounts_what_one_by_hand_does() {
    let platform = crate::testing::platform();
    with(&platform, |context| {
        let by_hand = crate::promotion::template(context, &platform.projects[0]).unwrap();
        let mut by_hand = by_hand.unwrap().spec.templates.into_iter();
        let name = Some("promote-to-prd".to_owned());
        let by_hand = by_hand.find(|template| template.name == name).unwrap();
        let by_hand = by_hand.container.unwrap();
        let by_tag = container(context, "promote-prd");
        assert_eq!(by_tag.volume_mounts, by_hand.volume_mounts);
        assert_eq!(by_tag.env, by_hand.env);
        let env = by_tag.env.unwrap();
        assert!(env.iter().any(|variable| variable.name == "DOCKER_CONFIG"));
    });
}

#[test]
fn a_report_goes_to_the_platforms_webhook_if_it_has_one() {
    let args = |platform: &Platform| {
        with(platform, |context| {
            let templates = templates(context);
            let report = templates
                .iter()
                .find(|t| t.name.as_deref() == Some("report"))
                .unwrap();
            report.container.clone().unwrap().args.unwrap().join(" ")
        })
    };
    let with_webhook = args(&crate::testing::platform());
    assert!(with_webhook.contains("--sbom={{inputs.parameters.sbom}}"));
    assert!(
        with_webhook
            .contains("--webhook=https://hooks.acme.dev/builds --webhook-key=/luban/webhook/key")
    );
    assert!(with_webhook.contains(
        "--log-url=https://grafana.acme.dev/d/luban?var-namespace={{workflow.namespace}}&var-run={{workflow.name}} \
         --metrics=https://pushgateway.acme.dev "
    ));
    let without = args(&crate::testing::edited(&[(crate::testing::REPORT, "")]));
    for flag in ["--webhook", "--metrics", "--log-url"] {
        assert!(!without.contains(flag), "{flag}");
    }
}
