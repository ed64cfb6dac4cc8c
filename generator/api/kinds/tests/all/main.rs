//! The typed objects beside upstream's lists, schemas and examples. One program, so that what it tests is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests"
)]

#[cfg(feature = "schema")]
mod arbitrary;
mod corpus;
mod examples;
mod fields;
#[cfg(feature = "schema")]
mod misspelt;
#[cfg(feature = "schema")]
mod open_places;
mod sameness;
mod unions;
mod upstream;
