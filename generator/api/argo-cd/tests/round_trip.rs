//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_argo_cd::{AppProject, Application, ApplicationSet};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[
    (
        "design-doc__applicationset-fasttemplate",
        "a design document: `project` is missing, which the CRD requires",
    ),
    (
        "design-doc__applicationset.yaml",
        "a design document: `project` is missing, which the CRD requires",
    ),
    (
        "design-doc__git-directory-discovery",
        "a design document: `revision` is missing, which the CRD requires",
    ),
    (
        "design-doc__git-files-discovery",
        "a design document: `revision` is missing, which the CRD requires",
    ),
    (
        "design-doc__git-files-literal",
        "a design document: `revision` is missing, which the CRD requires",
    ),
    (
        "design-doc__proposal__filters",
        "a proposal: `clusters.filters` was never built",
    ),
];

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
