//! Argo Events' objects (`argoproj.io/v1alpha1`): EventSource, Sensor, EventBus.
//!
//! Upstream's CRDs are open: an API server takes a misspelt Sensor. These types are upstream's Go types, field by field.
//!
//! | file | what it holds |
//! |---|---|
//! | `event_source.rs` | EventSource; each `*_source.rs` holds the sources of one family |
//! | `sensor.rs`, `filter.rs` | Sensor: which events it waits for |
//! | `trigger.rs` | what a Sensor does; each `*_trigger.rs` holds the triggers of one family |
//! | `event_bus.rs` | EventBus |
//! | `pod.rs`, `connection.rs`, `status.rs` | what they share, and what the controller reports |
//! | `one_of.rs` | the fields of which exactly one may be set, as enums |
//! | `special.rs` | values that upstream's decoder reads in more than one form |

mod call_trigger;
mod cloud_source;
mod connection;
mod event_bus;
mod event_source;
mod filter;
mod git_source;
mod message_trigger;
mod object_trigger;
mod one_of;
mod pod;
mod queue_source;
mod resource_source;
#[cfg(feature = "schema")]
mod schema;
mod sensor;
mod service_source;
mod simple_source;
mod special;
mod status;
mod stream_source;
mod trigger;
mod webhook_source;

pub use call_trigger::*;
pub use cloud_source::*;
pub use connection::*;
pub use event_bus::*;
pub use event_source::*;
pub use filter::*;
pub use git_source::*;
pub use message_trigger::*;
pub use object_trigger::*;
pub use one_of::{Action, Bus, Credential, NatsStreaming, Place, SecretValue, UNIONS};
pub use pod::*;
pub use queue_source::*;
pub use resource_source::*;
pub use sensor::*;
pub use service_source::*;
pub use simple_source::*;
pub use special::{Amount, Int64OrString};
pub use status::*;
pub use stream_source::*;
pub use trigger::*;
pub use webhook_source::*;
