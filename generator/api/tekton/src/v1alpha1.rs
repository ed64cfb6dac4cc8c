//! `tekton.dev/v1alpha1`: VerificationPolicy; StepAction before `v1beta1`, and Run before CustomRun.

mod run;
mod step_action;
mod unions;
mod verification_policy;

pub use run::*;
pub use step_action::*;
pub use unions::*;
pub use verification_policy::*;
