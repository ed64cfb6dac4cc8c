//! Git providers, registries, and how webhooks arrive.

use super::SecretRef;
use schemars::JsonSchema;
use serde::Deserialize;

/// A Git provider.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Provider {
    /// What it is.
    #[schemars(extend("x-required" = true))]
    pub r#type: Option<ProviderType>,
    /// Base URL of a server of your own: Gitea, Azure DevOps Server, GitHub Enterprise.
    pub url: Option<String>,
    /// GitHub's, Gitea's or Azure DevOps Services' organization.
    pub organization: Option<String>,
    /// Azure DevOps Server's collection.
    pub collection: Option<String>,
    /// Secret with key `ca.crt`: the authority that signed the server's certificate.
    pub certificate_authority: Option<SecretRef>,
    /// Secret of type `kubernetes.io/basic-auth` (keys `username` and `password`): reads repositories and reports status.
    #[schemars(extend("x-required" = true))]
    pub credentials: Option<SecretRef>,
    /// Secret with key `token`: what authenticates the provider's webhooks.
    #[schemars(extend("x-required" = true))]
    pub webhook: Option<SecretRef>,
}

/// Kinds of Git providers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
pub enum ProviderType {
    /// github.com or GitHub Enterprise.
    GitHub,
    /// dev.azure.com.
    AzureDevOpsServices,
    /// Azure DevOps Server on your own machines.
    AzureDevOpsServer,
    /// Gitea or Forgejo.
    Gitea,
}

/// How webhooks reach the platform: through a Gateway or a Cloudflare Tunnel.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Events {
    /// Host name that providers send events to.
    #[schemars(extend("x-required" = true))]
    pub host: Option<String>,
    /// Gateway whose listener serves that host.
    pub gateway: Option<Gateway>,
    /// Cloudflare Tunnel that serves that host, the other way in.
    pub cloudflare_tunnel: Option<CloudflareTunnel>,
    /// Largest event body that is accepted, in bytes. Default: 1048576.
    pub max_payload_bytes: Option<u32>,
}

/// A Gateway of the Gateway API.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Gateway {
    /// Its name.
    #[schemars(extend("x-required" = true))]
    pub name: Option<String>,
    /// Its namespace.
    #[schemars(extend("x-required" = true))]
    pub namespace: Option<String>,
    /// The listener to use. Default: any that serves the host.
    pub section: Option<String>,
}

/// A Cloudflare Tunnel.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct CloudflareTunnel {
    /// Secret with key `token`, the tunnel's token.
    #[schemars(extend("x-required" = true))]
    pub secret: Option<String>,
}

/// A container registry.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(deny_unknown_fields)]
pub struct Registry {
    /// What it is. Default: `Registry`, any registry of the OCI distribution specification.
    pub r#type: Option<RegistryType>,
    /// Host name, with a port if it is not 443.
    #[schemars(extend("x-required" = true))]
    pub host: Option<String>,
    /// Path below which images go: `<host>/<namespace>/<project>/<application>`. Default: none, at Harbor the project's own.
    pub namespace: Option<String>,
    /// Secret of type `kubernetes.io/dockerconfigjson` that may push.
    #[schemars(extend("x-required" = true))]
    pub push: Option<SecretRef>,
    /// Secret of type `kubernetes.io/dockerconfigjson` that may only pull; runtime namespaces have it. Default: images are public.
    pub pull: Option<SecretRef>,
}

/// Kinds of registries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum RegistryType {
    /// Harbor: each project of the platform is a project there.
    Harbor,
    /// Quay: repositories lie directly below an organization, `<organization>/<project>-<application>`.
    Quay,
    /// Any other registry.
    Registry,
}
