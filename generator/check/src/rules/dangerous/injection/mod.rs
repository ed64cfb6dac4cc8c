//! Text of outsiders that is taken for more than data.

use luban_diagnostic::Finding;

use crate::rules::rules;
use crate::taint::Flow;

rules! {
    event_to_script template_injection manifest_injection event_to_image event_to_url event_to_git_option event_to_expression
    event_to_path event_to_identity unquoted_parameter
}

/// A finding at the end of a way, with the way.
fn with_way(finding: Finding, flow: &Flow) -> Finding {
    let mut finding = finding.at(flow.place.clone());
    for (says, place) in &flow.way {
        finding = finding.related(says.clone(), place.clone());
    }
    for place in &flow.again {
        finding = finding.related("and here", place.clone());
    }
    finding
}
