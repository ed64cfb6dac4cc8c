//! `triggers.tekton.dev/v1alpha1`: Interceptor and ClusterInterceptor; the other kinds before `v1beta1`.

mod interceptor;
mod listener;
mod trigger;
mod unions;

pub use interceptor::*;
pub use listener::*;
pub use trigger::*;
pub use unions::*;
