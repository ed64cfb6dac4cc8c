use super::{SecretNeed, kind};
use crate::context::Context;
use crate::tenancy;
use crate::testing;
use luban_platform::Platform;
use luban_platform::lock::Lock;

const STORE: &str = "    externalSecrets: {store: vault}";

fn needed(platform: &Platform) -> Vec<SecretNeed> {
    super::needed(&Context::new(platform, &Lock::default()).unwrap())
}

fn secrets_document(platform: &Platform) -> String {
    super::secrets_document(&Context::new(platform, &Lock::default()).unwrap())
}

fn find<'a>(needs: &'a [SecretNeed], namespace: &str, name: &str) -> Option<&'a SecretNeed> {
    needs
        .iter()
        .find(|need| need.namespace == namespace && need.name == name)
}

fn names<'a>(needs: &'a [SecretNeed], namespace: &str) -> Vec<&'a str> {
    needs
        .iter()
        .filter(|need| need.namespace == namespace)
        .map(|need| need.name.as_str())
        .collect()
}

/// Paths and texts of the ExternalSecrets in the folders of namespaces.
fn external(platform: &Platform) -> Vec<(String, serde_yaml::Value)> {
    let context = Context::new(platform, &Lock::default()).unwrap();
    let mut files = tenancy::platform_namespaces(&context)
        .unwrap()
        .finish()
        .unwrap();
    for project in &platform.projects {
        for folder in tenancy::project_folders(&context, project).unwrap() {
            files.extend(folder.finish().unwrap());
        }
    }
    files
        .into_iter()
        .filter(|file| file.path.contains("/externalsecret-"))
        .map(|file| (file.path, serde_yaml::from_str(&file.text).unwrap()))
        .collect()
}

/// Defect S4: tokens of the whole organization were copied into the namespace of every project.
#[test]
fn each_namespace_has_the_secrets_of_its_jobs_and_no_others() {
    let needs = needed(&testing::platform());
    assert_eq!(
        names(&needs, "payments-ci"),
        [
            "acme-ca",
            "cosign-key",
            "ghcr-pull",
            "github-creds",
            "gitops-creds",
            "harbor-push",
            "mirror-netrc",
            "report-key"
        ]
    );
    assert_eq!(
        names(&needs, "storefront-build"),
        [
            "acme-ca",
            "cosign-key",
            "ghcr-pull",
            "ghcr-push",
            "github-creds",
            "gitops-creds",
            "report-key",
            "search-build",
            "secrets-hash-key"
        ]
    );
    assert_eq!(names(&needs, "ledger-prd"), ["quay-pull"]);
    assert_eq!(
        names(&needs, "payments-prd"),
        ["harbor-pull", "payments-database"]
    );
    assert_eq!(
        names(&needs, "luban-events"),
        [
            "ado-webhook",
            "azure-webhook",
            "ghcr-pull",
            "gitea-webhook",
            "github-webhook"
        ]
    );
    // The provider of the applications that only some changes build.
    assert_eq!(
        names(&needs, "luban-dispatch"),
        ["ghcr-pull", "github-creds"]
    );
    // The project's own provider, and the one that hosts releases.
    let ledger = names(&needs, "ledger-ci");
    assert!(ledger.contains(&"azure-creds") && ledger.contains(&"gitops-creds"));
    // Only the namespace of applications is on the other cluster.
    let prd = find(&needs, "payments-prd", "harbor-pull").unwrap();
    assert_eq!(prd.cluster, "workers");
    assert_eq!(
        find(&needs, "payments-ci", "harbor-push").unwrap().cluster,
        "delivery"
    );
}

#[test]
fn dispatch_has_the_credentials_of_the_providers_that_it_asks_for_changes() {
    let platform = testing::filtered(&[testing::STOREFRONT_ON_GITEA], &["recommend"]);
    let needs = needed(&platform);
    assert_eq!(
        names(&needs, "luban-dispatch"),
        ["acme-ca", "ghcr-pull", "gitea-creds"]
    );
    let credentials = find(&needs, "luban-dispatch", "gitea-creds").unwrap();
    assert_eq!(credentials.type_, kind::BASIC_AUTH);
    assert_eq!(credentials.keys, ["username", "password"]);
    assert_eq!(
        credentials.purposes,
        ["ask gitea which files a push changed"]
    );
    let authority = find(&needs, "luban-dispatch", "acme-ca").unwrap();
    assert_eq!(authority.keys, ["ca.crt"]);
    let needs = needed(&testing::filtered(&[], &[]));
    assert_eq!(names(&needs, "luban-dispatch"), ["ghcr-pull"]);
}

