//! What outsiders send, and where it comes to.

use crate::rules::rules;

rules! {}
