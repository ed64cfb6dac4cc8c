//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_kargo::{
    ClusterConfig, ClusterPromotionTask, Freight, Project, ProjectConfig, Promotion,
    PromotionRequest, PromotionTask, Stage, Target, Warehouse,
};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[
    ("testdata__promote-subscribers-", BEFORE_KARGO_1),
    ("testdata__query-freight-", BEFORE_KARGO_1),
    ("server__testdata__stage.yaml", BEFORE_KARGO_1),
];

const BEFORE_KARGO_1: &str = "`promotionMechanisms` and `subscriptions` of a Stage went away with v1.0; `requestedFreight` is missing";

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<ClusterConfig>();
    corpus.round_trip::<ClusterPromotionTask>();
    corpus.round_trip::<Freight>();
    corpus.round_trip::<Project>();
    corpus.round_trip::<ProjectConfig>();
    corpus.round_trip::<Promotion>();
    corpus.round_trip::<PromotionRequest>();
    corpus.round_trip::<PromotionTask>();
    corpus.round_trip::<Stage>();
    corpus.round_trip::<Target>();
    corpus.round_trip::<Warehouse>();
    corpus.finish();
}
