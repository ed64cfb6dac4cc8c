//! What definitions of kinds and the API of Kubernetes refuse.

use crate::rules::rules;

rules! {
    missing_field definition_value definition_size duplicate_item
    object_name label_syntax selector_mismatch pod_names volume_mount pod_limits
}
