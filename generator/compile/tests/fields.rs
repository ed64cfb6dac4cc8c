//! No setting is inert: each is changed, and exactly its files change. What those are is in `snapshots/fields.snap`.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

mod support;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use support::{PLATFORMS, run_templates, tree};

/// A setting, what stands in the fixture with every option, and what stands there instead.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "metadata.name",
        "metadata: {name: everything}",
        "metadata: {name: anything}",
    ),
    (
        "spec.gitops.repository",
        "repository: https://github.example.com/acme/platform",
        "repository: https://github.example.com/acme/delivery",
    ),
    (
        "spec.gitops.branch",
        "branch: trunk, provider",
        "branch: main, provider",
    ),
    (
        "spec.gitops.provider",
        "provider: enterprise, credentials",
        "provider: azure, credentials",
    ),
    (
        "spec.gitops.credentials.secret",
        "secret: gitops-creds",
        "secret: release-robot",
    ),
    (
        "spec.targets.argoWorkflows",
        "argoWorkflows: \"4.0\"",
        "argoWorkflows: \"4.1\"",
    ),
    (
        "spec.targets.argoEvents",
        "argoEvents: \"1.9\"",
        "argoEvents: \"1.9\" ",
    ),
    ("spec.targets.argoCd", "argoCd: \"3.4\"", "argoCd: \"3.5\""),
    (
        "spec.targets.tektonPipelines",
        "tektonPipelines: \"1.12\"",
        "tektonPipelines: \"1.15\"",
    ),
    (
        "spec.targets.tektonTriggers",
        "tektonTriggers: \"0.36\"",
        "tektonTriggers: \"0.37\"",
    ),
    ("spec.targets.kargo", "kargo: \"1.10\"", "kargo: \"1.11\""),
    ("spec.targets.kpack", "kpack: \"0.16\"", "kpack: \"0.17\""),
    (
        "spec.targets.kubernetes",
        "kubernetes: \"1.34\"",
        "kubernetes: \"1.35\"",
    ),
    (
        "spec.clusters.*.server",
        "https://america.acme.internal:6443",
        "https://usa.acme.internal:6443",
    ),
    ("spec.environments[].name", "name: us,", "name: usa,"),
    (
        "spec.environments[].cluster",
        "name: stage, cluster: control",
        "name: stage, cluster: america",
    ),
    (
        "spec.environments[].sync",
        "name: stage, cluster: control, sync: automatic",
        "name: stage, cluster: control, sync: manual",
    ),
    (
        "spec.environments[].after",
        "cluster: america, after: stage",
        "cluster: america, after: eu",
    ),
    (
        "spec.environments[].promotion.approval",
        "approval: none",
        "approval: pull-request",
    ),
    (
        "spec.environments[].promotion.on[]",
        "on: [git-tag]",
        "on: [manual]",
    ),
    (
        "spec.environments[].promotion.require[]",
        "require: [signed]",
        "require: [healthy]",
    ),
    (
        "spec.providers.*.type",
        "type: GitHub\n      url: https://github.example.com\n      organization: acme",
        "type: Gitea\n      url: https://github.example.com\n      organization: acme",
    ),
    (
        "spec.providers.*.url",
        "      url: https://github.example.com",
        "      url: https://git.example.com",
    ),
    (
        "spec.providers.*.organization",
        "type: AzureDevOpsServices, organization: acme",
        "type: AzureDevOpsServices, organization: apex",
    ),
    (
        "spec.providers.*.collection",
        "azure: {type: AzureDevOpsServices, organization: acme,",
        "azure: {type: AzureDevOpsServer, url: \"https://ado.acme.internal\", collection: Main,",
    ),
    (
        "spec.providers.*.certificateAuthority.secret",
        "certificateAuthority: {secret: acme-ca}\n      credentials",
        "certificateAuthority: {secret: github-ca}\n      credentials",
    ),
    (
        "spec.providers.*.credentials.secret",
        "credentials: {secret: azure-creds}",
        "credentials: {secret: azure-robot}",
    ),
    (
        "spec.providers.*.webhook.secret",
        "webhook: {secret: azure-webhook}",
        "webhook: {secret: azure-hook}",
    ),
    (
        "spec.events.host",
        "host: events.acme.example",
        "host: hooks.acme.example",
    ),
    (
        "spec.events.gateway.name",
        "gateway: {name: public, namespace: edge, section: https}, max",
        "gateway: {name: outer, namespace: edge, section: https}, max",
    ),
    (
        "spec.events.gateway.namespace",
        "gateway: {name: public, namespace: edge, section: https}, max",
        "gateway: {name: public, namespace: rim, section: https}, max",
    ),
    (
        "spec.events.gateway.section",
        "gateway: {name: public, namespace: edge, section: https}, max",
        "gateway: {name: public, namespace: edge, section: web}, max",
    ),
    (
        "spec.events.cloudflareTunnel.secret",
        "gateway: {name: public, namespace: edge, section: https}, max",
        "cloudflareTunnel: {secret: tunnel}, max",
    ),
    (
        "spec.events.maxPayloadBytes",
        "maxPayloadBytes: 2097152",
        "maxPayloadBytes: 1048576",
    ),
    ("spec.registries.*.type", "type: Quay", "type: Harbor"),
    (
        "spec.registries.*.host",
        "host: ghcr.io",
        "host: registry.acme.example",
    ),
    (
        "spec.registries.*.namespace",
        "namespace: acme/images",
        "namespace: acme/pictures",
    ),
    (
        "spec.registries.*.push.secret",
        "push: {secret: ghcr-push}",
        "push: {secret: ghcr-robot}",
    ),
    (
        "spec.registries.*.pull.secret",
        "pull: {secret: quay-pull}",
        "pull: {secret: quay-reader}",
    ),
    (
        "spec.builders.kpack.registry",
        "registry: quay}\n    railpack",
        "registry: ghcr}\n    railpack",
    ),
    (
        "spec.builders.railpack.version",
        "version: v0.36.4",
        "version: v0.37.0",
    ),
    (
        "spec.builders.railpack.registry",
        "      registry: ghcr\n      layout",
        "      registry: quay\n      layout",
    ),
    (
        "spec.builders.railpack.layout",
        "layout: split",
        "layout: combined",
    ),
    (
        "spec.builders.railpack.nodes.selector.*",
        "pool: build",
        "pool: builders",
    ),
    (
        "spec.builders.railpack.nodes.tolerations[]",
        "tolerations: [build, spot]",
        "tolerations: [build]",
    ),
    (
        "spec.builders.railpack.resources.cpu",
        "cpu: \"4\", memory: 8Gi",
        "cpu: \"3\", memory: 8Gi",
    ),
    (
        "spec.builders.railpack.resources.memory",
        "cpu: \"4\", memory: 8Gi",
        "cpu: \"4\", memory: 9Gi",
    ),
    (
        "spec.builders.railpack.timeoutMinutes",
        "timeoutMinutes: 90",
        "timeoutMinutes: 60",
    ),
    (
        "spec.images.*",
        "registry.acme.example/mirror/luban:v0.1.0",
        "registry.acme.example/mirror/luban:v0.1.1",
    ),
    (
        "spec.network.registryEgress.cidrs[]",
        "cidrs: [10.20.0.0/16]",
        "cidrs: [10.20.0.0/16, 10.21.0.0/16]",
    ),
    (
        "spec.network.registryEgress.ciliumFqdns[]",
        "{cidrs: [10.20.0.0/16]}",
        "{ciliumFqdns: [quay.io]}",
    ),
    (
        "spec.network.registryEgress.proxy.url",
        "{cidrs: [10.20.0.0/16]}",
        "{proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.1/32}}",
    ),
    (
        "spec.network.registryEgress.proxy.cidr",
        "{cidrs: [10.20.0.0/16]}",
        "{proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.2/32}}",
    ),
    (
        "spec.network.registryEgress.proxy.noProxy[]",
        "{cidrs: [10.20.0.0/16]}",
        "{proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.1/32, noProxy: [quay.io]}}",
    ),
    (
        "spec.network.applicationGateway.name",
        "applicationGateway: {name: apps,",
        "applicationGateway: {name: shops,",
    ),
    (
        "spec.network.applicationGateway.namespace",
        "applicationGateway: {name: apps, namespace: edge",
        "applicationGateway: {name: apps, namespace: rim",
    ),
    (
        "spec.network.applicationGateway.section",
        "applicationGateway: {name: apps, namespace: edge, section: https}",
        "applicationGateway: {name: apps, namespace: edge, section: web}",
    ),
    (
        "spec.trust.certificateAuthority.secret",
        "trust:\n    certificateAuthority: {secret: acme-ca}",
        "trust:\n    certificateAuthority: {secret: build-ca}",
    ),
    (
        "spec.trust.packageMirror.python",
        "https://pypi.acme.internal/simple",
        "https://pypi.acme.internal/fast",
    ),
    (
        "spec.trust.packageMirror.netrc.secret",
        "netrc: {secret: mirror-netrc}",
        "netrc: {secret: pypi-netrc}",
    ),
    (
        "spec.secrets.externalSecrets.store",
        "store: vault",
        "store: openbao",
    ),
    (
        "spec.secrets.externalSecrets.prefix",
        "prefix: platform/everything",
        "prefix: platform/all",
    ),
    (
        "spec.secrets.externalSecrets.refresh",
        "refresh: 15m",
        "refresh: 30m",
    ),
    ("spec.runs.keep.succeeded", "succeeded: 3", "succeeded: 4"),
    ("spec.runs.keep.failed", "failed: 5", "failed: 6"),
    ("spec.runs.keep.hours", "hours: 24", "hours: 48"),
    ("spec.runs.queue", "queue: kueue", "queue: none"),
    (
        "spec.alerts.prometheus",
        "prometheus: true",
        "prometheus: false",
    ),
    ("spec.alerts.grafana", "grafana: true", "grafana: false"),
    (
        "spec.policies.scan.failOn[]",
        "scan: {failOn: [critical, high, medium], ignoreUnfixed: true}",
        "scan: {failOn: [critical, high], ignoreUnfixed: true}",
    ),
    (
        "spec.policies.scan.ignoreUnfixed",
        "scan: {failOn: [critical, high, medium], ignoreUnfixed: true}",
        "scan: {failOn: [critical, high, medium], ignoreUnfixed: false}",
    ),
    (
        "spec.policies.sign.key.secret",
        "key: {secret: cosign-key}",
        "key: {secret: signing-key}",
    ),
    (
        "spec.policies.sign.publicKey",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8nXRh950IZbRj8Ra",
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8nXRh950IZbRj8Rb",
    ),
    (
        "spec.report.url",
        "https://hooks.acme.example/builds",
        "https://hooks.acme.example/runs",
    ),
    (
        "spec.report.secret",
        "secret: report-key",
        "secret: hook-key",
    ),
    (
        "spec.report.metrics",
        "pushgateway.monitoring.acme.example:9091",
        "pushgateway.metrics.acme.example:9092",
    ),
    (
        "spec.report.logs",
        "https://logs.acme.example/{namespace}?run={run}",
        "https://logs.acme.example/runs/{run}",
    ),
    ("spec.projects[].name", "- name: payments", "- name: money"),
    (
        "spec.projects[].provider",
        "provider: enterprise\n      registry: quay",
        "provider: azure\n      registry: quay",
    ),
    (
        "spec.projects[].registry",
        "      registry: ghcr\n      applications",
        "      registry: quay\n      applications",
    ),
    (
        "spec.projects[].repositoryProject",
        "Finance Department",
        "Finance",
    ),
    (
        "spec.projects[].groups.admin",
        "admin: payments-leads",
        "admin: payments-admins",
    ),
    (
        "spec.projects[].groups.developer",
        "developer: payments}",
        "developer: payments-team}",
    ),
    (
        "spec.projects[].quota.cpu",
        "quota: {cpu: \"40\"",
        "quota: {cpu: \"41\"",
    ),
    (
        "spec.projects[].quota.memory",
        "memory: 80Gi",
        "memory: 81Gi",
    ),
    ("spec.projects[].quota.builds", "builds: 6", "builds: 7"),
    (
        "spec.projects[].policies.scan.failOn[]",
        "failOn: [low]",
        "failOn: [high]",
    ),
    (
        "spec.projects[].policies.scan.ignoreUnfixed",
        "failOn: [low], ignoreUnfixed: false",
        "failOn: [low], ignoreUnfixed: true",
    ),
    (
        "spec.projects[].policies.sign.key.secret",
        "secret: payments-cosign",
        "secret: payments-signing",
    ),
    (
        "spec.projects[].policies.sign.publicKey",
        "sign: {key: {secret: payments-cosign}}",
        "sign: {key: {secret: payments-cosign}, publicKey: \"-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8nXRh950IZbRj8Ra\\n-----END PUBLIC KEY-----\\n\"}",
    ),
    (
        "spec.projects[].applications[].name",
        "- name: books",
        "- name: accounts",
    ),
    (
        "spec.projects[].applications[].source.repository",
        "repository: payments-api",
        "repository: payments-backend",
    ),
    (
        "spec.projects[].applications[].source.path",
        "path: services/api",
        "path: services/rest",
    ),
    (
        "spec.projects[].applications[].source.branches[]",
        "branches: [main, \"release/*\", trunk]",
        "branches: [\"release/*\", trunk]",
    ),
    (
        "spec.projects[].applications[].source.release",
        "release: trunk",
        "release: main",
    ),
    (
        "spec.projects[].applications[].source.paths[]",
        "\"libraries/**\"",
        "\"shared/**\"",
    ),
    (
        "spec.projects[].applications[].source.submodules",
        "submodules: true",
        "submodules: false",
    ),
    (
        "spec.projects[].applications[].source.lfs",
        "lfs: true",
        "lfs: false",
    ),
    (
        "spec.projects[].applications[].build.kpack.python",
        "build: {kpack: {python: true, env: {BP_PYTHON_VERSION: \"3.13\"}, resources: {cpu: \"2\", memory: 3Gi}}}",
        "build: {railpack: {}}",
    ),
    (
        "spec.projects[].applications[].build.kpack.env.*",
        "BP_PYTHON_VERSION: \"3.13\"",
        "BP_PYTHON_VERSION: \"3.14\"",
    ),
    (
        "spec.projects[].applications[].build.kpack.resources.cpu",
        "resources: {cpu: \"2\", memory: 3Gi}",
        "resources: {cpu: \"3\", memory: 3Gi}",
    ),
    (
        "spec.projects[].applications[].build.kpack.resources.memory",
        "resources: {cpu: \"2\", memory: 3Gi}",
        "resources: {cpu: \"2\", memory: 4Gi}",
    ),
    (
        "spec.projects[].applications[].build.railpack.secrets[]",
        "secrets: [NPM_TOKEN, SENTRY_AUTH_TOKEN]",
        "secrets: [NPM_TOKEN]",
    ),
    (
        "spec.projects[].applications[].build.railpack.platforms[]",
        "platforms: [linux/arm64, linux/amd64]",
        "platforms: [linux/arm64]",
    ),
    (
        "spec.projects[].applications[].build.railpack.args.*",
        "RAILPACK_NODE_VERSION: \"22\"",
        "RAILPACK_NODE_VERSION: \"24\"",
    ),
    (
        "spec.projects[].applications[].build.railpack.tags[]",
        "tags: [edge, \"1.0\"]",
        "tags: [edge]",
    ),
    (
        "spec.projects[].applications[].build.railpack.labels.*",
        "com.acme.team: ledger",
        "com.acme.team: books",
    ),
    (
        "spec.projects[].applications[].deploy.port",
        "port: 3000",
        "port: 3001",
    ),
    (
        "spec.projects[].applications[].deploy.route",
        "route: api.acme.example",
        "route: rest.acme.example",
    ),
    (
        "spec.projects[].applications[].deploy.health",
        "health: /healthz",
        "health: /ready",
    ),
    (
        "spec.projects[].applications[].deploy.replicas.*",
        "eu: 5}",
        "eu: 6}",
    ),
    (
        "spec.projects[].applications[].deploy.resources.cpu",
        "cpu: 250m",
        "cpu: 300m",
    ),
    (
        "spec.projects[].applications[].deploy.resources.memory",
        "memory: 384Mi",
        "memory: 400Mi",
    ),
    (
        "spec.projects[].applications[].deploy.config.*",
        "LOG_LEVEL: info",
        "LOG_LEVEL: debug",
    ),
    (
        "spec.projects[].applications[].deploy.secrets[]",
        "secrets: [payments-database]",
        "secrets: [payments-postgres]",
    ),
    (
        "spec.projects[].applications[].deploy.egress[].cidr",
        "cidr: 10.30.0.0/16",
        "cidr: 10.31.0.0/16",
    ),
    (
        "spec.projects[].applications[].deploy.egress[].port",
        "port: 5432",
        "port: 5433",
    ),
    (
        "spec.projects[].applications[].deploy.environments.*.route",
        "route: api.eu.acme.example",
        "route: eu.acme.example",
    ),
    (
        "spec.projects[].applications[].deploy.environments.*.config.*",
        "LOG_LEVEL: warn",
        "LOG_LEVEL: error",
    ),
    (
        "spec.projects[].applications[].deploy.environments.*.resources.cpu",
        "resources: {cpu: \"1\", memory: 1Gi}",
        "resources: {cpu: \"2\", memory: 1Gi}",
    ),
    (
        "spec.projects[].applications[].deploy.environments.*.resources.memory",
        "resources: {cpu: \"1\", memory: 1Gi}",
        "resources: {cpu: \"1\", memory: 2Gi}",
    ),
];

