//! The way in through a Gateway: a route for each provider, for its path and method alone.

use super::provider_source::{endpoint, service};
use crate::CompileError;
use crate::names::{EVENTS, WEBHOOK_PORT};
use crate::tree::Folder;
use luban_api_cluster::{
    HTTPBackendRef, HTTPPathMatch, HTTPRoute, HTTPRouteMatch, HTTPRouteRule, HTTPRouteSpec,
    ParentReference,
};
use luban_api_core::named_in;
use luban_platform::Platform;
use luban_platform::model::Gateway;

/// Adds the routes.
pub(super) fn add(
    folder: &mut Folder,
    platform: &Platform,
    gateway: &Gateway,
) -> Result<(), CompileError> {
    for provider in &platform.providers {
        folder.add(HTTPRoute {
            metadata: named_in(EVENTS, provider.name.as_str()),
            spec: HTTPRouteSpec {
                parent_refs: vec![ParentReference {
                    namespace: Some(gateway.namespace.to_string()),
                    name: gateway.name.to_string(),
                    section_name: gateway.section.as_ref().map(ToString::to_string),
                    ..ParentReference::default()
                }],
                hostnames: vec![platform.events.host.to_string()],
                rules: vec![HTTPRouteRule {
                    matches: vec![HTTPRouteMatch {
                        path: Some(HTTPPathMatch {
                            type_: Some("Exact".to_owned()),
                            value: Some(endpoint(provider)),
                        }),
                        method: Some("POST".to_owned()),
                        ..HTTPRouteMatch::default()
                    }],
                    backend_refs: vec![HTTPBackendRef {
                        name: service(provider),
                        port: Some(i32::from(WEBHOOK_PORT)),
                        ..HTTPBackendRef::default()
                    }],
                    ..HTTPRouteRule::default()
                }],
                ..HTTPRouteSpec::default()
            },
            ..HTTPRoute::default()
        })?;
    }
    Ok(())
}
