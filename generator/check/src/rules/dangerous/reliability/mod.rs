//! Runs that hang, run twice or run over each other.

use crate::rules::rules;

rules! {}
