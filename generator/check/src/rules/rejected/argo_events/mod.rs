//! Argo Events.

use crate::rules::rules;

rules! {}
