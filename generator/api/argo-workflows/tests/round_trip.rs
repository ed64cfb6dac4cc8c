//! What upstream's own examples say about the types.

#[path = "../../corpus.rs"]
mod corpus;

use luban_api_argo_workflows::{
    ClusterWorkflowTemplate, CronWorkflow, Workflow, WorkflowEventBinding, WorkflowTemplate,
};

/// Examples that do not survive, and why.
const KNOWN: &[(&str, &str)] = &[
    (
        "arguments-artifacts.yaml",
        "`mode: 0755` is octal in YAML 1.1; serde_yaml reads a string",
    ),
    (
        "input-artifact-http.yaml",
        "`mode: 0755` is octal in YAML 1.1; serde_yaml reads a string",
    ),
];

#[test]
fn examples_are_read_and_written_without_loss() {
    let Some(mut corpus) = corpus::Corpus::open(KNOWN) else {
        return;
    };
    corpus.round_trip::<ClusterWorkflowTemplate>();
    corpus.round_trip::<CronWorkflow>();
    corpus.round_trip::<Workflow>();
    corpus.round_trip::<WorkflowEventBinding>();
    corpus.round_trip::<WorkflowTemplate>();
    corpus.finish();
}
