//! Git providers, registries, and the way in for webhooks.

use super::infrastructure::Defined;
use super::scope::Scope;
use crate::input;
use crate::model::{Events, Gateway, Provider, ProviderKind, Registry, RegistryType, WayIn};
use crate::names::{
    DnsLabel, HostName, HttpUrl, ImageRef, RegistryHost, RelativePath, ResourceName,
};
use indexmap::IndexMap;
use luban_yaml::Path;
use std::sync::Arc;

pub(super) fn providers(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, input::Provider>,
) -> Defined<Provider> {
    input
        .iter()
        .map(|(name, provider)| {
            (
                name.clone(),
                self::provider(scope, &at.key(name), name, provider),
            )
        })
        .collect()
}

fn provider(
    scope: &mut Scope<'_>,
    at: &Path,
    name: &str,
    input: &input::Provider,
) -> Option<Arc<Provider>> {
    let label = scope.name("name", at, name, DnsLabel::new);
    let credentials = scope.required_secret(at, "credentials", &input.credentials);
    let webhook = scope.required_secret(at, "webhook", &input.webhook);
    let certificate_authority =
        scope.optional_secret(at, "certificateAuthority", &input.certificate_authority);
    let url = input
        .url
        .as_ref()
        .and_then(|url| scope.name("url", &at.key("url"), url, HttpUrl::new));
    let kind = scope.required(at, "type", &input.r#type).copied();
    if let Some(kind) = kind {
        let fields = [
            ("url", input.url.is_some()),
            ("organization", input.organization.is_some()),
            ("collection", input.collection.is_some()),
        ];
        let allowed: &[&str] = match kind {
            input::ProviderType::GitHub | input::ProviderType::Gitea => &["url", "organization"],
            input::ProviderType::AzureDevOpsServices => &["organization"],
            input::ProviderType::AzureDevOpsServer => &["url", "collection"],
        };
        for (field, _) in fields
            .into_iter()
            .filter(|(field, is_set)| *is_set && !allowed.contains(field))
        {
            scope.error(
                "unknown-field",
                &at.key(field),
                format!("a provider of type `{kind:?}` has no `{field}`"),
            );
        }
    }
    for (key, value) in [
        ("organization", &input.organization),
        ("collection", &input.collection),
    ] {
        if let Some(value) = value
            && !is_owner(value)
        {
            scope.error(
                "name",
                &at.key(key),
                format!("`{value}` is no {key} (letters, digits, `-`, `_` and `.`)"),
            );
            return None;
        }
    }
    let kind = match kind? {
        input::ProviderType::GitHub => ProviderKind::GitHub {
            url: if input.url.is_some() {
                url?
            } else {
                HttpUrl::new("https://github.com").ok()?
            },
            organization: scope
                .required(at, "organization", &input.organization)?
                .clone(),
        },
        input::ProviderType::AzureDevOpsServices => ProviderKind::AzureDevOpsServices {
            organization: scope
                .required(at, "organization", &input.organization)?
                .clone(),
        },
        input::ProviderType::AzureDevOpsServer => {
            let collection = scope.required(at, "collection", &input.collection).cloned();
            scope.required(at, "url", &input.url)?;
            ProviderKind::AzureDevOpsServer {
                url: url?,
                collection: collection?,
            }
        }
        input::ProviderType::Gitea => {
            scope.required(at, "url", &input.url)?;
            ProviderKind::Gitea {
                url: url?,
                organization: input.organization.clone(),
            }
        }
    };
    Some(Arc::new(Provider {
        name: label?,
        kind,
        certificate_authority,
        credentials: credentials?,
        webhook: webhook?,
    }))
}

/// Owners, organizations and collections: what all four providers allow in them.
pub(super) fn is_owner(text: &str) -> bool {
    let is_inner = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty()
        && text.chars().all(is_inner)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.contains("..")
}

pub(super) fn registries(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &IndexMap<String, input::Registry>,
) -> Defined<Registry> {
    input
        .iter()
        .map(|(name, registry)| {
            let path = at.key(name);
            let label = scope.name("name", &path, name, DnsLabel::new);
            let host = scope.required_name("image", &path, "host", &registry.host, RegistryHost::new);
            let kind = registry.r#type.unwrap_or(RegistryType::Registry);
            let namespace = registry.namespace.as_ref().map(|text| {
                let namespace = scope.name("image", &path.key("namespace"), text, RelativePath::new)?;
                let is_fine = ImageRef::new(format!("registry.example/{namespace}/x:v1")).is_ok();
                if !is_fine {
                    scope.error("image", &path.key("namespace"), format!("`{text}` is no path of a registry (lower case letters and digits, joined by `.`, `_`, `-` and `/`)"));
                }
                is_fine.then_some(namespace)
            });
            if kind == RegistryType::Quay && registry.namespace.is_none() {
                scope.error("missing-field", &path, format!("`namespace` is missing from `{path}`: Quay has repositories only below an organization"));
            }
            let push = scope.required_secret(&path, "push", &registry.push);
            let pull = scope.optional_secret(&path, "pull", &registry.pull);
            let value = (|| {
                let namespace = match namespace {
                    Some(namespace) => Some(namespace?),
                    None => None,
                };
                Some(Arc::new(Registry { name: label?, kind, host: host?, namespace, push: push?, pull }))
            })();
            (name.clone(), value)
        })
        .collect()
}

pub(super) fn gateway(scope: &mut Scope<'_>, at: &Path, input: &input::Gateway) -> Option<Gateway> {
    let name = scope.required_name("name", at, "name", &input.name, ResourceName::new);
    let namespace = scope.required_name("name", at, "namespace", &input.namespace, DnsLabel::new);
    let section = match &input.section {
        Some(section) => {
            Some(scope.name("name", &at.key("section"), section, ResourceName::new)?)
        }
        None => None,
    };
    Some(Gateway {
        name: name?,
        namespace: namespace?,
        section,
    })
}

pub(super) fn events(
    scope: &mut Scope<'_>,
    at: &Path,
    input: &Option<input::Events>,
) -> Option<Events> {
    let events = scope.required(at, "events", input)?;
    let path = at.key("events");
    let host = scope.required_name("host", &path, "host", &events.host, HostName::new);
    let way = match (&events.gateway, &events.cloudflare_tunnel) {
        (Some(value), None) => gateway(scope, &path.key("gateway"), value).map(WayIn::Gateway),
        (None, Some(tunnel)) => {
            let tunnel_at = path.key("cloudflareTunnel");
            scope
                .required(&tunnel_at, "secret", &tunnel.secret)
                .cloned()
                .and_then(|secret| scope.secret_name(&tunnel_at.key("secret"), &secret))
                .map(|secret| WayIn::CloudflareTunnel { secret })
        }
        (None, None) => {
            scope.error(
                "missing-field",
                &path,
                "no way in for webhooks: write `gateway` or `cloudflareTunnel`",
            );
            None
        }
        (Some(_), Some(_)) => {
            let finding = scope.finding(
                "exactly-one",
                &path.key("cloudflareTunnel"),
                "webhooks have two ways in; keep `gateway` or `cloudflareTunnel`",
            );
            let finding = scope.related(finding, &path.key("gateway"), "the other one");
            scope.push(finding);
            None
        }
    };
    let max_payload_bytes = events.max_payload_bytes.unwrap_or(1 << 20);
    if !(64 << 10..=32 << 20).contains(&max_payload_bytes) {
        scope.error(
            "out-of-range",
            &path.key("maxPayloadBytes"),
            format!("`maxPayloadBytes` is {max_payload_bytes}; write 65536 to 33554432"),
        );
    }
    Some(Events {
        host: host?,
        way: way?,
        max_payload_bytes,
    })
}
