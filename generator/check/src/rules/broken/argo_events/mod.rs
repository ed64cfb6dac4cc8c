//! Argo Events: what controllers accept, and Sensors and event sources then fail at or ignore.

use crate::rules::rules;

rules! {
    duplicate_dependency_name dependency_name trigger_conditions parameter_dependency no_action several_choices
    unknown_event_source unknown_event unknown_event_bus filter_expression filter_value event_path
    event_template event_script event_transformation ignored_parameter_source template_beside_key context_key
    event_data_key context_filter parameter_destination ignored_retry rate_limit trigger_object
    workflow_operation webhook_endpoint webhook_port webhook_method event_source_service event_source_filter
    event_payload_size event_source_runtime parameter_without_default first_element_only parameter_by_position
}
