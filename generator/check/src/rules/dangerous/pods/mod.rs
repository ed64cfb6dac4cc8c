//! What pods may do to their node.

use crate::rules::rules;

rules! {
    privileged_container container_runtime_socket host_path host_namespace dangerous_capability
    default_service_account mounted_token root_user privilege_escalation missing_seccomp writable_root
    missing_resources namespace_without_pod_security
}
