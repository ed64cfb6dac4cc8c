//! Git tags: they build nothing. The tag is put on the image that was released for its commit, and that is promoted.

use super::deliver::{DIGEST, REVISION};
use super::mount::Mount;
use super::pod::{Pod, path};
use super::promote::{Promotion, promote};
use super::report::{SBOM, of_outputs, report, template as report_template};
use super::setting::{
    APPLICATION, GITOPS_PATH, IMAGE, PROJECT, PROVIDER, PUSH_SECRET, SIGNING_SECRET, SOURCE,
    SOURCE_CA_SECRET, SOURCE_SECRET, settings,
};
use super::time::{STEP_SECONDS, with_retries};
use super::{
    dag, declared, hand_on, metadata, of_input, of_task, of_workflow, task, valued, workflow,
};
use crate::CompileError;
use crate::container::Size;
use crate::context::Context;
use crate::delivery::promotes_tags;
use crate::labels;
use crate::names::{account, template as template_name};
use crate::run::{Occasion, RunTemplate, parameter};
use luban_api_argo_workflows::{
    Arguments, ClusterWorkflowTemplate, DAGTask, Mutex, Synchronization, Template, Workflow,
    WorkflowSpec, WorkflowTemplateRef,
};
use luban_api_core::ObjectMeta;
use luban_command::{self as command, Call};
use luban_platform::derived::ci_namespace;
use luban_platform::model::{Application, Environment, Project, PromotionTrigger};
use luban_platform::versions::Feature;

/// The image's tag, made of the Git tag.
const TAG: &str = "tag";

/// The settings that tags' runs need.
const SETTINGS: [&str; 10] = [
    PROJECT,
    APPLICATION,
    PROVIDER,
    SOURCE,
    SOURCE_SECRET,
    SOURCE_CA_SECRET,
    IMAGE,
    GITOPS_PATH,
    PUSH_SECRET,
    SIGNING_SECRET,
];

const RETAG_INPUTS: [&str; 7] = [
    GITOPS_PATH,
    REVISION,
    parameter::REF,
    SOURCE,
    SOURCE_SECRET,
    SOURCE_CA_SECRET,
    PUSH_SECRET,
];
const PROMOTE_INPUTS: [&str; 6] = [
    PROJECT,
    APPLICATION,
    DIGEST,
    TAG,
    SIGNING_SECRET,
    PUSH_SECRET,
];

/// The ClusterWorkflowTemplate `retag`.
pub(crate) fn template(context: &Context<'_>) -> Result<ClusterWorkflowTemplate, CompileError> {
    let mut tasks = vec![task("retag", "retag", hand_on(&RETAG_INPUTS, of_workflow))];
    let mut templates = vec![retag(context)?];
    // A later environment may have to wait for an earlier one, which this very tag promotes to.
    for environment in promoted(context) {
        let template = promotion(context, environment)?;
        let name = template.name.clone().unwrap_or_default();
        let parameters = hand_on(&PROMOTE_INPUTS, |input| match input {
            DIGEST | TAG => of_task("retag", input),
            _ => of_workflow(input),
        });
        let before = tasks.last().map(|task| task.name.clone());
        tasks.push(DAGTask {
            depends: before,
            ..task(&name, &name, parameters)
        });
        templates.push(template);
    }
    let exit = report(|name| match name {
        DIGEST => of_outputs(DIGEST),
        // The image is one that is there already, with all that belongs to it.
        SBOM => String::new(),
        _ => of_workflow(name),
    });
    templates.insert(0, dag("main", tasks));
    templates.push(dag("exit", vec![exit]));
    templates.push(report_template(context)?);
    let steps = i64::try_from(promoted(context).count()).unwrap_or(0) + 1;
    let parameters = [parameter::REVISION, parameter::REF]
        .iter()
        .chain(&SETTINGS)
        .map(|name| declared(name));
    Ok(ClusterWorkflowTemplate {
        metadata: metadata(template_name::RETAG),
        spec: WorkflowSpec {
            synchronization: lock(context),
            ..workflow(
                context.platform.keep,
                steps * with_retries(STEP_SECONDS),
                parameters.collect(),
                templates,
            )
        },
        ..ClusterWorkflowTemplate::default()
    })
}