/// Settings that have one value only, so that nothing else can stand there.
const CONSTANT: [&str; 5] = [
    "apiVersion",
    "kind",
    "spec.targets.argoEvents",
    "spec.builders.kpack.stack",
    "spec.builders.kpack.buildpacks[]",
];

fn base() -> &'static str {
    PLATFORMS[1].1
}

/// Files and runs of a platform.
fn everything(text: &str) -> BTreeMap<String, String> {
    let mut all = tree(text);
    for (project, application, template) in run_templates(text) {
        all.insert(
            format!("run:{project}/{application}/{}", template.occasion.as_str()),
            template.text,
        );
    }
    all
}

/// Paths of settings in the JSON Schema: those that hold a scalar.
fn settings() -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(&luban_platform::schema()).unwrap();
    let mut settings = BTreeSet::new();
    walk(&schema, &schema, String::new(), &mut settings);
    settings
}

fn walk(root: &Value, node: &Value, path: String, settings: &mut BTreeSet<String>) {
    if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        return walk(
            root,
            root.pointer(reference.trim_start_matches('#')).unwrap(),
            path,
            settings,
        );
    }
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(first) = node
            .get(key)
            .and_then(Value::as_array)
            .and_then(|options| options.iter().find(|option| option.get("$ref").is_some()))
        {
            return walk(root, first, path, settings);
        }
    }
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        for (key, value) in properties {
            let path = if path.is_empty() {
                key.clone()
            } else {
                format!("{path}.{key}")
            };
            walk(root, value, path, settings);
        }
        return;
    }
    if let Some(items) = node.get("items") {
        return walk(root, items, format!("{path}[]"), settings);
    }
    if let Some(values) = node
        .get("additionalProperties")
        .filter(|values| values.is_object())
    {
        return walk(root, values, format!("{path}.*"), settings);
    }
    settings.insert(path);
}

