//! Triggers that call services.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::{ConfigMapKeySelector, SecretKeySelector};
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{BasicAuth, TLSConfig, TriggerParameter};

/// Sends an HTTP request.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url"])))]
pub struct HTTPTrigger {
    /// The URL.
    #[serde(default)]
    pub url: String,
    /// `POST` (if there is none), `GET`, `PUT`, `PATCH` or `DELETE`.
    pub method: Option<String>,
    /// Values of the event that make up the JSON body, each at its `dest`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// Headers with fixed values.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Headers whose values are in Secrets or ConfigMaps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secure_headers: Vec<SecureHeader>,
    /// Headers whose values come from the event; `dest` is the header.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dynamic_headers: Vec<TriggerParameter>,
    /// User name and password.
    pub basic_auth: Option<BasicAuth>,
    /// How the connection is secured; not at all if there is none.
    pub tls: Option<TLSConfig>,
    /// Seconds until the request is given up; 60 if there is none.
    pub timeout: Option<i64>,
    /// The `Host` header, where it is not the URL's.
    pub host: Option<String>,
}

/// A header whose value is a secret.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecureHeader {
    /// The header's name.
    pub name: Option<String>,
    /// Where its value is.
    pub value_from: Option<ValueFromSource>,
}

/// A value from a Secret or ConfigMap: exactly one of them.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ValueFromSource {
    /// A key of a Secret.
    pub secret_key_ref: Option<SecretKeySelector>,
    /// A key of a ConfigMap.
    pub config_map_key_ref: Option<ConfigMapKeySelector>,
}

/// Calls an AWS Lambda function.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["functionName", "region", "payload"])))]
pub struct AWSLambdaTrigger {
    /// The function.
    #[serde(default)]
    pub function_name: String,
    /// The AWS region.
    #[serde(default)]
    pub region: String,
    /// `RequestResponse` (if there is none) waits for the result, `Event` does not, `DryRun` checks only.
    pub invocation_type: Option<String>,
    /// Values of the event that make up the function's input, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The Secret with the AWS access key; the pod's own identity if there is none.
    pub access_key: Option<SecretKeySelector>,
    /// The Secret with the AWS secret key; the pod's own identity if there is none.
    pub secret_key: Option<SecretKeySelector>,
    /// The IAM role to take on.
    #[serde(rename = "roleARN")]
    pub role_arn: Option<String>,
}

/// Calls an OpenWhisk action.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["host", "actionName", "payload"])))]
pub struct OpenWhiskTrigger {
    /// The URL of the OpenWhisk API.
    #[serde(default)]
    pub host: String,
    /// The action's namespace; `_`, that of the token, if there is none.
    pub namespace: Option<String>,
    /// The action.
    #[serde(default)]
    pub action_name: String,
    /// The version of the API; `v1` if there is none.
    pub version: Option<String>,
    /// The Secret with the token.
    pub auth_token: Option<SecretKeySelector>,
    /// Values of the event that make up the action's input, each at its `dest`.
    #[serde(default)]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into this trigger's own fields before it runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
}

/// Calls a gRPC trigger service of one's own.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["serverURL", "spec"])))]
pub struct CustomTrigger {
    /// Host and port of the gRPC server.
    #[serde(rename = "serverURL", default)]
    pub server_url: String,
    /// Connects with TLS; needs `certSecret`.
    pub secure: Option<bool>,
    /// What the server is told to do; it knows what each entry means.
    #[serde(default)]
    pub spec: BTreeMap<String, String>,
    /// Values of the event that the server gets, each at its `dest`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub payload: Vec<TriggerParameter>,
    /// Values of the event, put into `spec`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<TriggerParameter>,
    /// The Secret with the certificate that is trusted.
    pub cert_secret: Option<SecretKeySelector>,
    /// The name that the server's certificate must have, where it is not the host's.
    pub server_name_override: Option<String>,
}

/// Writes the event to the log.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LogTrigger {
    /// Seconds in which at most one event is written; every one if there is none.
    pub interval_seconds: Option<i64>,
}
