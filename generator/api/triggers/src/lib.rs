//! Tekton Triggers' objects: what turns an HTTP event into runs.
//!
//! The crate itself holds `triggers.tekton.dev/v1beta1`: EventListener, Trigger, TriggerBinding, ClusterTriggerBinding and
//! TriggerTemplate. [`v1alpha1`] has what they were before, and Interceptor and ClusterInterceptor, which have no later
//! version. A definition that is the same in both versions is one struct.

mod interceptor;
mod listener;
mod listener_pod;
mod trigger;
mod unions;
pub mod v1alpha1;

pub use interceptor::*;
pub use listener::*;
pub use listener_pod::WithPodSpec;
pub use trigger::*;
pub use unions::*;
