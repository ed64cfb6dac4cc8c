//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_kpack::{
    Build, Builder, Buildpack, ClusterBuilder, ClusterBuildpack, ClusterLifecycle, ClusterStack,
    ClusterStore, Image, SourceResolver, v1alpha1,
};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[(
    "image_with_cache.yaml-0",
    "`request` is no field of a volume cache: it is `size`",
)];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<Build>();
    corpus.round_trip::<Builder>();
    corpus.round_trip::<Buildpack>();
    corpus.round_trip::<ClusterBuilder>();
    corpus.round_trip::<ClusterBuildpack>();
    corpus.round_trip::<ClusterLifecycle>();
    corpus.round_trip::<ClusterStack>();
    corpus.round_trip::<ClusterStore>();
    corpus.round_trip::<Image>();
    corpus.round_trip::<SourceResolver>();
    corpus.round_trip::<v1alpha1::Build>();
    corpus.round_trip::<v1alpha1::Builder>();
    corpus.round_trip::<v1alpha1::ClusterBuilder>();
    corpus.round_trip::<v1alpha1::ClusterStack>();
    corpus.round_trip::<v1alpha1::ClusterStore>();
    corpus.round_trip::<v1alpha1::Image>();
    corpus.round_trip::<v1alpha1::SourceResolver>();
    corpus.finish();
}
