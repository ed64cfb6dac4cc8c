//! Objects of the cluster around builds and applications: Gateway API routes, External Secrets, Kueue queues,
//! Prometheus rules and monitors, Cilium network policies, sigstore image policies.
//!
//! Status is left out: Luban writes these objects, their controllers report on them. A few deep parts that no delivery
//! platform writes (OAuth 2 of a scrape, TLS interception, Envoy listeners) are untyped.

#![allow(
    missing_docs,
    reason = "fields are upstream's; a phrase stands where the name does not say enough"
)]

mod cilium;
mod external_secrets;
mod gateway;
mod image_policy;
mod kueue;
mod prometheus;

pub use cilium::*;
pub use external_secrets::*;
pub use gateway::*;
pub use image_policy::*;
pub use kueue::*;
pub use prometheus::*;
