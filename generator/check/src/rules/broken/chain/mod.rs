//! The way of an event through all objects.

use crate::rules::rules;

rules! {
    event_source_path triggered_unknown_template triggered_argument_missing workflow_argument_unknown
    application_namespace
}
