//! Programs and files fetched from elsewhere.

use crate::rules::rules;

rules! {}
