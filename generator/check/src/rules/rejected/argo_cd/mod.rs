//! Argo CD: what its API server and its controllers put in error.

use crate::rules::rules;

rules! {
    application_source application_destination application_not_permitted
    project_duplicate project_pattern project_role sync_window
    application_set_generator application_set_template
}
