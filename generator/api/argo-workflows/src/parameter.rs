//! Parameters: the values that templates take and give.
//!
//! Drafted by `luban-draft` from upstream's fields; change its layout, not this file.

use luban_api_core::k8s_openapi::api::core::v1::ConfigMapKeySelector;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::Artifact;

/// Values for the inputs of a template or workflow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Arguments {
    /// Values of parameters, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Artifacts, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifacts: Vec<Artifact>,
}

/// What a template takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Inputs {
    /// Parameters, `{{inputs.parameters.NAME}}` inside the template.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Artifacts, put at their `path` before the template runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifacts: Vec<Artifact>,
}

/// What a template gives.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Outputs {
    /// Parameters that those who called the template can use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Artifacts, taken from their `path` after the template ran.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub artifacts: Vec<Artifact>,
    /// Standard output of a script or container, up to 256 kB; the controller writes it.
    pub result: Option<String>,
    /// The exit code; the controller writes it.
    pub exit_code: Option<String>,
}

/// A named value, declared as an input or output or passed as an argument.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(extend("required" = ["name"])))]
pub struct Parameter {
    /// Its name, by which arguments and `{{…}}` refer to it.
    #[serde(default)]
    pub name: String,
    /// What it is for; the UI shows it.
    pub description: Option<String>,
    /// The value, may hold `{{…}}`; a number or boolean is read as its text.
    #[serde(default, deserialize_with = "luban_api_core::any_string")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<luban_api_core::AnyString>")
    )]
    pub value: Option<String>,
    /// The value where none is given.
    #[serde(default, deserialize_with = "luban_api_core::any_string")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<luban_api_core::AnyString>")
    )]
    pub default: Option<String>,
    /// The values that are allowed.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "luban_api_core::any_strings"
    )]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<luban_api_core::AnyString>"))]
    pub enum_: Vec<String>,
    /// Where the value comes from, in place of `value`.
    pub value_from: Option<ValueFrom>,
    /// The name under which the whole workflow sees it.
    pub global_name: Option<String>,
}

/// Where a parameter's value comes from.
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ValueFrom {
    /// The file that holds the value, in the container.
    pub path: Option<String>,
    /// A reference to a step's or task's output parameter, in an output of steps or a DAG.
    pub parameter: Option<String>,
    /// An expression that gives the value, in an output of steps or a DAG.
    pub expression: Option<String>,
    /// A key of a ConfigMap.
    pub config_map_key_ref: Option<ConfigMapKeySelector>,
    /// A path into the object of a resource template.
    pub json_path: Option<String>,
    /// A jq filter over the object of a resource template.
    pub jq_filter: Option<String>,
    /// An expression over the event that started the workflow.
    pub event: Option<String>,
    /// Someone gives the value while the workflow is suspended.
    pub supplied: Option<SuppliedValueFrom>,
    /// The value where there is none.
    #[serde(default, deserialize_with = "luban_api_core::any_string")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<luban_api_core::AnyString>")
    )]
    pub default: Option<String>,
}

/// The value is given from outside while the workflow is suspended; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SuppliedValueFrom {}
