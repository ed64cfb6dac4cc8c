//! Argo Rollouts' analyses (`argoproj.io/v1alpha1`): AnalysisTemplate, ClusterAnalysisTemplate and AnalysisRun, by which Kargo
//! verifies what it has promoted.

mod analysis;
mod provider;
mod run;
mod unions;
mod vendor;

pub use analysis::*;
pub use provider::*;
pub use run::*;
pub use unions::*;
pub use vendor::*;
