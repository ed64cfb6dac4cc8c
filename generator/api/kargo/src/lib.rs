//! Kargo's objects (`kargo.akuity.io/v1alpha1`): Warehouses find artifacts and make Freight of them, Stages get Freight by
//! Promotions, and Projects say what is allowed.
//!
//! Open as upstream has them: settings of steps and health checks, what steps have noted, values of Targets.

mod freight;
mod project;
mod promotion;
mod promotion_status;
mod stage;
mod stage_status;
mod status;
mod unions;
mod warehouse;
mod webhook;

pub use freight::*;
pub use project::*;
pub use promotion::*;
pub use promotion_status::*;
pub use stage::*;
pub use stage_status::*;
pub use status::*;
pub use unions::*;
pub use warehouse::*;
pub use webhook::*;
