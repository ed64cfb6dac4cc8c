//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_argo_rollouts::{AnalysisRun, AnalysisTemplate, ClusterAnalysisTemplate};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[(
    "traffic-management__rollout-linkerd.yaml-1",
    "`{{args.linkerd-enabled}}` without quotes is a mapping whose key is a mapping",
)];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<AnalysisRun>();
    corpus.round_trip::<AnalysisTemplate>();
    corpus.round_trip::<ClusterAnalysisTemplate>();
    corpus.finish();
}
