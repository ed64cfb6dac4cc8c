//! The ClusterWorkflowTemplates of builds and of rebuilds that kpack started itself.

use crate::CompileError;
use crate::argo::time::{DELIVER_SECONDS, STEP_SECONDS, with_retries};
use crate::argo::{
    DIGEST, Pod, REASON, RELEASE, REVISION, SBOM, dag, declared, deliver, deliver_templates,
    metadata, of_outputs, of_task, of_workflow, report, report_template, setting, task, workflow,
};
use crate::context::Context;
use crate::names::{account, limits, template};
use crate::run::parameter;
use k8s_openapi::api::core::v1::ConfigMapKeySelector;
use luban_api_argo_workflows::{
    Arguments, Artifact, ClusterWorkflowTemplate, DAGTask, Inputs, Mutex, RawArtifact,
    SemaphoreRef, Synchronization, Template, WorkflowSpec,
};
use luban_command::{self as command, Call, kpack_build, kpack_rebuilt};

/// What kpack's own pod may take: room for a first build without any cache, and short enough that a build that hangs does
/// not hold its application's lock for half a day.
pub(super) const BUILD_SECONDS: i64 = 3000;

/// How long a Build may wait for its builder, its source or a node, before and after its pod runs.
const WAIT_SECONDS: i64 = 600;

/// How long `luban step kpack-build` waits for a Build: it sees kpack's own limit first.
pub(super) const AWAIT_SECONDS: i64 = BUILD_SECONDS + WAIT_SECONDS;

/// What the step needs beside: to start, to apply the object, and to say why it gave up.
const MARGIN_SECONDS: i64 = 300;

/// The pod of the step.
pub(super) const BUILD_STEP_SECONDS: i64 = AWAIT_SECONDS + MARGIN_SECONDS;

/// How long after the first attempt another may start. A pod that was lost comes back to the same Build, which ends
/// within that time.
pub(super) const BUILD_RETRY_SECONDS: i64 = AWAIT_SECONDS;

/// All attempts of the step: the last starts within the first's limit.
pub(super) const BUILD_ALL_SECONDS: i64 = BUILD_RETRY_SECONDS + BUILD_STEP_SECONDS;

/// A whole build.
pub(super) const BUILD_WORKFLOW_SECONDS: i64 = BUILD_ALL_SECONDS + DELIVER_SECONDS;

/// The delivery of a rebuild.
pub(super) const REBUILT_WORKFLOW_SECONDS: i64 = with_retries(STEP_SECONDS) + DELIVER_SECONDS;

/// The artifact that holds the compiled Image or Build.
pub(super) const OBJECT: &str = "object";
const OBJECT_PATH: &str = "/luban/object/object.yaml";

/// What looks at a rebuild: in the run, which fails if the Build failed, and in its exit handler, which reports that.
const INSPECT: &str = "inspect";
const INSPECT_AGAIN: &str = "inspect-again";

/// Names of a kpack Image and of its Build.
const IMAGE: &str = "image";
const BUILD: &str = "build";

/// The ClusterWorkflowTemplate `kpack-build`.
pub(crate) fn build_template(
    context: &Context<'_>,
) -> Result<ClusterWorkflowTemplate, CompileError> {
    let build = DAGTask {
        arguments: Some(Arguments {
            parameters: Vec::new(),
            artifacts: vec![Artifact {
                name: OBJECT.to_owned(),
                from: Some(format!("{{{{inputs.artifacts.{OBJECT}}}}}")),
                ..Artifact::default()
            }],
        }),
        ..task("build", "build", Vec::new())
    };
    let deliver = DAGTask {
        depends: Some("build".to_owned()),
        ..deliver(context, of_workflow, |name| match name {
            REVISION | RELEASE => of_workflow(name),
            _ => of_task("build", name),
        })
    };
    let main = Template {
        inputs: Some(Inputs {
            artifacts: vec![Artifact {
                name: OBJECT.to_owned(),
                ..Artifact::default()
            }],
            ..Inputs::default()
        }),
        ..dag("main", vec![build, deliver])
    };
    let exit = report(|name| match name {
        DIGEST | SBOM => of_outputs(name),
        _ => of_workflow(name),
    });
    let mut templates = vec![main, build_pod(context)?];
    templates.extend(deliver_templates(context)?);
    templates.push(dag("exit", vec![exit]));
    templates.push(report_template(context)?);
    let parameters = [parameter::REVISION, parameter::REF, RELEASE]
        .iter()
        .chain(&setting::ALL)
        .map(|name| declared(name));
    let spec = workflow(
        context.platform.keep,
        BUILD_WORKFLOW_SECONDS,
        parameters.collect(),
        templates,
    );
    Ok(ClusterWorkflowTemplate {
        metadata: metadata(template::KPACK_BUILD),
        spec: WorkflowSpec {
            arguments: spec.arguments.map(|arguments| Arguments {
                artifacts: vec![object(
                    "# The compiled Image or Build; every run has its own.\n",
                )],
                ..arguments
            }),
            synchronization: Some(Synchronization {
                mutexes: vec![mutex(&of_workflow(setting::APPLICATION))],
                semaphores: vec![SemaphoreRef {
                    config_map_key_ref: Some(ConfigMapKeySelector {
                        name: limits::CONFIG_MAP.to_owned(),
                        key: limits::KPACK.to_owned(),
                        optional: None,
                    }),
                    ..SemaphoreRef::default()
                }],
            }),
            ..spec
        },
        ..ClusterWorkflowTemplate::default()
    })
}

