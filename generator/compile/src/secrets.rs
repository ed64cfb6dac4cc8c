//! Secrets that the platform needs: one list, from which ExternalSecrets and a page for people are made. Names and keys only;
//! no value ever passes through here.

mod document;
mod external;
mod list;
#[cfg(test)]
mod tests;

pub use document::secrets_document;
pub(crate) use external::add;
pub(crate) use list::{needed, of_platform, of_policies, of_project};

use luban_platform::Platform;
use luban_platform::model::Project;
use luban_platform::names::ResourceName;
use std::collections::BTreeMap;

/// Path of the page that says which Secrets must exist.
pub(crate) const DOCUMENT: &str = "pipelines/SECRETS.md";

/// Secret with the key that hashes of build secrets are made with, one in each `-build` namespace.
pub(crate) const HASH_KEY: &str = "secrets-hash-key";
/// Its key.
pub(crate) const HASH_KEY_KEY: &str = "key";

/// Name of the Secret with an application's build secrets.
pub(crate) fn build_secret(application: &str) -> String {
    format!("{application}-build")
}

/// Types of Secrets.
pub(crate) mod kind {
    /// User name and password.
    pub(crate) const BASIC_AUTH: &str = "kubernetes.io/basic-auth";
    /// Credentials of registries.
    pub(crate) const DOCKER: &str = "kubernetes.io/dockerconfigjson";
    /// Anything.
    pub(crate) const OPAQUE: &str = "Opaque";
    /// What buildpacks find as a service binding of this sort (kpack v0.17 `docs/servicebindings.md`).
    pub(crate) const CA_BINDING: &str = "service.binding/ca-certificates";
    /// As above, for `.netrc`.
    pub(crate) const NETRC_BINDING: &str = "service.binding/netrc";
}

/// A Secret that must exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretNeed {
    /// The cluster, as the platform names it.
    pub(crate) cluster: String,
    /// Its namespace.
    pub(crate) namespace: String,
    /// Its name.
    pub(crate) name: String,
    /// Its type.
    pub(crate) type_: &'static str,
    /// Its keys; none if it may have any.
    pub(crate) keys: Vec<String>,
    /// Keys whose value is no secret and always this.
    pub(crate) literals: BTreeMap<&'static str, &'static str>,
    /// Its annotations.
    pub(crate) annotations: BTreeMap<&'static str, String>,
    /// What it is for.
    pub(crate) purposes: Vec<String>,
}

/// Secrets that pull the images of the platform's own tools, if a registry of the platform holds them and is private.
pub(crate) fn pull_of_tools(platform: &Platform) -> Vec<&str> {
    let images = crate::images::used(platform).unwrap_or_default();
    let registries = platform.registries.iter().filter(|registry| {
        images.iter().any(|(_, image)| {
            image
                .as_str()
                .strip_prefix(registry.host.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        })
    });
    names(registries.filter_map(|registry| registry.pull.as_ref()))
}

/// Secrets that kpack pushes, clones and pulls its builder with in a project; its account names them.
pub(crate) fn of_kpack<'a>(platform: &'a Platform, project: &'a Project) -> Vec<&'a str> {
    let builder = platform
        .kpack
        .as_ref()
        .and_then(|kpack| kpack.registry.pull.as_ref());
    let mut secrets = crate::kpack::secrets(project).to_vec();
    secrets.extend(builder.map(ResourceName::as_str));
    secrets
}

/// Each name once, sorted.
fn names<'a>(names: impl Iterator<Item = &'a ResourceName>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.map(ResourceName::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}
