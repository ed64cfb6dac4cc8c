//! References over several files, as kustomize and Argo CD put these together.

use luban_check::{Objects, Options, check};
use luban_diagnostic::{Finding, Severity};
use luban_yaml::{Budget, Document, parse};

fn documents(files: &[(&str, &str)]) -> Vec<Document> {
    let parsed = files
        .iter()
        .flat_map(|(file, yaml)| parse(file, yaml.as_bytes(), &Budget::default()).unwrap());
    parsed.collect()
}

fn options(rules: &[&str], is_closed: bool) -> Options {
    Options {
        only: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        is_closed,
        ..Options::default()
    }
}

/// Findings of rules as `file: message`.
fn found(rules: &[&str], files: &[(&str, &str)]) -> Vec<String> {
    shown(&check(
        &Objects::new(documents(files)),
        &options(rules, false),
    ))
}

fn shown(findings: &[Finding]) -> Vec<String> {
    let shown = findings.iter().map(|finding| {
        format!(
            "{}: {}",
            finding.place.as_ref().unwrap().file,
            finding.message
        )
    });
    shown.collect()
}

const POD: &str = "apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: 'ghcr.io/acme/web:1.4.2'
    envFrom:
    - secretRef: {name: api}
    env:
    - name: TOKEN
      valueFrom: {secretKeyRef: {name: api, key: token}}
";

fn secret(namespace: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: api, namespace: {namespace}}}\nstringData: {{token: x}}\n"
    )
}

fn kustomization(lines: &str) -> String {
    format!("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n{lines}\n")
}

#[test]
fn an_object_is_looked_for_in_the_namespace_that_kustomize_puts_the_other_in() {
    let list = kustomization("namespace: shop\nresources: [pod.yaml]");
    let there = secret("shop");
    let elsewhere = secret("other");
    let files = |secret| {
        [
            ("a/kustomization.yaml", list.as_str()),
            ("a/pod.yaml", POD),
            ("b/secret.yaml", secret),
        ]
    };
    assert!(found(&["unknown-secret"], &files(&there)).is_empty());
    assert_eq!(
        found(&["unknown-secret"], &files(&elsewhere)),
        ["a/pod.yaml: Secret `api` is not found in namespace `shop`"]
    );
}

#[test]
fn an_object_that_two_overlays_build_needs_what_it_refers_to_in_both() {
    let base = kustomization("resources: [pod.yaml]");
    let snd = kustomization("namespace: snd\nresources: [../base]");
    let prd = kustomization("namespace: prd\nresources: [../base/]");
    let secret = secret("snd");
    let files = [
        ("app/base/kustomization.yaml", base.as_str()),
        ("app/base/pod.yaml", POD),
        ("app/snd/kustomization.yaml", &snd),
        ("app/prd/kustomization.yaml", &prd),
        ("secrets.yaml", &secret),
    ];
    assert_eq!(
        found(&["unknown-secret"], &files),
        ["app/base/pod.yaml: Secret `api` is not found in namespace `prd`"]
    );
}

#[test]
fn a_folder_that_an_application_syncs_is_in_the_namespace_of_its_destination() {
    let application = "apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  project: default
  source: {repoURL: 'https://git.acme.dev/platform', path: overlays/web/prd, targetRevision: main}
  destination: {name: workers, namespace: shop}
";
    let list = kustomization("resources: [../base]");
    let base = kustomization("resources: [pod.yaml]");
    let secret = secret("other");
    let files = [
        ("repo/argo-cd/web.yaml", application),
        ("repo/overlays/web/prd/kustomization.yaml", &list),
        ("repo/overlays/web/base/kustomization.yaml", &base),
        ("repo/overlays/web/base/pod.yaml", POD),
        ("repo/secrets.yaml", &secret),
    ];
    assert_eq!(
        found(&["unknown-secret"], &files),
        ["repo/overlays/web/base/pod.yaml: Secret `api` is not found in namespace `shop`"]
    );
}

#[test]
fn a_namespace_that_nobody_says_is_any() {
    let secret = secret("shop");
    assert!(found(&["unknown-secret"], &[("a.yaml", POD), ("b.yaml", &secret)]).is_empty());
}

