//! Events of schedules, files and services of one's own.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use std::collections::BTreeMap;

use luban_api_core::k8s_openapi::api::core::v1::SecretKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::EventSourceFilter;

/// Events on a schedule.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CalendarEventSource {
    /// A cron expression of five fields; it wins over `interval`.
    pub schedule: Option<String>,
    /// A duration between two events, such as `10s` or `2h`.
    pub interval: Option<String>,
    /// The time zone of the schedule, such as `Europe/Berlin`; the pod's own, usually UTC, if there is none.
    pub timezone: Option<String>,
    /// Times at which nothing is sent, as iCalendar writes them: `EXDATE:20261224T180000Z`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusion_dates: Vec<String>,
    /// Remembers the last event, so that missed ones can be made up for.
    pub persistence: Option<EventPersistence>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// What a calendar event source remembers.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventPersistence {
    /// Whether, and how far back, missed events are sent after a restart.
    pub catchup: Option<CatchupConfiguration>,
    /// Where the time of the last event is kept.
    pub config_map: Option<ConfigMapPersistence>,
}

/// Whether missed events are made up for.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CatchupConfiguration {
    /// Whether events that were missed while the pod was down are sent.
    pub enabled: Option<bool>,
    /// How far back missed events count, such as `10m`; all the way if there is none.
    pub max_duration: Option<String>,
}

/// The ConfigMap that remembers the last event.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConfigMapPersistence {
    /// The name of the ConfigMap in the EventSource's namespace.
    pub name: Option<String>,
    /// Makes the ConfigMap if there is none; needs the right to.
    pub create_if_not_exist: Option<bool>,
}

/// Changes of files in a volume.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["eventType", "watchPathConfig"])))]
pub struct FileEventSource {
    /// The kind of change that counts: `CREATE`, `WRITE`, `REMOVE`, `RENAME` or `CHMOD`.
    #[serde(default)]
    pub event_type: String,
    /// The directory, and which of its files.
    #[serde(default)]
    pub watch_path_config: WatchPathConfig,
    /// Looks at the files again and again in place of inotify, which network volumes lack.
    pub polling: Option<bool>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

/// Which files are watched.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["directory"])))]
pub struct WatchPathConfig {
    /// The directory that is watched.
    #[serde(default)]
    pub directory: String,
    /// The file's path below the directory, exactly; either this or `pathRegexp`.
    pub path: Option<String>,
    /// A regular expression for the file's path below the directory; either this or `path`.
    pub path_regexp: Option<String>,
}

/// Events of a gRPC service of one's own.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["url", "config"])))]
pub struct GenericEventSource {
    /// Host and port of the gRPC server.
    #[serde(default)]
    pub url: String,
    /// Configuration as text; the server gets it as it is and knows what it means.
    #[serde(default)]
    pub config: String,
    /// Connects without TLS.
    pub insecure: Option<bool>,
    /// The Secret with a bearer token that is sent to the server.
    pub auth_secret: Option<SecretKeySelector>,
    /// Which events reach the bus; all of them if there is none.
    pub filter: Option<EventSourceFilter>,
    /// Takes the body for JSON, so that filters and triggers can look into it; else it is base64 text.
    pub json_body: Option<bool>,
    /// Values of one's own that each event carries in its data, as `metadata`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}
