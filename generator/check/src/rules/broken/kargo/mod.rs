//! Kargo.

use crate::rules::rules;

rules! {}