#[test]
fn each_setting_has_a_change_here() {
    let changed: BTreeSet<String> = CHANGES
        .iter()
        .map(|(path, ..)| (*path).to_owned())
        .chain(CONSTANT.map(str::to_owned))
        .collect();
    let settings = settings();
    let missing: Vec<_> = settings.difference(&changed).collect();
    let unknown: Vec<_> = changed.difference(&settings).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "without a change: {missing:#?}\nno setting: {unknown:#?}"
    );
}

#[test]
fn each_setting_changes_exactly_its_files() {
    let before = everything(base());
    let mut page = String::new();
    for (path, from, to) in CHANGES.iter().filter(|(path, ..)| !CONSTANT.contains(path)) {
        assert!(base().contains(from), "{path}: the fixture lacks `{from}`");
        let after = everything(&base().replacen(from, to, 1));
        let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let differs: Vec<String> = all
            .into_iter()
            .filter_map(|path| match (before.get(path), after.get(path)) {
                (Some(_), None) => Some(format!("- {path}")),
                (None, Some(_)) => Some(format!("+ {path}")),
                (Some(a), Some(b)) if a != b => Some(format!("~ {path}")),
                _ => None,
            })
            .collect();
        assert!(!differs.is_empty(), "`{path}` is inert");
        let _ = writeln!(page, "{path}: `{}` becomes `{}`", from.trim(), to.trim());
        for group in grouped(&differs) {
            let _ = writeln!(page, "  {group}");
        }
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("fields", page));
}

/// Many files of one folder are counted.
fn grouped(differs: &[String]) -> Vec<String> {
    if differs.len() <= 12 {
        return differs.to_vec();
    }
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    for line in differs {
        let folder = line.split('/').take(3).collect::<Vec<_>>().join("/");
        *groups.entry(folder).or_default() += 1;
    }
    groups
        .into_iter()
        .map(|(folder, count)| format!("{folder} ({count})"))
        .collect()
}
