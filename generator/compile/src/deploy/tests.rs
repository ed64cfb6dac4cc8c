use super::files;
use crate::context::Context;
use crate::testing::edited;
use crate::tree::{File, HEADER, Owner, RELEASE_HEADER};
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::core::v1::{Container, PodSpec};
use luban_api_kustomize::{Component, Kustomization};
use luban_platform::Platform;
use luban_platform::lock::Lock;
use serde::de::DeserializeOwned;

/// The files of an application of the example with `edits`.
fn compiled(application: &str, edits: &[(&str, &str)]) -> Vec<File> {
    overlays(&edited(edits), application)
}

fn overlays(platform: &Platform, name: &str) -> Vec<File> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let (project, application) = platform
        .applications()
        .find(|(_, application)| application.name.as_str() == name)
        .unwrap();
    files(&context, project, application).unwrap()
}

fn text<'a>(files: &'a [File], end: &str) -> &'a str {
    let file = files.iter().find(|file| file.path.ends_with(end));
    &file.unwrap_or_else(|| panic!("no file `{end}`")).text
}

fn object<T: DeserializeOwned>(files: &[File], end: &str) -> T {
    serde_yaml::from_str(text(files, end)).unwrap()
}

fn has(files: &[File], end: &str) -> bool {
    files.iter().any(|file| file.path.ends_with(end))
}

fn pod(files: &[File], name: &str) -> PodSpec {
    let deployment: Deployment = object(files, &format!("/base/deployment-{name}.yaml"));
    deployment.spec.unwrap().template.spec.unwrap()
}

fn container(files: &[File], name: &str) -> Container {
    pod(files, name).containers.remove(0)
}

fn settings(files: &[File], environment: &str) -> Component {
    object(
        files,
        &format!("/{environment}/settings/kustomization.yaml"),
    )
}

/// What a patch of `settings/` says of an object of `kind`.
fn patch(files: &[File], environment: &str, kind: &str) -> Option<serde_json::Value> {
    let patches = settings(files, environment).patches;
    let is_of_kind = |patch: &luban_api_kustomize::Patch| {
        let target = patch.target.as_ref().unwrap();
        target.kind.as_deref() == Some(kind)
    };
    let patch = patches.into_iter().find(is_of_kind)?;
    Some(serde_yaml::from_str(&patch.patch.unwrap()).unwrap())
}

#[test]
fn an_application_without_deploy_has_no_overlay() {
    let files = compiled(
        "books",
        &[("          deploy: {port: 8080, route: books.acme.dev}", "")],
    );
    assert!(files.is_empty());
}

#[test]
fn only_the_release_belongs_to_the_pipelines() {
    for file in compiled("api", &[]) {
        let is_release = file.path.contains("/release/");
        assert_eq!(file.owner == Owner::Pipelines, is_release, "{}", file.path);
        let header = if is_release { RELEASE_HEADER } else { HEADER };
        assert!(
            file.text.starts_with(&format!("{header}\n")),
            "{}",
            file.path
        );
    }
}

#[test]
fn an_overlay_changes_nothing_after_its_release() {
    let overlay: Kustomization = object(&compiled("api", &[]), "/prd/kustomization.yaml");
    let plain = Kustomization {
        resources: vec!["../base".into()],
        components: vec!["settings".into(), "release".into()],
        ..Kustomization::default()
    };
    assert_eq!(overlay, plain);
}

#[test]
fn before_the_first_release_nothing_runs_and_no_image_is_named() {
    let files = compiled("api", &[]);
    let release: Component = object(&files, "/snd/release/kustomization.yaml");
    assert_eq!(release.images, []);
    let patch = release.patches[0].patch.as_deref().unwrap();
    assert_eq!(patch, "- op: add\n  path: /spec/replicas\n  value: 0\n");
    assert_eq!(release.metadata.name.as_deref(), Some("release"));
    let image = container(&files, "api").image.unwrap();
    assert_eq!(image, "harbor.acme.dev/payments/api");
}

#[test]
fn every_object_gets_the_namespace_of_its_environment() {
    let files = compiled("api", &[]);
    for environment in ["snd", "prd"] {
        let namespace = settings(&files, environment).namespace.unwrap();
        assert_eq!(namespace, format!("payments-{environment}"));
    }
}