#[test]
fn an_object_is_found_by_the_name_that_kustomize_gives_it() {
    let list = kustomization("namespace: shop\nnamePrefix: prd-\nresources: [secret.yaml]");
    let pod = POD
        .replace("name: web}", "name: web, namespace: shop}")
        .replace("name: api", "name: prd-api");
    let secret = secret("x");
    let files = [
        ("a/kustomization.yaml", list.as_str()),
        ("a/secret.yaml", &secret),
        ("pod.yaml", &pod),
    ];
    assert!(found(&["unknown-secret", "unknown-secret-key"], &files).is_empty());
    let files = [("a/secret.yaml", secret.as_str()), ("pod.yaml", &pod)];
    assert!(!found(&["unknown-secret"], &files).is_empty());
}

#[test]
fn what_a_kustomization_takes_from_elsewhere_is_not_known() {
    for line in [
        "resources: [pod.yaml, 'https://git.acme.dev/secrets//base?ref=v1']",
        "resources: [pod.yaml]\nhelmCharts: [{name: web}]",
    ] {
        let list = kustomization(line);
        let files = [("kustomization.yaml", list.as_str()), ("pod.yaml", POD)];
        assert!(found(&["unknown-secret"], &files).is_empty(), "{line}");
    }
}

#[test]
fn generated_objects_are_found_with_their_keys() {
    let rules = ["unknown-secret", "unknown-secret-key"];
    let list = kustomization(
        "resources: [pod.yaml]\nsecretGenerator:\n- name: api\n  literals: [token=x]",
    );
    let files = [("kustomization.yaml", list.as_str()), ("pod.yaml", POD)];
    assert!(found(&rules, &files).is_empty());
    let list = list.replace("token=x", "tokn=x");
    let files = [("kustomization.yaml", list.as_str()), ("pod.yaml", POD)];
    assert_eq!(
        found(&rules, &files),
        ["pod.yaml: Secret `api` has no key `token` (did you mean `tokn`?)"]
    );
}

#[test]
fn a_generated_name_has_a_hash_for_who_is_not_built_with_it() {
    let list =
        kustomization("namespace: shop\nsecretGenerator:\n- name: api\n  literals: [token=x]");
    let pod = POD.replace("name: web}", "name: web, namespace: shop}");
    let files = [("a/kustomization.yaml", list.as_str()), ("pod.yaml", &pod)];
    let found = found(&["hashed-name"], &files);
    assert_eq!(found.len(), 2);
    assert!(
        found[0].ends_with("gets a hash behind its name, and this object is not built with it"),
        "{found:?}"
    );
}

#[test]
fn a_patch_adds_keys_to_what_it_is_laid_over() {
    let list = kustomization("resources: [pod.yaml, secret.yaml]\npatches:\n- path: more.yaml");
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: api}\nstringData: {user: x}\n";
    let more = "apiVersion: v1\nkind: Secret\nmetadata: {name: api}\nstringData: {token: x}\n";
    let mut files = vec![
        ("kustomization.yaml", list.as_str()),
        ("pod.yaml", POD),
        ("secret.yaml", secret),
        ("more.yaml", more),
    ];
    assert!(found(&["unknown-secret-key"], &files).is_empty());
    files.pop();
    assert_eq!(found(&["unknown-secret-key"], &files).len(), 1);
}

#[test]
fn keys_of_an_external_secret_are_those_of_its_template() {
    let external = |template: &str| {
        format!(
            "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {{name: api}}\nspec:\n  target: {{template: {template}}}\n  data:\n  - {{secretKey: token, remoteRef: {{key: x}}}}\n"
        )
    };
    for (template, count) in [
        ("{data: {url: x}}", 1),
        ("{mergePolicy: Merge, data: {url: x}}", 0),
        ("{type: Opaque}", 0),
        ("{data: {url: x}, templateFrom: [{literal: x}]}", 0),
    ] {
        let external = external(template);
        let files = [("pod.yaml", POD), ("secret.yaml", external.as_str())];
        assert_eq!(
            found(&["unknown-secret-key"], &files).len(),
            count,
            "{template}"
        );
    }
}

#[test]
fn an_object_of_a_kind_that_is_not_known_may_make_others() {
    let cluster =
        "apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: api}\nspec: {}\n";
    assert!(
        found(
            &["unknown-secret"],
            &[("pod.yaml", POD), ("cluster.yaml", cluster)]
        )
        .is_empty()
    );
    let pod = POD.replace("name: api", "name: api-app");
    assert!(
        found(
            &["unknown-secret"],
            &[("pod.yaml", &pod), ("cluster.yaml", cluster)]
        )
        .is_empty()
    );
    let vault = "apiVersion: secrets.hashicorp.com/v1beta1\nkind: VaultStaticSecret\nmetadata: {name: x}\nspec: {destination: {name: api}}\n";
    assert!(
        found(
            &["unknown-secret"],
            &[("pod.yaml", POD), ("vault.yaml", vault)]
        )
        .is_empty()
    );
}

