//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_tekton::{
    ClusterInterceptor, ClusterTriggerBinding, CustomRun, EventListener, Interceptor, Pipeline,
    PipelineRun, StepAction, Task, TaskRun, Trigger, TriggerBinding, TriggerTemplate,
};

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
    corpus.round_trip::<ClusterInterceptor>();
    corpus.round_trip::<ClusterTriggerBinding>();
    corpus.round_trip::<CustomRun>();
    corpus.round_trip::<EventListener>();
    corpus.round_trip::<Interceptor>();
    corpus.round_trip::<Pipeline>();
    corpus.round_trip::<PipelineRun>();
    corpus.round_trip::<StepAction>();
    corpus.round_trip::<Task>();
    corpus.round_trip::<TaskRun>();
    corpus.round_trip::<Trigger>();
    corpus.round_trip::<TriggerBinding>();
    corpus.round_trip::<TriggerTemplate>();
    corpus.finish();
}
