//! Argo Events: what its rules share.
//!
//! [`SensorView`] is a Sensor with what it refers to; [`sources`] are the entries of an EventSource, each with what upstream
//! asks of its type ([`SourceType`], a table after the `validate.go` of each type).

mod data;
mod destination;
mod example;
mod gaps;
mod given;
mod references;
mod sensor;
mod source;
mod table;
mod table_queues;
mod target;
mod values;

pub(crate) use data::event_keys;
pub(crate) use destination::landing;
pub(crate) use example::with_events;
pub(crate) use given::given;

pub(crate) use crate::fields::{Form, Missing, is_open, lacks, say_missing};
pub(crate) use references::{Named, event_bus, event_source};
pub(crate) use sensor::{DependencyAt, List, Of, SensorView};
pub(crate) use source::{SourceAt, WEBHOOKS, sources, webhook_path};
pub(crate) use table::{Need, Valid};
pub(crate) use values::fault;