#[test]
fn a_cause_is_said_once_for_an_object_and_data_that_is_not_given_may_come_later() {
    let objects = Objects::new(documents(&[("pod.yaml", POD)]));
    for is_closed in [false, true] {
        let findings = check(&objects, &options(&["unknown-secret"], is_closed));
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].severity, Severity::Warning);
    }
}

#[test]
fn what_the_cluster_has_is_found() {
    let secret = secret("shop");
    let pod = POD.replace("name: web}", "name: web, namespace: shop}");
    let objects = Objects::new(documents(&[("pod.yaml", &pod)]))
        .with_given(documents(&[("cluster.yaml", &secret)]));
    assert!(check(&objects, &options(&["unknown-secret"], true)).is_empty());
}

#[test]
fn classes_that_clusters_have_are_missed_only_where_all_is_given() {
    let pod = POD.replace("spec:\n", "spec:\n  priorityClassName: urgent\n");
    let objects = Objects::new(documents(&[("pod.yaml", &pod)]));
    assert!(check(&objects, &options(&["unknown-class"], false)).is_empty());
    assert_eq!(check(&objects, &options(&["unknown-class"], true)).len(), 1);
}

#[test]
fn optional_names_and_names_with_variables_are_not_missed() {
    for name in [
        "'{{inputs.parameters.x}}'",
        "'$(params.x)'",
        "'${SECRET}'",
        "api, optional: true",
    ] {
        let pod = POD.replace("name: api", &format!("name: {name}"));
        assert!(
            found(&["unknown-secret"], &[("pod.yaml", &pod)]).is_empty(),
            "{name}"
        );
    }
}

#[test]
fn pods_are_found_in_every_kind_that_has_them() {
    let container = "{name: a, image: 'x:1', envFrom: [{secretRef: {name: api}}]}";
    for object in [
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec: {{selector: {{}}, template: {{spec: {{containers: [{container}]}}}}}}\n"
        ),
        format!(
            "apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{schedule: '0 3 * * *', jobTemplate: {{spec: {{template: {{spec: {{initContainers: [{container}]}}}}}}}}}}\n"
        ),
        format!(
            "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTemplate\nmetadata: {{name: a}}\nspec: {{templates: [{{name: a, sidecars: [{container}]}}]}}\n"
        ),
        format!(
            "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {{name: a}}\nspec: {{steps: [{container}]}}\n"
        ),
        format!(
            "apiVersion: acme.dev/v1\nkind: Runner\nmetadata: {{name: a}}\nspec: {{pod: {{spec: {{containers: [{container}]}}}}}}\n"
        ),
    ] {
        let found = found(&["unknown-secret"], &[("a.yaml", &object)]);
        assert_eq!(found, ["a.yaml: Secret `api` is not found"], "{object}");
    }
}

#[test]
fn labels_that_kustomize_puts_on_pods_are_selected() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web, env: prd}, ports: [{port: 80}]}\n";
    let pod = POD.replace("name: web}", "name: web, labels: {app: web}}");
    let list = kustomization("resources: [pod.yaml, service.yaml]\ncommonLabels: {env: prd}");
    let files = [
        ("kustomization.yaml", list.as_str()),
        ("pod.yaml", &pod),
        ("service.yaml", service),
    ];
    assert!(found(&["selector-without-pods"], &files).is_empty());
    let found = found(&["selector-without-pods"], &files[1..]);
    assert_eq!(
        found,
        [
            "service.yaml: no pod has `env: prd` with the other labels: those of Pod `web` have no label `env`"
        ]
    );
}

#[test]
fn pods_that_an_unknown_kind_may_make_are_not_missed() {
    let service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n";
    let pod = POD.replace("name: web}", "name: web, labels: {app: other}}");
    let runner = "apiVersion: acme.dev/v1\nkind: Runner\nmetadata: {name: a}\nspec: {}\n";
    let mut files = vec![
        ("pod.yaml", pod.as_str()),
        ("service.yaml", service),
        ("runner.yaml", runner),
    ];
    assert!(found(&["selector-without-pods"], &files).is_empty());
    files.pop();
    assert_eq!(found(&["selector-without-pods"], &files).len(), 1);
}