/// The lock of promotions by hand, so that the two never write one branch at a time.
fn lock(context: &Context<'_>) -> Option<Synchronization> {
    let targets = &context.platform.targets;
    let knows_lists = targets.support(Feature::LOCK_LISTS);
    knows_lists.then(|| Synchronization {
        mutexes: vec![Mutex {
            name: Some(format!(
                "{}-{}",
                template_name::PROMOTE,
                of_workflow(APPLICATION)
            )),
            ..Mutex::default()
        }],
        ..Synchronization::default()
    })
}

/// The run of a Git tag; none if no environment is promoted to by tags, or the application is deployed nowhere.
pub(crate) fn tag_run(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
) -> Result<Option<RunTemplate>, CompileError> {
    if !promotes_tags(context.platform) || application.deploy.is_none() {
        return Ok(None);
    }
    let known = settings(context.platform, project, application);
    let known = known
        .into_iter()
        .filter(|(name, _)| SETTINGS.contains(name));
    let filled_in = vec![parameter::REVISION, parameter::REF];
    let empty = filled_in.iter().map(|&name| (name, String::new()));
    let arguments = Arguments {
        parameters: empty
            .chain(known)
            .map(|(name, value)| valued(name, value))
            .collect(),
        ..Arguments::default()
    };
    let namespace = ci_namespace(project);
    let run = run(
        &namespace,
        project,
        application,
        Occasion::Tag,
        template_name::RETAG,
        arguments,
    );
    Ok(Some(RunTemplate {
        occasion: Occasion::Tag,
        kind: "Workflow",
        text: super::raw::text(template_name::RETAG, &run)?,
        namespace,
        parameters: filled_in,
    }))
}

/// A run of a ClusterWorkflowTemplate, without name.
pub(crate) fn run(
    namespace: &str,
    project: &Project,
    application: &Application,
    occasion: Occasion,
    template: &str,
    arguments: Arguments,
) -> Workflow {
    Workflow {
        metadata: ObjectMeta {
            namespace: Some(namespace.to_owned()),
            labels: Some(labels::of_run(project, application, occasion)),
            ..ObjectMeta::default()
        },
        spec: WorkflowSpec {
            workflow_template_ref: Some(WorkflowTemplateRef {
                name: Some(template.to_owned()),
                cluster_scope: Some(true),
            }),
            arguments: Some(arguments),
            ..WorkflowSpec::default()
        },
        ..Workflow::default()
    }
}

/// Environments that a Git tag promotes to, in order of promotion.
fn promoted<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Environment> {
    let environments = context.platform.environments.iter();
    environments
        .map(AsRef::as_ref)
        .filter(|environment| environment.on.contains(&PromotionTrigger::GitTag))
}

fn retag(context: &Context<'_>) -> Result<Template, CompileError> {
    let gitops = &context.platform.gitops;
    let call = Call::new(&command::RETAG)
        .flag(&command::retag::GITOPS, gitops.repository.to_string())
        .flag(&command::retag::BRANCH, gitops.branch.clone())
        .flag(&command::retag::PATH, of_input(GITOPS_PATH))
        .flag(&command::retag::CREDENTIALS, path::GITOPS)
        .flag(&command::retag::REVISION, of_input(REVISION))
        .flag(&command::retag::REF, of_input(parameter::REF))
        .flag(&command::retag::SOURCE, of_input(SOURCE))
        .flag(&command::retag::SOURCE_CREDENTIALS, path::SOURCE)
        .flag(&command::retag::CERTIFICATE_AUTHORITY, path::CERTIFICATES);
    let credentials = Mount::credentials(gitops.credentials.to_string());
    Pod::new(context, "retag", account::RELEASE, call)
        .size(Size::MEDIUM)
        .inputs(&RETAG_INPUTS)
        .output(DIGEST, Some(DIGEST))
        .output(TAG, None)
        .secrets("gitops", path::GITOPS, vec![credentials])
        .secrets(
            "source",
            path::SOURCE,
            vec![Mount::credentials(of_input(SOURCE_SECRET))],
        )
        .registry(of_input(PUSH_SECRET))
        .certificates(true, Some(of_input(SOURCE_CA_SECRET)))
        .build()
}

fn promotion(context: &Context<'_>, environment: &Environment) -> Result<Template, CompileError> {
    promote(
        context,
        environment,
        Promotion {
            name: format!("promote-{}", environment.name),
            inputs: &PROMOTE_INPUTS,
            project: of_input(PROJECT),
            application: of_input(APPLICATION),
            digest: of_input(DIGEST),
            tag: Some(of_input(TAG)),
            signing_secret: Some(of_input(SIGNING_SECRET)),
            push_secret: of_input(PUSH_SECRET),
        },
    )
}
