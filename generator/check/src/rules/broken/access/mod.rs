//! What ServiceAccounts may do, and what they need.

use crate::rules::rules;

rules! {}
