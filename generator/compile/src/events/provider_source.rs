//! The event source of a provider: an HTTP endpoint that refuses what is not authenticated and what is too long.

use super::pod;
use crate::CompileError;
use crate::names::{EVENTS, WEBHOOK_PORT, WEBHOOK_TOKEN, account};
use crate::tree::Folder;
use k8s_openapi::api::core::v1::{SecretKeySelector, ServicePort};
use luban_api_argo_events::{
    EventSource, EventSourceSpec, GithubEventSource, Service, WebhookContext, WebhookEventSource,
};
use luban_api_core::{IntOrString, named_in};
use luban_platform::Platform;
use luban_platform::derived;
use luban_platform::model::{Provider, ProviderKind};
use std::collections::{BTreeMap, BTreeSet};

/// The one event of each source, and the dependency of its sensor.
pub(super) const EVENT: &str = "push";

/// GitHub's own web site; another one is GitHub Enterprise.
const GITHUB: &str = "https://github.com";

/// Path that `provider` sends events to.
pub(super) fn endpoint(provider: &Provider) -> String {
    format!("/{}", provider.name)
}

/// The Service that the controller puts in front of the event source of `provider`.
pub(super) fn service(provider: &Provider) -> String {
    derived::event_source_service(provider.name.as_str())
}

/// Largest body, in bytes, that pods of event sources and sensors must hold.
pub(super) fn pod_size(platform: &Platform) -> u32 {
    platform.events.max_payload_bytes
}

/// Adds the event source of `provider` and its disruption budget.
pub(super) fn add(
    folder: &mut Folder,
    platform: &Platform,
    provider: &Provider,
) -> Result<(), CompileError> {
    let label = (pod::EVENT_SOURCE_LABEL, provider.name.as_str());
    folder.add(pod::disruption_budget(
        &format!("{}-event-source", provider.name),
        &[label],
    ))?;
    folder.add(event_source(platform, provider))
}

fn event_source(platform: &Platform, provider: &Provider) -> EventSource {
    let name = provider.name.as_str();
    let mut spec = EventSourceSpec {
        replicas: Some(pod::REPLICAS),
        service: Some(Service {
            ports: vec![ServicePort {
                name: Some("webhook".to_owned()),
                port: i32::from(WEBHOOK_PORT),
                target_port: Some(IntOrString::Int(i32::from(WEBHOOK_PORT))),
                ..ServicePort::default()
            }],
            ..Service::default()
        }),
        template: Some(pod::template(
            account::EVENT_SOURCE,
            (pod::EVENT_SOURCE_LABEL, name),
            pod_size(platform),
        )),
        ..EventSourceSpec::default()
    };
    let secret = SecretKeySelector {
        name: provider.webhook.to_string(),
        key: WEBHOOK_TOKEN.to_owned(),
        optional: None,
    };
    let max_payload_size = Some(i64::from(platform.events.max_payload_bytes));
    match &provider.kind {
        ProviderKind::GitHub { url, .. } => {
            let context = WebhookContext {
                endpoint: endpoint(provider),
                method: Some("POST".to_owned()),
                port: WEBHOOK_PORT.to_string(),
                max_payload_size,
                ..WebhookContext::default()
            };
            let enterprise = (url.as_str() != GITHUB).then_some(url);
            let source = GithubEventSource {
                webhook: Some(context),
                // The signature of each body is checked with it.
                webhook_secret: Some(secret),
                // No API token: hooks are provisioned elsewhere, and what listens to the outside can change nothing.
                organizations: owners(platform, provider),
                events: vec!["push".to_owned()],
                content_type: Some("json".to_owned()),
                active: Some(true),
                github_base_url: enterprise.map(|url| format!("{url}/api/v3/")),
                github_upload_url: enterprise.map(|url| format!("{url}/api/uploads/")),
                ..GithubEventSource::default()
            };
            spec.github = BTreeMap::from([(EVENT.to_owned(), source)]);
        }
        ProviderKind::AzureDevOpsServices { .. }
        | ProviderKind::AzureDevOpsServer { .. }
        | ProviderKind::Gitea { .. } => {
            let source = WebhookEventSource {
                endpoint: endpoint(provider),
                method: Some("POST".to_owned()),
                port: WEBHOOK_PORT.to_string(),
                // Compared with `Authorization: Bearer <token>`.
                auth_secret: Some(secret),
                max_payload_size,
                ..WebhookEventSource::default()
            };
            spec.webhook = BTreeMap::from([(EVENT.to_owned(), source)]);
        }
    }
    EventSource {
        metadata: named_in(EVENTS, name),
        spec,
        ..EventSource::default()
    }
}

/// Owners whose repositories send events to `provider`: its own organization, and those that applications name.
fn owners(platform: &Platform, provider: &Provider) -> Vec<String> {
    let organization = match &provider.kind {
        ProviderKind::GitHub { organization, .. } => Some(organization.as_str()),
        _ => None,
    };
    let used = platform
        .applications()
        .filter(|(project, _)| project.provider.name == provider.name)
        .filter_map(|(_, application)| application.source.repository.as_str().split_once('/'))
        .map(|(owner, _)| owner);
    let owners: BTreeSet<&str> = organization.into_iter().chain(used).collect();
    owners.into_iter().map(str::to_owned).collect()
}
