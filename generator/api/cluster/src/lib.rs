//! Objects of the cluster around builds and applications: Gateway API routes, External Secrets, Kueue queues,
//! Prometheus rules and monitors, Cilium network policies, sigstore image policies.

mod cilium;
mod cilium_port;
mod external_secrets;
mod gateway;
mod gateway_backend;
mod gateway_filter;
mod image_policy;
mod kueue;
mod prometheus;
mod prometheus_client;
mod prometheus_rule;
mod status;
mod unions;

pub use cilium::*;
pub use cilium_port::*;
pub use external_secrets::*;
pub use gateway::*;
pub use gateway_backend::*;
pub use gateway_filter::*;
pub use image_policy::*;
pub use kueue::*;
pub use prometheus::*;
pub use prometheus_client::*;
pub use prometheus_rule::*;
pub use status::*;
pub use unions::*;
