//! Events of schedules, files and services of one's own.
//!
//! Drafted by `draft-api` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::EventSourceFilter;

/// Events on a schedule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CalendarEventSource {
    pub schedule: Option<String>,
    pub interval: Option<String>,
    pub timezone: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusion_dates: Vec<String>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub persistence: Option<EventPersistence>,
}

/// What a calendar event source remembers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventPersistence {
    pub catchup: Option<CatchupConfiguration>,
    pub config_map: Option<ConfigMapPersistence>,
}

/// Whether missed events are made up for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CatchupConfiguration {
    pub enabled: Option<bool>,
    /// The longest time that all attempts may take.
    pub max_duration: Option<String>,
}

/// The ConfigMap that remembers the last event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapPersistence {
    pub name: Option<String>,
    pub create_if_not_exist: Option<bool>,
}

/// Changes of files in a volume.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileEventSource {
    pub event_type: Option<String>,
    pub watch_path_config: Option<WatchPathConfig>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    pub polling: Option<bool>,
}

/// Which files are watched.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WatchPathConfig {
    pub directory: String,
    pub path: Option<String>,
    pub path_regexp: Option<String>,
}

/// Events of a gRPC service of one's own.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GenericEventSource {
    pub url: String,
    pub config: String,
    /// The Secret whose token a request must carry as `Authorization: Bearer …`.
    pub auth_secret: Option<SecretKeySelector>,
    /// Which events count.
    pub filter: Option<EventSourceFilter>,
    pub insecure: Option<bool>,
    /// Whether the message is JSON, to be read by key.
    pub json_body: Option<bool>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}
