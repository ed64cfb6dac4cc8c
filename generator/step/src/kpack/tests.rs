//! Scripted sequences for the state machines, and whole waits over a Kubernetes API in process.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod branch;
mod fake;
mod image;
mod objects;
mod played;
mod pods;
mod rebuilt;
mod whole;
