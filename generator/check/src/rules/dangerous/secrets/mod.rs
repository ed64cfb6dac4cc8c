//! Secrets where they can be read.

use crate::rules::rules;

rules! {
    hardcoded_secret literal_password committed_secret secret_in_log secret_in_command stored_credential
    whole_secret secret_as_output secret_parameter logged_event
}
