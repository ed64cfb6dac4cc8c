//! What outsiders send, and where it comes to.

use crate::rules::rules;

rules! {
    unauthenticated_event_source unauthenticated_listener unfiltered_events http_from_outside open_gateway
}
