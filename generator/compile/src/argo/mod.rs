//! What compiled Argo Workflows templates share: the pod of a step, its time, its retries, and the way from a built
//! image to its release.
//!
//! Every pod runs one verb of `luban step`. What comes from a project is an input of the template, so that one
//! ClusterWorkflowTemplate serves all projects: names of Secrets and paths are arguments that the run has compiled in.

mod deliver;
#[cfg(test)]
mod jobs;
mod mount;
mod pod;
mod promote;
mod raw;
mod report;
mod retag;
pub(crate) mod setting;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod time;

pub(crate) use deliver::{
    DIGEST, REASON, RELEASE, REVISION, SIGNATURE_FORMAT, deliver, deliver_templates,
};
pub(crate) use mount::Mount;
pub(crate) use pod::{Pod, empty_dir, env, path, proxy_env};
pub(crate) use promote::{Promotion, promote};
pub(crate) use raw::{inert, text};
pub(crate) use report::{SBOM, of_outputs, report, template as report_template};
pub(crate) use retag::{run, tag_run};

use crate::CompileError;
use crate::container::restricted_pod;
use crate::context::Context;
use crate::delivery::{delivery_path, promotes_tags};
use crate::kpack;
use crate::labels;
use crate::names::account;
use crate::tree::Folder;
use luban_api_argo_workflows::{
    Arguments, DAGTask, DAGTemplate, Parameter, PodGC, TTLStrategy, Template, WorkflowSpec,
};
use luban_api_core::{ObjectMeta, named};
use luban_platform::model::Keep;
use std::collections::BTreeMap;

/// Seconds of an hour.
const HOUR: u32 = 3600;

/// How long pods that succeeded stay, so that whatever collects their logs has read them.
const POD_DELETE_DELAY: &str = "10m";

/// The ClusterWorkflowTemplates of the delivery cluster; empty if the platform has neither kpack nor promotions by tag.
pub(crate) fn argo_workflows_folder(context: &Context<'_>) -> Result<Folder, CompileError> {
    let mut folder = context.folder(delivery_path("argo-workflows"));
    if context.platform.kpack.is_some() {
        folder.add(kpack::build_template(context)?)?;
        folder.add(kpack::rebuilt_template(context)?)?;
    }
    if promotes_tags(context.platform) {
        folder.add(retag::template(context)?)?;
    }
    Ok(folder)
}

/// What every workflow has: an end, a clean-up, and a security context.
pub(crate) fn workflow(
    keep: Keep,
    deadline_seconds: i64,
    parameters: Vec<Parameter>,
    templates: Vec<Template>,
) -> WorkflowSpec {
    let kept = keep.hours.saturating_mul(HOUR);
    WorkflowSpec {
        entrypoint: Some("main".to_owned()),
        on_exit: Some("exit".to_owned()),
        arguments: (!parameters.is_empty()).then(|| Arguments {
            parameters,
            ..Arguments::default()
        }),
        // Every template names its own account; this one, which may do nothing, is for what has none.
        service_account_name: Some(account::REPORT.to_owned()),
        security_context: Some(restricted_pod()),
        active_deadline_seconds: Some(deadline_seconds),
        ttl_strategy: Some(TTLStrategy {
            seconds_after_completion: Some(i32::try_from(kept).unwrap_or(i32::MAX)),
            ..TTLStrategy::default()
        }),
        // Pods that failed stay with their workflow, for whoever looks into them.
        pod_gc: Some(PodGC {
            strategy: Some("OnPodSuccess".to_owned()),
            delete_delay_duration: Some(POD_DELETE_DELAY.to_owned()),
            ..PodGC::default()
        }),
        templates,
        ..WorkflowSpec::default()
    }
}

/// Why the deadline of a workflow is as long as it is; whoever reads the YAML asks.
const WHY_DEADLINE: &str = "activeDeadlineSeconds is what the steps may take one after another with all their attempts; \
    each step has a limit of its own, which it meets first";

/// The annotation that says it.
pub(crate) fn why_deadline() -> BTreeMap<String, String> {
    labels::map([(labels::REASON, WHY_DEADLINE)])
}

/// Metadata of a ClusterWorkflowTemplate.
pub(crate) fn metadata(name: &str) -> ObjectMeta {
    ObjectMeta {
        annotations: Some(why_deadline()),
        ..named(name)
    }
}

/// A declared parameter without value.
pub(crate) fn declared(name: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        ..Parameter::default()
    }
}

/// A parameter with a value.
pub(crate) fn valued(name: &str, value: impl Into<String>) -> Parameter {
    Parameter {
        value: Some(value.into()),
        ..declared(name)
    }
}

/// Arguments that hand each of `names` on, its value made by `from`.
pub(crate) fn hand_on(names: &[&str], from: impl Fn(&str) -> String) -> Vec<Parameter> {
    names.iter().map(|name| valued(name, from(name))).collect()
}

/// The placeholder of a parameter of the workflow.
pub(crate) fn of_workflow(name: &str) -> String {
    format!("{{{{workflow.parameters.{name}}}}}")
}

/// The placeholder of an input of the template.
pub(crate) fn of_input(name: &str) -> String {
    format!("{{{{inputs.parameters.{name}}}}}")
}

/// The placeholder of an output of another task of the DAG.
pub(crate) fn of_task(task: &str, name: &str) -> String {
    format!("{{{{tasks.{task}.outputs.parameters.{name}}}}}")
}

/// A task of a DAG.
pub(crate) fn task(name: &str, template: &str, parameters: Vec<Parameter>) -> DAGTask {
    DAGTask {
        name: name.to_owned(),
        template: Some(template.to_owned()),
        arguments: Some(Arguments {
            parameters,
            ..Arguments::default()
        })
        .filter(|arguments| !arguments.parameters.is_empty()),
        ..DAGTask::default()
    }
}

/// A template that is a DAG.
pub(crate) fn dag(name: &str, tasks: Vec<DAGTask>) -> Template {
    Template {
        name: Some(name.to_owned()),
        dag: Some(DAGTemplate {
            tasks,
            ..DAGTemplate::default()
        }),
        ..Template::default()
    }
}