/// The ClusterWorkflowTemplate `kpack-rebuilt`: what it needs to know is in the annotations of the Image.
pub(crate) fn rebuilt_template(
    context: &Context<'_>,
) -> Result<ClusterWorkflowTemplate, CompileError> {
    let deliver = DAGTask {
        depends: Some("inspect".to_owned()),
        when: Some(format!("{} == true", of_task("inspect", RELEASE))),
        ..deliver(
            context,
            |name| of_task("inspect", name),
            |name| of_task("inspect", name),
        )
    };
    // The exit handler looks again: whatever failed, it then knows whom to tell.
    let report = DAGTask {
        depends: Some("inspect".to_owned()),
        ..report(|name| match name {
            SBOM => of_outputs(name),
            _ => of_task("inspect", name),
        })
    };
    let inspect = |template| task("inspect", template, Vec::new());
    let mut templates = vec![
        dag("main", vec![inspect(INSPECT), deliver]),
        inspect_pod(context, INSPECT, true)?,
    ];
    templates.extend(deliver_templates(context)?);
    templates.push(dag("exit", vec![inspect(INSPECT_AGAIN), report]));
    templates.push(inspect_pod(context, INSPECT_AGAIN, false)?);
    templates.push(report_template(context)?);
    let spec = workflow(
        context.platform.keep,
        REBUILT_WORKFLOW_SECONDS,
        vec![declared(IMAGE), declared(BUILD)],
        templates,
    );
    Ok(ClusterWorkflowTemplate {
        metadata: metadata(template::KPACK_REBUILT),
        spec: WorkflowSpec {
            // An Image is called as its application: a rebuild and a build of it wait for each other.
            synchronization: Some(Synchronization {
                mutexes: vec![mutex(&of_workflow(IMAGE))],
                ..Synchronization::default()
            }),
            ..spec
        },
        ..ClusterWorkflowTemplate::default()
    })
}

/// The compiled object as an artifact.
pub(super) fn object(text: &str) -> Artifact {
    Artifact {
        name: OBJECT.to_owned(),
        raw: Some(RawArtifact {
            data: text.to_owned(),
        }),
        ..Artifact::default()
    }
}

fn mutex(application: &str) -> Mutex {
    Mutex {
        name: Some(format!("kpack-{application}")),
        ..Mutex::default()
    }
}

fn build_pod(context: &Context<'_>) -> Result<Template, CompileError> {
    let call = Call::new(&command::KPACK_BUILD)
        .flag(&kpack_build::OBJECT, OBJECT_PATH)
        .flag(&kpack_build::REVISION, of_workflow(REVISION))
        .flag(
            &kpack_build::TAG,
            format!("{}:{}", of_workflow(setting::IMAGE), of_workflow(REVISION)),
        )
        .flag(&kpack_build::NAME, "{{workflow.name}}")
        .flag(&kpack_build::OWNER_UID, "{{workflow.uid}}")
        .flag(&kpack_build::TIMEOUT, AWAIT_SECONDS.to_string());
    Pod::new(context, "build", account::KPACK_STEP, call)
        .deadline(BUILD_STEP_SECONDS)
        .retry_within(BUILD_RETRY_SECONDS)
        .file(OBJECT, OBJECT_PATH)
        .output(DIGEST, Some(DIGEST))
        .output(REASON, None)
        .build()
}

fn inspect_pod(
    context: &Context<'_>,
    name: &str,
    fails_with_build: bool,
) -> Result<Template, CompileError> {
    let call = Call::new(&command::KPACK_REBUILT)
        .flag(&kpack_rebuilt::IMAGE, of_workflow(IMAGE))
        .flag(&kpack_rebuilt::BUILD, of_workflow(BUILD));
    let call = match fails_with_build {
        true => call.flag(&kpack_rebuilt::FAIL_WITH_BUILD, "true"),
        false => call,
    };
    let results = [REVISION, DIGEST, REASON, RELEASE];
    let pod = Pod::new(context, name, account::KPACK_STEP, call);
    results
        .iter()
        .chain(&setting::ALL)
        .fold(pod, |pod, name| pod.output(name, None))
        .build()
}
