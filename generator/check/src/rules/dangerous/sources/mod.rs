//! Programs and files fetched from elsewhere.

use crate::rules::rules;

rules! {
    unpinned_resolver resolver_without_digest piped_to_shell insecure_transport moving_revision chart_range
    remote_base pull_request_deployment
}
