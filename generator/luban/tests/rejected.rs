//! Every kind of mistake in `platform.yaml`: its finding, as people see it, is in `snapshots/rejected/`.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use luban_diagnostic::{Severity, Sources, human};

const BASE: &str = "\
apiVersion: luban.dev/v1alpha1
kind: Platform
metadata: {name: acme}
spec:
  gitops: {repository: https://github.com/acme/platform, credentials: {secret: gitops-creds}, provider: github}
  targets: {kubernetes: \"1.35\", tektonPipelines: \"1.15\"}
  clusters:
    delivery: {}
    workers: {server: https://workers.acme.internal:6443}
  environments:
    - {name: snd, cluster: delivery}
    - {name: prd, cluster: workers}
  providers:
    github: {type: GitHub, organization: acme, credentials: {secret: github-creds}, webhook: {secret: github-webhook}}
    azure: {type: AzureDevOpsServices, organization: acme, credentials: {secret: azure-creds}, webhook: {secret: azure-webhook}}
  events: {host: events.acme.dev, gateway: {name: public, namespace: gateway}}
  registries:
    ghcr: {host: ghcr.io, namespace: acme, push: {secret: ghcr-push}}
    quay: {type: Quay, host: quay.io, namespace: acme, push: {secret: quay-push}}
  builders:
    kpack: {registry: ghcr}
    railpack: {version: v0.37.0, registry: ghcr}
  network:
    applicationGateway: {name: apps, namespace: gateway}
  projects:
    - name: payments
      provider: github
      registry: ghcr
      applications:
        - name: api
          source: {repository: payments-api}
          build: {kpack: {python: true}}
          deploy: {port: 8080, route: api.acme.dev}
    - name: shop
      provider: github
      registry: quay
      applications:
        - name: web
          source: {repository: web, path: apps/web}
          build: {railpack: {secrets: [NPM_TOKEN]}}
          deploy: {port: 3000, replicas: {prd: 2}}
";

/// What is wrong, what stands in the good platform, and what stands there instead.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "no-projects",
        "  projects:\n",
        "  policies: {}\n  project:\n",
    ),
    ("unknown-key", "gitops:", "gitopps:"),
    (
        "runs-kept-too-long",
        "  network:\n",
        "  runs: {keep: {hours: 721}}\n  network:\n",
    ),
    (
        "unknown-key-deep",
        "deploy: {port: 8080,",
        "deploy: {prt: 8080,",
    ),
    ("wrong-type", "port: 3000", "port: many"),
    (
        "wrong-type-of-a-section",
        "kpack: {registry: ghcr}",
        "kpack: yes",
    ),
    (
        "a-number-where-a-string-belongs",
        "kubernetes: \"1.35\"",
        "kubernetes: 1.35",
    ),
    ("unknown-value", "type: Quay", "type: quay"),
    ("duplicate-project", "- name: shop", "- name: payments"),
    (
        "duplicate-application",
        "- name: api",
        "- name: api\n          source: {repository: x}\n          build: {kpack: {python: true}}\n        - name: api",
    ),
    (
        "duplicate-environment",
        "{name: prd, cluster: workers}",
        "{name: snd, cluster: workers}",
    ),
    (
        "duplicate-key",
        "kind: Platform",
        "kind: Platform\nkind: Platform",
    ),
    ("unknown-provider", "provider: github}", "provider: gitlab}"),
    (
        "unknown-provider-of-a-project",
        "      provider: github\n      registry: quay",
        "      provider: githb\n      registry: quay",
    ),
    (
        "unknown-registry",
        "registry: quay\n      app",
        "registry: qay\n      app",
    ),
    (
        "unknown-environment",
        "replicas: {prd: 2}",
        "replicas: {prod: 2}",
    ),
    (
        "unknown-environment-of-a-promotion",
        "{name: prd, cluster: workers}",
        "{name: prd, cluster: workers, after: sand}",
    ),
    ("unknown-builder", "    kpack: {registry: ghcr}\n", ""),
    ("unknown-cluster", "cluster: workers}", "cluster: worker}"),
    (
        "unknown-gateway",
        "  network:\n    applicationGateway: {name: apps, namespace: gateway}\n",
        "",
    ),
    ("no-dns-label", "- name: shop", "- name: The_Shop"),
    (
        "derived-name-too-long",
        "- name: api",
        "- name: a-name-that-is-fine-by-itself-and-too-long-together-with-others",
    ),
    (
        "derived-names-collide",
        "- name: shop",
        "- name: payments-snd\n      provider: github\n      registry: quay\n    - name: payments",
    ),
    (
        "two-applications-with-one-image",
        "- name: web",
        "- name: x-yy\n          source: {repository: a}\n          build: {railpack: {}}\n    - name: shop-x\n      provider: github\n      registry: quay\n      applications:\n        - name: yy",
    ),
    (
        "environment-cycle",
        "{name: snd, cluster: delivery}",
        "{name: snd, cluster: delivery, after: prd}",
    ),
    (
        "two-first-environments",
        "{name: prd, cluster: workers}",
        "{name: prd, cluster: workers, promotion: {on: [manual]}}\n    - {name: qa, cluster: delivery, after: qa}",
    ),
    (
        "reserved-environment",
        "{name: prd, cluster: workers}",
        "{name: base, cluster: workers}",
    ),
    (
        "secret-value-for-a-name",
        "credentials: {secret: github-creds}",
        "credentials: ghp_0123456789abcdefghij0123456789abcdef",
    ),
    (
        "secret-value-in-a-name",
        "push: {secret: ghcr-push}",
        "push: {secret: dckr_pat_0123456789abcdefghij}",
    ),
    (
        "secret-value-in-a-setting",
        "port: 8080,",
        "port: 8080, config: {DATABASE: AKIA0123456789ABCDEF},",
    ),
    (
        "secret-value-in-a-url",
        "https://github.com/acme/platform",
        "https://robot:hunter2@github.com/acme/platform",
    ),
    (
        "unsupported-version",
        "kubernetes: \"1.35\"",
        "kubernetes: \"1.12\"",
    ),
    (
        "feature-of-a-newer-version",
        "kubernetes: \"1.35\"",
        "kubernetes: \"1.29\"",
    ),
    (
        "feature-of-a-newer-tekton",
        "tektonPipelines: \"1.15\"",
        "tektonPipelines: \"0.62\"",
    ),
    (
        "repository-as-url",
        "repository: payments-api",
        "repository: https://github.com/acme/payments-api.git",
    ),
    (
        "repository-that-no-provider-has",
        "repository: payments-api",
        "repository: \"acme/payments api\"",
    ),
    (
        "repository-of-azure",
        "      provider: github\n      registry: ghcr",
        "      provider: azure\n      repositoryProject: Finance/Ops\n      registry: ghcr",
    ),
    (
        "image-that-does-not-parse",
        "  network:",
        "  images: {trivy: \"ghcr.io/Aqua/trivy:0.67\"}\n  network:",
    ),
    (
        "image-that-floats",
        "  network:",
        "  images: {trivy: \"ghcr.io/aquasecurity/trivy:latest\"}\n  network:",
    ),
    (
        "image-of-an-unknown-tool",
        "  network:",
        "  images: {trivvy: \"ghcr.io/aquasecurity/trivy:0.67.2\"}\n  network:",
    ),
    (
        "registry-with-a-scheme",
        "host: ghcr.io",
        "host: https://ghcr.io",
    ),
    (
        "path-that-leaves-the-repository",
        "path: apps/web",
        "path: apps/../../web",
    ),
    ("absolute-path", "path: apps/web", "path: /apps/web"),
    (
        "two-kinds-of-build",
        "{kpack: {python: true}}",
        "{kpack: {python: true}, railpack: {}}",
    ),
    (
        "report-that-reports-nowhere",
        "  projects:\n",
        "  report: {}\n  projects:\n",
    ),
    (
        "webhook-that-is-not-signed",
        "  projects:\n",
        "  report: {url: https://hooks.acme.dev/builds}\n  projects:\n",
    ),
    (
        "log-that-is-the-same-for-every-run",
        "  projects:\n",
        "  report: {logs: \"https://logs.acme.dev/{name}\"}\n  projects:\n",
    ),
    ("no-build", "{kpack: {python: true}}", "{}"),
    (
        "missing-field",
        "source: {repository: payments-api}",
        "source: {path: x}",
    ),
    (
        "two-ways-in",
        "gateway: {name: public, namespace: gateway}}",
        "gateway: {name: public, namespace: gateway}, cloudflareTunnel: {secret: tunnel}}",
    ),
    (
        "branch-that-git-refuses",
        "source: {repository: payments-api}",
        "source: {repository: payments-api, release: \"re lease\"}",
    ),
    (
        "release-branch-that-nothing-builds",
        "source: {repository: payments-api}",
        "source: {repository: payments-api, branches: [\"release/*\"]}",
    ),
    (
        "lfs-with-kpack",
        "source: {repository: payments-api}",
        "source: {repository: payments-api, lfs: true}",
    ),
    (
        "reserved-build-argument",
        "{secrets: [NPM_TOKEN]}",
        "{args: {cache-key: mine}}",
    ),
    (
        "unsigned-project",
        "{name: prd, cluster: workers}",
        "{name: prd, cluster: workers, promotion: {require: [signed]}}",
    ),
    (
        "promotion-to-the-first-environment",
        "{name: snd, cluster: delivery}",
        "{name: snd, cluster: delivery, promotion: {approval: none}}",
    ),
    (
        "bad-egress",
        "port: 8080,",
        "port: 8080, egress: [{cidr: database.acme.internal}],",
    ),
    (
        "bad-quantity",
        "port: 8080,",
        "port: 8080, resources: {memory: lots},",
    ),
    (
        "not-yaml",
        "metadata: {name: acme}",
        "metadata: {name: acme",
    ),
    ("another-kind", "kind: Platform", "kind: Deployment"),
    (
        "two-documents",
        "apiVersion: luban.dev/v1alpha1\n",
        "---\na: 1\n---\napiVersion: luban.dev/v1alpha1\n",
    ),
];

fn findings(text: &str) -> (String, usize) {
    let loaded = luban_platform::load("platform.yaml", text.as_bytes());
    assert_eq!(
        loaded.platform.is_none(),
        loaded
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    );
    let mut sources = Sources::new();
    sources.insert("platform.yaml", text);
    (
        human(&loaded.findings, &sources, false),
        loaded.findings.len(),
    )
}

#[test]
fn the_platform_without_mistakes_has_no_finding() {
    assert_eq!(findings(BASE), (String::new(), 0));
}

#[test]
fn each_mistake_has_a_finding() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../snapshots/rejected");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, from, to) in MISTAKES {
        assert!(BASE.contains(from), "{name}: the platform lacks `{from}`");
        let (text, count) = findings(&BASE.replacen(from, to, 1));
        assert!(count > 0, "{name} is accepted");
        settings.bind(|| insta::assert_snapshot!(*name, text));
    }
}

