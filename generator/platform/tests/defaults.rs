//! What a platform need not say.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test")]

use luban_platform::Platform;

const PLATFORM: &str = "\
apiVersion: luban.dev/v1alpha1
kind: Platform
metadata: {name: acme}
spec:
  gitops: {repository: https://dev.azure.com/acme/Ops/_git/platform}
  environments: [{name: snd}]
  providers:
    github: {type: GitHub, organization: acme, credentials: {secret: github-creds}, webhook: {secret: github-webhook}}
    azure: {type: AzureDevOpsServices, organization: acme, credentials: {secret: azure-creds}, webhook: {secret: azure-webhook}}
  events: {host: events.acme.dev, gateway: {name: public, namespace: gateway}}
  registries:
    ghcr: {host: ghcr.io, namespace: acme, push: {secret: ghcr-push}}
    quay: {type: Quay, host: quay.io, namespace: acme, push: {secret: quay-push}}
  builders:
    kpack: {registry: quay}
    railpack: {}
  projects: []
";

fn load(text: &str) -> Platform {
    let loaded = luban_platform::load("platform.yaml", text.as_bytes());
    loaded
        .platform
        .unwrap_or_else(|| panic!("{:#?}", loaded.findings))
}

#[test]
fn the_provider_of_the_gitops_repository_is_known_by_its_url() {
    assert_eq!(load(PLATFORM).gitops.provider.name.as_str(), "azure");
    let elsewhere = PLATFORM.replace(
        "https://dev.azure.com/acme/Ops/_git/platform",
        "https://github.com/acme/platform",
    );
    assert_eq!(load(&elsewhere).gitops.provider.name.as_str(), "github");
    let nowhere = PLATFORM.replace("dev.azure.com/acme/", "dev.azure.com/acmes/");
    assert!(
        luban_platform::load("platform.yaml", nowhere.as_bytes())
            .platform
            .is_none()
    );
}

#[test]
fn releases_are_written_with_the_providers_credentials_unless_they_have_their_own() {
    assert_eq!(load(PLATFORM).gitops.credentials.as_str(), "azure-creds");
    let own = PLATFORM.replace("/platform}", "/platform, credentials: {secret: releases}}");
    assert_eq!(load(&own).gitops.credentials.as_str(), "releases");
}

#[test]
fn the_platforms_own_images_are_in_one_registry() {
    let platform = load(PLATFORM);
    assert_eq!(platform.railpack.unwrap().registry.name.as_str(), "quay");
}

#[test]
fn builds_that_hold_the_credentials_of_releases_are_warned_of() {
    let project = "projects: [{name: shop, provider: azure, registry: quay, applications: []}]";
    let rules = |text: &str| {
        let loaded = luban_platform::load("platform.yaml", text.as_bytes());
        assert!(loaded.platform.is_some(), "{:#?}", loaded.findings);
        let findings = loaded.findings.into_iter();
        findings.map(|finding| finding.rule).collect::<Vec<_>>()
    };
    let shared = PLATFORM.replace("projects: []", project);
    assert_eq!(rules(&shared), ["shared-credentials"]);
    let own = shared.replace("/platform}", "/platform, credentials: {secret: releases}}");
    assert_eq!(rules(&own), [""; 0]);
}
