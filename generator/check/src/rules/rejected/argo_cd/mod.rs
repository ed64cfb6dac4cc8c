//! Argo CD.

use crate::rules::rules;

rules! {}
