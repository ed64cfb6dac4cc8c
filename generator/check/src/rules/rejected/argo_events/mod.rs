//! Argo Events: what the controllers and `argo-events lint` refuse, after `pkg/reconciler` and `pkg/eventsources`.

use crate::rules::rules;

rules! {
    no_dependencies incomplete_dependency dependency_event_twice
    logical_operator incomplete_filter filter_comparator time_filter
    no_triggers incomplete_trigger duplicate_trigger_name conditions_reset dead_letter_trigger
    trigger_operation http_method email_port incomplete_parameter parameter_operation trigger_policy
    event_source_missing_field event_source_conflict event_source_value event_source_connection
    duplicate_event_name mixed_event_sources
    event_bus_kind event_bus_missing_field event_bus_replicas
}
