//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_argo_cd::{AppProject, Application, ApplicationSet};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[(
    "design-doc__proposal__filters",
    "a design document: `filters` was never built",
)];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<AppProject>();
    corpus.round_trip::<Application>();
    corpus.round_trip::<ApplicationSet>();
    corpus.finish();
}
