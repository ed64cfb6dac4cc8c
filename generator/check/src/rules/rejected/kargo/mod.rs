//! Kargo: what its webhooks and definitions refuse.

use crate::rules::rules;

rules! { subscription requested_freight promotion_step project_config }