#[test]
fn all_mistakes_are_found_at_once() {
    let text = BASE
        .replace("cluster: workers}", "cluster: worker}")
        .replace("path: apps/web", "path: ../web")
        .replace("type: Quay", "type: quay");
    let (text, _) = findings(&text);
    for expected in [
        "`worker` is not defined",
        "`../web` leaves",
        "unknown value `quay`",
    ] {
        assert!(
            text.contains(expected),
            "{expected} is missing from:\n{text}"
        );
    }
}

#[test]
fn no_secret_is_ever_shown() {
    for (name, from, to) in MISTAKES
        .iter()
        .filter(|(name, ..)| name.starts_with("secret-value"))
    {
        let (text, _) = findings(&BASE.replacen(from, to, 1));
        for secret in ["ghp_0123", "dckr_pat", "AKIA0123", "hunter2"] {
            assert!(!text.contains(secret), "{name} shows {secret}:\n{text}");
        }
    }
}

#[test]
fn a_reader_has_budgets() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let bomb = (1..40).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, i| {
        format!(
            "{text}a{i}: &a{i} [*a{0},*a{0},*a{0},*a{0},*a{0},*a{0}]\n",
            i - 1
        )
    });
    for text in [deep, bomb, "\u{feff}\u{0}".to_owned(), "- ".repeat(50_000)] {
        let (_, count) = findings(&text);
        assert!((1..=20).contains(&count), "{count} findings");
    }
    let loaded = luban_platform::load("platform.yaml", &[0xff, 0xfe, 0x80, 0x41]);
    assert_eq!(loaded.findings.len(), 1);
}

#[test]
fn more_runs_than_the_pruner_keeps_are_warned_of_where_it_prunes() {
    let keep = |count: u32| format!("  runs: {{keep: {{failed: {count}}}}}\n  network:\n");
    let rules = |text: &str| {
        let loaded = luban_platform::load("platform.yaml", text.as_bytes());
        assert!(loaded.platform.is_some(), "{:#?}", loaded.findings);
        let findings = loaded.findings.into_iter();
        findings.map(|finding| finding.rule).collect::<Vec<_>>()
    };
    let with = |count| BASE.replacen("  network:\n", &keep(count), 1);
    assert_eq!(rules(&with(101)), ["pruner-limit"]);
    assert_eq!(rules(&with(100)), [""; 0]);
    let without_tekton = with(101).replace(
        "{railpack: {secrets: [NPM_TOKEN]}}",
        "{kpack: {python: true}}",
    );
    assert_eq!(rules(&without_tekton), [""; 0]);
}