#[test]
fn an_environment_has_its_own_replicas_resources_and_configuration() {
    let files = compiled("web", &[]);
    let prd = patch(&files, "prd", "Deployment").unwrap();
    assert_eq!(prd["spec"]["replicas"], 2);
    let container = &prd["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["resources"]["limits"]["memory"], "512Mi");
    let config = patch(&files, "prd", "ConfigMap").unwrap();
    assert_eq!(config["data"]["NEXT_TELEMETRY_DISABLED"], "1");
    let snd = patch(&files, "snd", "Deployment").unwrap();
    assert_eq!(snd["spec"], serde_json::json!({"replicas": 1}));
    assert_eq!(patch(&files, "snd", "ConfigMap"), None);
}

#[test]
fn configuration_reaches_the_container_and_rolls_it() {
    let files = compiled("api", &[("{LOG_LEVEL: info}", r#"{LOG_LEVEL: '"info"'}"#)]);
    let base: Kustomization = object(&files, "/base/kustomization.yaml");
    let generated = &base.config_map_generator[0];
    // Kustomize takes one pair of quotes away.
    assert_eq!(generated.literals, [r#"LOG_LEVEL=""info"""#]);
    let options = generated.options.as_ref().unwrap();
    assert_eq!(options.disable_name_suffix_hash, None);
    let sources = container(&files, "api").env_from.unwrap();
    assert_eq!(sources[0].config_map_ref.as_ref().unwrap().name, "api");
    assert_eq!(
        sources[1].secret_ref.as_ref().unwrap().name,
        "payments-database"
    );
    let files = compiled("worker", &[]);
    assert_eq!(container(&files, "worker").env_from, None);
    let base: Kustomization = object(&files, "/base/kustomization.yaml");
    assert_eq!(base.config_map_generator, []);
}

#[test]
fn a_route_has_a_host_name_in_every_environment_that_has_it() {
    let files = compiled("api", &[]);
    for (environment, host) in [
        ("snd", "snd-api.payments.acme.dev"),
        ("prd", "api.payments.acme.dev"),
    ] {
        let route: luban_api_cluster::HTTPRoute = object(
            &files,
            &format!("/{environment}/settings/httproute-api.yaml"),
        );
        assert_eq!(route.spec.hostnames, [host]);
        assert_eq!(route.spec.parent_refs[0].name, "apps");
        assert_eq!(route.spec.rules[0].backend_refs[0].port, Some(8080));
    }
    let section = (
        "{name: apps, namespace: gateway}",
        "{name: apps, namespace: gateway, section: tls}",
    );
    let files = compiled("api", &[section]);
    assert!(text(&files, "/prd/settings/httproute-api.yaml").contains("sectionName: tls"));
    // A route in one environment only.
    let files = compiled(
        "api",
        &[(
            "            route: api.payments.acme.dev\n",
            "            environments: {prd: {route: api.payments.acme.dev}}\n",
        )],
    );
    assert!(has(&files, "/prd/settings/httproute-api.yaml"));
    assert!(
        !files
            .iter()
            .any(|file| file.path.contains("httproute") && !file.path.contains("/prd/"))
    );
}

#[test]
fn an_application_without_port_serves_nobody_and_is_not_probed() {
    let files = compiled("worker", &[]);
    assert!(!has(&files, "/base/service-worker.yaml"));
    let worker = container(&files, "worker");
    assert_eq!(worker.ports, None);
    assert_eq!(worker.liveness_probe, None);
    assert_eq!(worker.lifecycle, None);
}

#[test]
fn health_is_asked_at_its_path_or_at_the_port() {
    let api = container(&compiled("api", &[]), "api");
    let get = api.readiness_probe.unwrap().http_get.unwrap();
    assert_eq!(get.path.as_deref(), Some("/healthz"));
    let web = container(&compiled("web", &[]), "web");
    assert!(web.readiness_probe.unwrap().tcp_socket.is_some());
    assert!(web.liveness_probe.unwrap().tcp_socket.is_some());
}

#[test]
fn a_container_serves_on_while_gateways_forget_it() {
    let files = compiled("api", &[]);
    let stop = container(&files, "api")
        .lifecycle
        .unwrap()
        .pre_stop
        .unwrap();
    let sleeps = stop.sleep.unwrap().seconds;
    assert!(pod(&files, "api").termination_grace_period_seconds.unwrap() > sleeps);
}

/// Defect S10: nothing kept an application from running as root.
#[test]
fn pods_hold_no_token_and_write_nowhere_but_in_tmp() {
    let files = compiled("api", &[]);
    let pod = pod(&files, "api");
    assert_eq!(pod.automount_service_account_token, Some(false));
    assert_eq!(pod.image_pull_secrets.unwrap()[0].name, "harbor-pull");
    let of_pod = pod.security_context.unwrap();
    assert_eq!(of_pod.run_as_non_root, Some(true));
    let api = container(&files, "api");
    let security = api.security_context.unwrap();
    assert_ne!(security.run_as_non_root, Some(false));
    assert_eq!(security.read_only_root_filesystem, Some(true));
    assert_eq!(security.allow_privilege_escalation, Some(false));
    let mounts = api.volume_mounts.unwrap();
    assert_eq!(mounts.len(), 1);
    assert_eq!(mounts[0].mount_path, "/tmp");
    // Images of a registry without `pull` are public.
    assert_eq!(
        self::pod(
            &compiled("web", &[("      pull: {secret: ghcr-pull}\n", "")]),
            "web"
        )
        .image_pull_secrets,
        None
    );
}

#[test]
fn replicas_are_kept_while_nodes_are_drained_where_promotions_lead() {
    let files = compiled("api", &[]);
    assert!(has(&files, "/prd/settings/poddisruptionbudget-api.yaml"));
    assert!(!has(&files, "/snd/settings/poddisruptionbudget-api.yaml"));
    let files = compiled(
        "api",
        &[("replicas: {snd: 1, prd: 3}", "replicas: {snd: 3, prd: 1}")],
    );
    assert!(
        !files
            .iter()
            .any(|file| file.path.contains("poddisruptionbudget"))
    );
}
