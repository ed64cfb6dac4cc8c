//! Tekton Triggers: what its admission refuses, after `pkg/apis/triggers`.

use crate::rules::rules;

rules! {
    interceptor_body interceptor_header interceptor_service listener_pod listener_without_triggers
    payload_validation trigger_binding_body trigger_binding_params trigger_body trigger_group
    trigger_template_location trigger_template_resources triggers_name undeclared_template_param
}
