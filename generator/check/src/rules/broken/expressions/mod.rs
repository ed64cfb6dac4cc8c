//! Expressions of Argo Workflows, which upstream compiles only when it needs them.

use crate::argo::View;
use crate::argo::{What, of_event_binding};
use crate::rule::Subject;
use crate::rules::rules;
use crate::sink::Sink;

rules! {
    expression_syntax expression_function expression_type expression_without_effect
    unknown_expression_variable misspelt_variable output_not_ready skipped_output
}

/// Kinds that hold expressions of Argo Workflows.
const KINDS: &[&str] = &[
    "Workflow",
    "WorkflowTemplate",
    "ClusterWorkflowTemplate",
    "CronWorkflow",
    "WorkflowEventBinding",
];

/// Says what is wrong with the expressions of an object in one way.
fn say(subject: &Subject<'_>, view: Option<&View<'_>>, sink: &mut Sink<'_>, what: What) {
    let of_event;
    let mistakes = match view {
        Some(view) => view.mistakes(),
        None => {
            of_event = of_event_binding(subject.entry);
            &of_event
        }
    };
    for mistake in mistakes.iter().filter(|mistake| mistake.what == what) {
        let mut finding = sink
            .finding(mistake.message.as_str())
            .at(mistake.place.clone());
        if let Some((message, place)) = &mistake.related {
            finding = finding.related(message.as_str(), place.clone());
        }
        sink.push(finding);
    }
}