#[test]
fn build_secrets_have_the_keys_that_the_application_names() {
    let needs = needed(&testing::platform());
    let search = find(&needs, "storefront-build", "search-build").unwrap();
    assert_eq!(search.keys, ["NPM_TOKEN", "SENTRY_AUTH_TOKEN"]);
    let without = testing::edited(&[(
        "railpack: {secrets: [NPM_TOKEN, SENTRY_AUTH_TOKEN]}",
        "railpack: {}",
    )]);
    let needs = needed(&without);
    assert!(find(&needs, "storefront-build", "search-build").is_none());
    assert!(find(&needs, "storefront-build", "secrets-hash-key").is_none());
}

/// Defect P2: kpack had no credentials for private repositories of GitHub.
#[test]
fn kpack_finds_credentials_and_trust_where_it_looks_for_them() {
    let needs = needed(&testing::platform());
    let git = find(&needs, "payments-ci", "github-creds").unwrap();
    assert_eq!(git.type_, kind::BASIC_AUTH);
    assert_eq!(git.annotations["kpack.io/git"], "https://github.com");
    let azure = find(&needs, "ledger-ci", "azure-creds").unwrap();
    assert_eq!(azure.annotations["kpack.io/git"], "https://dev.azure.com");
    let ca = find(&needs, "payments-ci", "acme-ca").unwrap();
    assert_eq!(
        (ca.type_, ca.literals["type"]),
        (kind::CA_BINDING, "ca-certificates")
    );
    assert_eq!(ca.keys, ["ca.crt"]);
    let netrc = find(&needs, "payments-ci", "mirror-netrc").unwrap();
    assert_eq!(
        (netrc.type_, netrc.literals["type"]),
        (kind::NETRC_BINDING, "netrc")
    );
    // Where kpack does not build, the same Secret is plain.
    let plain = find(&needs, "storefront-build", "acme-ca").unwrap();
    assert_eq!((plain.type_, plain.literals.len()), (kind::OPAQUE, 0));
}

#[test]
fn a_server_below_a_path_is_annotated_with_its_host() {
    let platform = testing::edited(&[(
        "provider: azure\n      repositoryProject: Finance",
        "provider: onprem\n      repositoryProject: Finance",
    )]);
    let needs = needed(&platform);
    let credentials = find(&needs, "ledger-ci", "ado-creds").unwrap();
    assert_eq!(
        credentials.annotations["kpack.io/git"],
        "https://ado.acme.internal"
    );
}

#[test]
fn the_store_fills_every_secret_and_nothing_else() {
    let platform = testing::platform();
    let objects = external(&platform);
    let policies = needed(&platform)
        .iter()
        .filter(|need| need.namespace == "cosign-system")
        .count();
    assert_eq!(objects.len(), needed(&platform).len() - policies);
    let (_, ca) = objects
        .iter()
        .find(|(path, _)| path.ends_with("payments/ci/externalsecret-acme-ca.yaml"))
        .unwrap();
    let spec = &ca["spec"];
    assert_eq!(spec["secretStoreRef"]["kind"], "ClusterSecretStore");
    assert_eq!(spec["secretStoreRef"]["name"], "vault");
    assert_eq!(spec["refreshInterval"], "1h");
    assert_eq!(
        spec["data"][0]["remoteRef"]["key"],
        "acme/payments-ci/acme-ca"
    );
    assert_eq!(spec["data"][0]["remoteRef"]["property"], "ca.crt");
    assert_eq!(
        spec["target"]["template"]["data"]["type"],
        "ca-certificates"
    );
    assert_eq!(spec["target"]["template"]["mergePolicy"], "Merge");
    let (_, database) = objects
        .iter()
        .find(|(path, _)| path.ends_with("prd/externalsecret-payments-database.yaml"))
        .unwrap();
    assert_eq!(
        database["spec"]["dataFrom"][0]["extract"]["key"],
        "acme/payments-prd/payments-database"
    );
}

