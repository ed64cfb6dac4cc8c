//! Who may do too much.

use crate::rules::rules;

rules! {}
