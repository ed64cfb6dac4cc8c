//! `resolution.tekton.dev`: what controllers ask resolvers for (`v1beta1`; [`v1alpha1`] before).

mod request;

pub use request::*;

/// `resolution.tekton.dev/v1alpha1`: requests before `v1beta1`.
pub mod v1alpha1 {
    mod request;

    pub use request::*;
}
