//! Tekton Triggers: what its admission accepts, and events then fail at.

use crate::rules::rules;

rules! {
    binding_expression duplicate_binding_param template_expression trigger_cel trigger_template_params
    unbound_template_param undeclared_binding_param unknown_trigger_reference
}
