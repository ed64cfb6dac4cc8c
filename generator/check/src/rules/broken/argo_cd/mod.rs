//! Argo CD: what is left out without a word, or does more than is meant.

use crate::rules::rules;

rules! {
    unknown_project application_path duplicate_application prune_without_guard
    sync_option ignore_difference sync_wave hook_phase application_finalizer application_set_parameter
}
