//! Who may do too much.

use crate::rules::rules;

rules! {
    wildcard_permission cluster_admin_binding cluster_wide_secrets permission_to_escalate permission_to_enter
    binding_for_everyone binding_for_default_account open_project open_policy
}
