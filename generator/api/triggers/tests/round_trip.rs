//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_triggers::{
    ClusterTriggerBinding, EventListener, Trigger, TriggerBinding, TriggerTemplate, v1alpha1,
};

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(&[]) else {
        return;
    };
    corpus.round_trip::<ClusterTriggerBinding>();
    corpus.round_trip::<EventListener>();
    corpus.round_trip::<Trigger>();
    corpus.round_trip::<TriggerBinding>();
    corpus.round_trip::<TriggerTemplate>();
    corpus.round_trip::<v1alpha1::ClusterInterceptor>();
    corpus.round_trip::<v1alpha1::ClusterTriggerBinding>();
    corpus.round_trip::<v1alpha1::EventListener>();
    corpus.round_trip::<v1alpha1::Interceptor>();
    corpus.round_trip::<v1alpha1::Trigger>();
    corpus.round_trip::<v1alpha1::TriggerBinding>();
    corpus.round_trip::<v1alpha1::TriggerTemplate>();
    corpus.finish();
}
