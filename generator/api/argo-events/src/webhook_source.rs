//! Events that arrive by HTTP.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::EventSourceFilter;

/// The HTTP endpoint that an event source listens on.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["endpoint", "port"])))]
pub struct WebhookContext {
    /// The path of the URL, beginning with `/`.
    #[serde(default)]
    pub endpoint: String,
    /// The HTTP method that is accepted, such as `POST`.
    pub method: Option<String>,
    /// The port that the pod listens on, as text.
    #[serde(default)]
    pub port: String,
    /// The address, scheme and host, by which the sender reaches the Service; needed where the source registers the webhook itself.
    pub url: Option<String>,
    /// The Secret with a token; a request must carry it as `Authorization: Bearer …`.
    pub auth_secret: Option<SecretKeySelector>,
    /// The longest body in bytes; 1 MiB if there is none. A longer one is refused.
    pub max_payload_size: Option<i64>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The Secret with the certificate to serve HTTPS with; with it `serverKeySecret`.
    pub server_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the key of the certificate to serve HTTPS with.
    pub server_key_secret: Option<SecretKeySelector>,
}

/// Events that arrive as plain HTTP requests.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["endpoint", "port"])))]
pub struct WebhookEventSource {
    /// The path of the URL, beginning with `/`.
    #[serde(default)]
    pub endpoint: String,
    /// The HTTP method that is accepted, such as `POST`.
    pub method: Option<String>,
    /// The port that the pod listens on, as text.
    #[serde(default)]
    pub port: String,
    /// The address by which senders reach the Service. Nothing is registered with it.
    pub url: Option<String>,
    /// The Secret with a token; a request must carry it as `Authorization: Bearer …`.
    pub auth_secret: Option<SecretKeySelector>,
    /// The longest body in bytes; 1 MiB if there is none. A longer one is refused.
    pub max_payload_size: Option<i64>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// The Secret with the certificate to serve HTTPS with; with it `serverKeySecret`.
    pub server_cert_secret: Option<SecretKeySelector>,
    /// The Secret with the key of the certificate to serve HTTPS with.
    pub server_key_secret: Option<SecretKeySelector>,
}