#[test]
fn each_setting_of_the_store_changes_the_external_secrets() {
    let spec = |edit: &str| {
        let platform = testing::edited(&[(STORE, edit)]);
        let objects = external(&platform);
        let (_, object) = &objects[0];
        object["spec"].clone()
    };
    let default = spec(STORE);
    assert_ne!(spec("    externalSecrets: {store: other}"), default);
    assert_ne!(
        spec("    externalSecrets: {store: vault, prefix: teams/acme}"),
        default
    );
    assert_ne!(
        spec("    externalSecrets: {store: vault, refresh: 30m}"),
        default
    );
}

#[test]
fn without_a_store_no_external_secret_is_compiled_and_the_page_says_what_must_exist() {
    let platform = testing::edited(&[("  secrets:\n", ""), (&format!("{STORE}\n"), "")]);
    assert!(external(&platform).is_empty());
    let page = secrets_document(&platform);
    assert!(page.starts_with(crate::tree::HEADER));
    assert!(page.contains("must exist"));
    assert!(!page.contains("Remote key"));
    for need in needed(&platform) {
        assert!(page.contains(&format!("`{}`", need.name)), "{}", need.name);
        assert!(page.contains(&format!(
            "## `{}` on cluster `{}`",
            need.namespace, need.cluster
        )));
    }
    assert!(secrets_document(&testing::platform()).contains("`acme/payments-ci/github-creds`"));
}

#[test]
fn private_registries_of_tools_are_pulled_from_where_tools_run() {
    let edits = [(
        "  report:\n",
        "  images: {luban: \"harbor.acme.dev/tools/luban:v0.1.0\"}\n\n  report:\n",
    )];
    let needs = needed(&testing::edited(&edits));
    for namespace in [
        "luban-dispatch",
        "ledger-ci",
        "storefront-build",
        "luban-stack",
    ] {
        assert!(
            find(&needs, namespace, "harbor-pull").is_some(),
            "{namespace}"
        );
    }
    assert!(find(&needs, "ledger-prd", "harbor-pull").is_none());
}

#[test]
fn certificates_of_a_provider_are_where_it_is_talked_to() {
    let platform = testing::edited(&[
        (
            "    repository: https://github.com/acme/platform ",
            "    repository: https://git.acme.internal/acme/platform ",
        ),
        (
            "    provider: github\n    credentials: {secret: gitops-creds}",
            "    provider: gitea\n    credentials: {secret: gitops-creds}",
        ),
        (
            "url: https://git.acme.internal\n      organization: acme\n      certificateAuthority: {secret: acme-ca}",
            "url: https://git.acme.internal\n      organization: acme\n      certificateAuthority: {secret: gitea-ca}",
        ),
    ]);
    let needs = needed(&platform);
    for namespace in ["payments-ci", "storefront-build"] {
        assert_eq!(
            find(&needs, namespace, "gitea-ca").unwrap().keys,
            ["ca.crt"]
        );
    }
    assert!(find(&needs, "payments-prd", "gitea-ca").is_none());
}

#[test]
fn the_tunnel_and_the_builder_have_their_secrets() {
    let needs = needed(&testing::edited(&[(
        "    gateway: {name: public, namespace: gateway}",
        "    cloudflareTunnel: {secret: tunnel-token}",
    )]));
    assert_eq!(
        find(&needs, "luban-events", "tunnel-token").unwrap().keys,
        ["token"]
    );
    assert!(find(&needs, "luban-system", "ghcr-push").is_some());
    assert!(find(&needs, "luban-stack", "ghcr-push").is_some());
}

#[test]
fn every_secret_that_a_railpack_run_mounts_is_needed_with_its_key() {
    let platform = testing::platform();
    let context = Context::new(&platform, &Lock::default()).unwrap();
    let needs = needed(&platform);
    let mut count = 0;
    for project in &platform.projects {
        let namespace = luban_platform::derived::build_namespace(project);
        for (name, keys) in crate::railpack::secrets(&context, project) {
            let need = find(&needs, &namespace, &name);
            let need = need.unwrap_or_else(|| panic!("{name} in {namespace}"));
            for key in keys {
                count += 1;
                assert!(need.keys.contains(&key), "{key} of {name} in {namespace}");
            }
        }
    }
    assert!(count > 5);
}
