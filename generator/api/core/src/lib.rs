//! What the typed objects of every API group share.
//!
//! An object is a plain struct with `api_version`, `kind`, `metadata` and `spec`; the first two are markers without size
//! that always write, and only read, what belongs to the kind. Every kind, ours and Kubernetes' own, is a
//! [`k8s_openapi::Resource`] with [`k8s_openapi::Metadata`], so that [`Object`] serves all of them alike.
//!
//! The structs of one API group live in a crate of their own (`luban-api-argo-events`, …); reading with positions and
//! writing deterministic YAML is the crate `luban-yaml`.

pub use k8s_openapi;
pub use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
pub use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta, Time};
pub use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
pub use serde_json::Value;

mod any_string;
mod container;
mod embedded;
mod marker;
mod object;
mod one_of;
#[cfg(feature = "schema")]
mod schema;
mod volume_claim;

pub use any_string::{AnyString, any_string, any_strings, is_default};
pub use container::without_empty_name;
pub use embedded::Embedded;
pub use marker::{ApiVersion, Kind};
pub use object::{KnownScope, Object, named, named_in};
pub use one_of::{OneOf, Settable, Union, the_one};
pub use volume_claim::VolumeClaimTemplate;
