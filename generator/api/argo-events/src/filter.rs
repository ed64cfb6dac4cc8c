//! Filters: which events of a dependency count.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::Time;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// Which events of a dependency count.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventDependencyFilter {
    /// Conditions on single values of the event's data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub data: Vec<DataFilter>,
    /// `and` (if there is none) or `or` between the conditions of `data`.
    pub data_logical_operator: Option<String>,
    /// Conditions as expressions over values of the event's data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exprs: Vec<ExprFilter>,
    /// `and` (if there is none) or `or` between the conditions of `exprs`.
    pub expr_logical_operator: Option<String>,
    /// A Lua program over `event` that returns true if the event counts.
    pub script: Option<String>,
    /// Conditions on what the event says of itself: equal where not empty, of type, subject, source and content type.
    pub context: Option<EventContext>,
    /// The time of day at which events count.
    pub time: Option<TimeFilter>,
}

/// A condition on one value of the event's data.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["path", "type", "value"])))]
pub struct DataFilter {
    /// Where the value is, as gjson writes paths: `body.commits.0.id`. If there is nothing, the event does not count.
    #[serde(default)]
    pub path: String,
    /// How it is compared: as `string`, `number` or `bool`.
    #[serde(default)]
    pub type_: String,
    /// Texts of which one must match: regular expressions, numbers or booleans by `type`.
    #[serde(default)]
    pub value: Vec<String>,
    /// `=` (if there is none) or `!=`; for numbers also `<`, `<=`, `>` and `>=`.
    pub comparator: Option<String>,
    /// A Go template, with Sprig, over the value as `.Input`; its result is compared in place of the value.
    pub template: Option<String>,
}

/// A condition as an expression over values of the event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["expr", "fields"])))]
pub struct ExprFilter {
    /// The expression (of the language govaluate) over the names of `fields`, such as `size > 10 && kind == "push"`.
    #[serde(default)]
    pub expr: String,
    /// The values, and their names in the expression. Without any, the expression is not looked at.
    #[serde(default)]
    pub fields: Vec<PayloadField>,
}

/// A value of the event, and its name in an expression.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["path", "name"])))]
pub struct PayloadField {
    /// Where the value is, as gjson writes paths.
    #[serde(default)]
    pub path: String,
    /// The value's name in the expression.
    #[serde(default)]
    pub name: String,
}

/// A time of day, which may go past midnight.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["start", "stop"])))]
pub struct TimeFilter {
    /// When it begins, as `hh:mm:ss`.
    #[serde(default)]
    pub start: String,
    /// When it ends, as `hh:mm:ss`, itself not included; on the next day if it is before `start`.
    #[serde(default)]
    pub stop: String,
    /// The time zone of both, such as `Europe/Berlin`; UTC if there is none.
    pub timezone: Option<String>,
}

/// What the event says of itself, as CloudEvents name it.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EventContext {
    /// The event's id, unique to its source. Not filtered by.
    pub id: Option<String>,
    /// The name of the EventSource.
    pub source: Option<String>,
    /// The version of CloudEvents. Not filtered by.
    pub specversion: Option<String>,
    /// The type of the event source, such as `webhook`.
    pub type_: Option<String>,
    /// The media type of the data, such as `application/json`.
    pub datacontenttype: Option<String>,
    /// The name of the event.
    pub subject: Option<String>,
    /// When it happened. Not filtered by.
    pub time: Option<Time>,
}
