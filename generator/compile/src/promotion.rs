//! Promotions by hand: a WorkflowTemplate for each project that proposes what one environment runs to the next.
//!
//! Everything about a promotion is compiled, a template for each environment that gets one; who starts it chooses among
//! them and names an application. What a Git tag promotes is part of the application's run templates.

use crate::CompileError;
use crate::argo::time::{STEP_SECONDS, with_retries};
use crate::argo::{Promotion, of_workflow, promote, why_deadline};
use crate::container::restricted_pod;
use crate::context::Context;
use crate::labels;
use crate::names::{account, template as template_name};
use luban_api_argo_workflows::{
    Arguments, LabelValueFrom, Metadata, Mutex, ParallelSteps, Parameter, PodGC, Synchronization,
    TTLStrategy, Template, WorkflowMetadata, WorkflowSpec, WorkflowStep, WorkflowTemplate,
};
use luban_api_core::named_in;
use luban_platform::derived;
use luban_platform::model::{Environment, Project, PromotionTrigger};

/// Seconds that a promotion may take: it clones, checks, pushes and opens a pull request, and waits for nobody.
const DEADLINE_SECONDS: i64 = with_retries(STEP_SECONDS);
/// Seconds in an hour.
const HOUR_SECONDS: u32 = 3600;
/// How long the pod of a finished promotion stays, for its logs.
const POD_STAYS: &str = "1h";

const APPLICATION: &str = "application";
const ENVIRONMENT: &str = "environment";
const DIGEST: &str = "digest";

/// Environments that people may promote to, in order of promotion.
fn targets<'a>(context: &Context<'a>) -> Vec<&'a Environment> {
    let environments = context.platform.environments.iter();
    environments
        .map(|environment| &**environment)
        .filter(|environment| {
            environment.after.is_some() && environment.on.contains(&PromotionTrigger::Manual)
        })
        .collect()
}

/// The WorkflowTemplate `promote` of a project; nothing where nobody can promote anything by hand.
///
/// # Errors
/// When the arguments of a step do not fit its verb.
pub(crate) fn template(
    context: &Context<'_>,
    project: &Project,
) -> Result<Option<WorkflowTemplate>, CompileError> {
    let targets = targets(context);
    let applications: Vec<String> = project
        .applications
        .iter()
        .filter(|application| application.deploy.is_some())
        .map(|application| application.name.to_string())
        .collect();
    if targets.is_empty() || applications.is_empty() {
        return Ok(None);
    }
    let environments: Vec<String> = targets
        .iter()
        .map(|environment| environment.name.to_string())
        .collect();
    let mut templates = vec![entrypoint(&targets)];
    for environment in targets {
        templates.push(promotion(context, project, environment)?);
    }
    let seconds = context.platform.keep.hours.saturating_mul(HOUR_SECONDS);
    let spec = WorkflowSpec {
        entrypoint: Some(template_name::PROMOTE.to_owned()),
        arguments: Some(Arguments {
            parameters: vec![
                choice(APPLICATION, "Application to promote", applications),
                choice(
                    ENVIRONMENT,
                    "Environment that gets the release",
                    environments,
                ),
                Parameter {
                    name: DIGEST.to_owned(),
                    description: Some(
                        "Digest that must be the one that is promoted; empty for any".to_owned(),
                    ),
                    value: Some(String::new()),
                    ..Parameter::default()
                },
            ],
            ..Arguments::default()
        }),
        templates,
        service_account_name: Some(account::PROMOTE.to_owned()),
        security_context: Some(restricted_pod()),
        pod_metadata: Some(Metadata {
            labels: labels::map([(labels::PROJECT, project.name.as_str())]),
            ..Metadata::default()
        }),
        synchronization: mutex(context),
        active_deadline_seconds: Some(DEADLINE_SECONDS),
        pod_gc: Some(PodGC {
            strategy: Some("OnPodCompletion".to_owned()),
            delete_delay_duration: Some(POD_STAYS.to_owned()),
            ..PodGC::default()
        }),
        ttl_strategy: Some(TTLStrategy {
            seconds_after_completion: Some(i32::try_from(seconds).unwrap_or(i32::MAX)),
            ..TTLStrategy::default()
        }),
        workflow_metadata: Some(WorkflowMetadata {
            labels: labels::map([(labels::PROJECT, project.name.as_str())]),
            labels_from: [
                (labels::APPLICATION, APPLICATION),
                (labels::ENVIRONMENT, ENVIRONMENT),
            ]
            .map(|(label, parameter)| {
                let expression = format!("workflow.parameters.{parameter}");
                (label.to_owned(), LabelValueFrom { expression })
            })
            .into(),
            ..WorkflowMetadata::default()
        }),
        ..WorkflowSpec::default()
    };
    let mut metadata = named_in(derived::ci_namespace(project), template_name::PROMOTE);
    metadata.labels = Some(labels::map([(labels::PROJECT, project.name.as_str())]));
    metadata.annotations = Some(why_deadline());
    Ok(Some(WorkflowTemplate {
        metadata,
        spec,
        ..WorkflowTemplate::default()
    }))
}

/// A parameter that must be one of `names`; the value where there is only one to choose.
fn choice(name: &str, description: &str, names: Vec<String>) -> Parameter {
    Parameter {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        value: match names.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        },
        enum_: names,
        ..Parameter::default()
    }
}

/// One promotion of an application at a time: two would write the same branch.
fn mutex(context: &Context<'_>) -> Option<Synchronization> {
    let knows_lists = context
        .platform
        .targets
        .support(luban_platform::versions::Feature::LOCK_LISTS);
    knows_lists.then(|| Synchronization {
        mutexes: vec![Mutex {
            name: Some(format!(
                "{}-{{{{workflow.parameters.{APPLICATION}}}}}",
                template_name::PROMOTE
            )),
            ..Mutex::default()
        }],
        ..Synchronization::default()
    })
}

/// Chooses the template of the environment. The condition is an expression, so the parameter is compared as a value and
/// never becomes part of what is evaluated.
fn entrypoint(targets: &[&Environment]) -> Template {
    let steps = targets.iter().map(|environment| WorkflowStep {
        name: Some(environment.name.to_string()),
        template: Some(template_for(environment)),
        when: Some(format!(
            "{{{{=workflow.parameters.{ENVIRONMENT} == '{}'}}}}",
            environment.name
        )),
        ..WorkflowStep::default()
    });
    Template {
        name: Some(template_name::PROMOTE.to_owned()),
        steps: vec![ParallelSteps(steps.collect())],
        ..Template::default()
    }
}

fn template_for(environment: &Environment) -> String {
    format!("{}-to-{}", template_name::PROMOTE, environment.name)
}

/// The promotion to one environment.
fn promotion(
    context: &Context<'_>,
    project: &Project,
    environment: &Environment,
) -> Result<Template, CompileError> {
    promote(
        context,
        environment,
        Promotion {
            name: template_for(environment),
            inputs: &[],
            project: project.name.to_string(),
            application: of_workflow(APPLICATION),
            digest: of_workflow(DIGEST),
            tag: None,
            signing_secret: project.sign.as_ref().map(|sign| sign.key.to_string()),
            push_secret: project.registry.push.to_string(),
        },
    )
}

#[cfg(test)]
mod tests;
