//! Runs that hang, run twice, run over each other or hide that they failed.

use crate::rules::rules;

rules! {
    missing_deadline endless_timeout retried_change unguarded_push overlapping_schedule missing_retention
    lost_event open_build_daemon daemon_without_readiness lost_exit_status made_up_result digest_by_tag
    shared_cache optional_secret path_from_parameter digest_from_log repository_per_run unattested_image
}
