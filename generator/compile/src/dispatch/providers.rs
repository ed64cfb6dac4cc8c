//! Providers that dispatch asks which files a push changed. Events do not say that, and an application with path filters
//! builds only if one of them matches.

use crate::argo::{Mount, empty_dir, env, path, proxy_env};
use crate::container::Size;
use crate::names::CA_CERTIFICATE;
use k8s_openapi::api::core::v1::{Container, Volume, VolumeMount};
use luban_command::{Call, dispatch as flag};
use luban_platform::Platform;
use luban_platform::model::Provider;

/// The volume with what is known of providers.
const KNOWN: &str = "providers";
/// The volume that Git writes to.
const WORK: &str = "work";

/// Those providers: each that has an application with path filters, in the order of the file.
pub(crate) fn asked(platform: &Platform) -> Vec<&Provider> {
    let is_asked = |provider: &Provider| {
        platform.applications().any(|(project, application)| {
            project.provider.name == provider.name && !application.source.paths.is_empty()
        })
    };
    let providers = platform.providers.iter().map(AsRef::as_ref);
    providers.filter(|provider| is_asked(provider)).collect()
}

/// What dispatch may use: where a provider sends more than the trees of two commits, as those do that know no partial
/// clone, it holds a clone.
pub(super) fn size(asked: &[&Provider]) -> Size {
    if asked.is_empty() {
        Size::SMALL
    } else {
        Size::MEDIUM
    }
}

/// `call` with where it finds what it needs to ask.
pub(super) fn call(call: Call, asked: &[&Provider]) -> Call {
    let has_authority = |provider: &&Provider| provider.certificate_authority.is_some();
    let credentials = (!asked.is_empty()).then_some(path::PROVIDERS);
    let authorities = asked.iter().any(has_authority).then_some(path::PROVIDERS);
    call.maybe(&flag::CREDENTIALS, credentials)
        .maybe(&flag::CERTIFICATE_AUTHORITIES, authorities)
}

/// `container` with that in place, with somewhere for Git to write, and behind the proxy if there is one.
pub(super) fn container(
    platform: &Platform,
    container: Container,
    asked: &[&Provider],
) -> Container {
    if asked.is_empty() {
        return container;
    }
    let mount = |volume: &str, path: &str, is_read_only: bool| VolumeMount {
        name: volume.to_owned(),
        mount_path: path.to_owned(),
        read_only: is_read_only.then_some(true),
        ..VolumeMount::default()
    };
    let mut variables = vec![env("HOME", path::WORK), env("TMPDIR", path::WORK)];
    let proxy = proxy_env(&platform.egress);
    variables.extend(proxy.iter().map(|(name, value)| env(name, value)));
    Container {
        env: Some(variables),
        volume_mounts: Some(vec![
            mount(WORK, path::WORK, false),
            mount(KNOWN, path::PROVIDERS, true),
        ]),
        ..container
    }
}

/// The volumes of that container.
pub(super) fn volumes(asked: &[&Provider]) -> Vec<Volume> {
    if asked.is_empty() {
        return Vec::new();
    }
    let mut files = Vec::new();
    for provider in asked {
        let name = provider.name.as_str();
        files.push(Mount::credentials(provider.credentials.as_str()).below(name));
        if let Some(authority) = &provider.certificate_authority {
            let certificate = &[(CA_CERTIFICATE, CA_CERTIFICATE)];
            files.push(Mount::new(authority.as_str(), certificate).below(name));
        }
    }
    vec![empty_dir(WORK), Mount::volume(KNOWN, files)]
}
