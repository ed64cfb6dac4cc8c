//! Cilium: ports, and what may pass through them.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::IntOrString;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::FQDNSelector;

/// Ports, and what may pass through them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PortRule {
    /// The ports; at most 40.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<PortProtocol>,
    /// Which requests may pass; all if there are none.
    pub rules: Option<L7Rules>,
    /// Names that TLS clients must ask for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub server_names: Vec<String>,
    /// Sends the traffic through a listener of Envoy.
    pub listener: Option<Listener>,
    /// The certificate with which Cilium ends the client's TLS, to read what is inside.
    #[serde(rename = "terminatingTLS")]
    pub terminating_tls: Option<TLSContext>,
    /// The certificate with which Cilium starts TLS to the server again.
    #[serde(rename = "originatingTLS")]
    pub originating_tls: Option<TLSContext>,
}

/// A port.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["port"])))]
pub struct PortProtocol {
    /// A number or name, as text; `0` for every port.
    #[serde(default)]
    pub port: String,
    /// The last of a range of ports.
    pub end_port: Option<i32>,
    /// `TCP`, `UDP`, `SCTP`, … or `ANY` (if there is none).
    pub protocol: Option<String>,
}

/// What may pass, by protocol; exactly one.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct L7Rules {
    /// HTTP requests that may pass.
    pub http: Option<Vec<PortRuleHTTP>>,
    /// Domain names that may be asked for.
    pub dns: Option<Vec<FQDNSelector>>,
    /// Kafka requests that may pass; until v1.19.
    pub kafka: Option<Vec<PortRuleKafka>>,
    /// The parser of Envoy's Go extension that `l7` is for; until v1.19.
    pub l7proto: Option<String>,
    /// Requests that may pass, as that parser reads them; until v1.19.
    pub l7: Option<Vec<BTreeMap<String, String>>>,
}

/// An HTTP request that may pass; what is set must all hold.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PortRuleHTTP {
    /// The method, as a regular expression.
    pub method: Option<String>,
    /// The path, as a regular expression.
    pub path: Option<String>,
    /// The Host header, as a regular expression.
    pub host: Option<String>,
    /// Headers that must be there, as `name: value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
    /// Headers that must have a value, and what follows if they have not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub header_matches: Vec<HeaderMatch>,
}

/// A header and its value.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct HeaderMatch {
    /// What follows if it differs: absent drops the request; `LOG`, `ADD`, `DELETE` or `REPLACE` let it pass.
    pub mismatch: Option<String>,
    /// The header.
    #[serde(default)]
    pub name: String,
    /// The Secret with the value.
    pub secret: Option<Secret>,
    /// The value.
    pub value: Option<String>,
}

/// A Kafka request that may pass.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PortRuleKafka {
    /// `produce` or `consume`; excludes `apiKey`.
    pub role: Option<String>,
    /// The request's type, such as `fetch`.
    pub api_key: Option<String>,
    /// The request's version, as a number.
    pub api_version: Option<String>,
    /// The client.
    #[serde(rename = "clientID")]
    pub client_id: Option<String>,
    /// The topic.
    pub topic: Option<String>,
}

/// A listener of Envoy.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["envoyConfig", "name"])))]
pub struct Listener {
    /// The object that defines it.
    #[serde(default)]
    pub envoy_config: EnvoyConfig,
    /// Its name there.
    #[serde(default)]
    pub name: String,
    /// Which one wins of several for the same traffic: the lowest number; 1 to 100.
    pub priority: Option<i64>,
}

/// An object with listeners of Envoy.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct EnvoyConfig {
    /// `CiliumEnvoyConfig` (if there is none) or `CiliumClusterwideEnvoyConfig`.
    pub kind: Option<String>,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// Certificates of one side of a connection.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["secret"])))]
pub struct TLSContext {
    /// The Secret with the certificates.
    #[serde(default)]
    pub secret: Secret,
    /// The key with the authorities to trust; `ca.crt` if it exists.
    #[serde(rename = "trustedCA")]
    pub trusted_ca: Option<String>,
    /// The key with the certificate chain; `tls.crt` if it exists.
    pub certificate: Option<String>,
    /// The key with the private key; `tls.key` if it exists.
    pub private_key: Option<String>,
}

/// A Secret that Cilium reads.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Secret {
    /// Its namespace.
    pub namespace: Option<String>,
    /// Its name.
    #[serde(default)]
    pub name: String,
}

/// ICMP messages that may pass.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ICMPRule {
    /// The messages; one is enough.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ICMPField>,
}

/// An ICMP message.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["type"])))]
pub struct ICMPField {
    /// `IPv4` (if there is none) or `IPv6`.
    pub family: Option<String>,
    /// Its number, or its name such as `EchoRequest`.
    #[serde(default)]
    pub type_: IntOrString,
}

/// Whether both ends must prove who they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["mode"])))]
pub struct Authentication {
    /// `disabled`, `required` or `test-always-fail`.
    #[serde(default)]
    pub mode: String,
}
