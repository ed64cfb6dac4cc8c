//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_kustomize::{Component, Kustomization};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[(
    "transformerconfigs__crd",
    "`fieldpath` is written `fieldPath`",
)];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<Component>();
    corpus.round_trip::<Kustomization>();
    corpus.finish();
}
