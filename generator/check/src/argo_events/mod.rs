//! Argo Events: what its rules share.
//!
//! [`SensorView`] is a Sensor with what it refers to; [`sources`] are the entries of an EventSource, each with what upstream
//! asks of its type ([`SourceType`], a table after the `validate.go` of each type); [`fields`](self) says what is missing to Go.

#![allow(dead_code)]

mod example;
mod fields;
mod references;
mod sensor;
mod source;
mod table;
mod table_queues;
mod values;

pub(crate) use example::with_events;
pub(crate) use fields::{Form, Missing, given, is_open, lacks, say_missing};
pub(crate) use references::{Named, event_bus};
pub(crate) use sensor::{List, SensorView};
pub(crate) use source::{SourceAt, sources};
pub(crate) use table::{Need, Valid};
pub(crate) use values::fault;
