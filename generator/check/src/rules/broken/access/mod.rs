//! What ServiceAccounts may do, and what they need.

use crate::rules::rules;

rules! { workflow_rights resource_template_rights sensor_rights event_source_rights event_listener_rights }
