//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_tekton::{Pipeline, PipelineRun, Task, TaskRun, resolution, v1alpha1, v1beta1};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[(
    "pipelineruns__beta__isolated-workspaces",
    "`mountpath` is written `mountPath`",
)];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<Pipeline>();
    corpus.round_trip::<PipelineRun>();
    corpus.round_trip::<Task>();
    corpus.round_trip::<TaskRun>();
    corpus.round_trip::<v1beta1::CustomRun>();
    corpus.round_trip::<v1beta1::Pipeline>();
    corpus.round_trip::<v1beta1::PipelineRun>();
    corpus.round_trip::<v1beta1::StepAction>();
    corpus.round_trip::<v1beta1::Task>();
    corpus.round_trip::<v1beta1::TaskRun>();
    corpus.round_trip::<v1alpha1::Run>();
    corpus.round_trip::<v1alpha1::StepAction>();
    corpus.round_trip::<v1alpha1::VerificationPolicy>();
    corpus.round_trip::<resolution::ResolutionRequest>();
    corpus.round_trip::<resolution::v1alpha1::ResolutionRequest>();
    corpus.finish();
}
