//! Runs of an application: whole PipelineRuns in which dispatch fills in the commit and the ref.

use super::interface::{Param, param};
use super::parts::{BRANCHES_SCOPE, RELEASE_SCOPE};
use super::pipeline::{self, pipeline_name};
use super::timeouts;
use crate::CompileError;
use crate::context::Context;
use crate::labels;
use crate::names::{self, account};
use crate::queue;
use crate::run::{Occasion, RunTemplate, parameter};
use luban_api_core::ObjectMeta;
use luban_api_tekton::{
    Param as Value, ParamValue, PipelineRef, PipelineRun, PipelineRunSpec, PipelineTaskRunTemplate,
    TimeoutFields,
};
use luban_platform::derived::build_namespace;
use luban_platform::model::{
    Application, Build, Project, Queue, RailpackBuild, RailpackBuilder, Severity,
};
#[cfg(test)]
use std::collections::{BTreeMap, BTreeSet};

/// The label by which Kueue knows the queue of a run.
const QUEUE_LABEL: &str = "kueue.x-k8s.io/queue-name";
/// Everything that a run is made from.
pub(super) struct Of<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) railpack: &'a RailpackBuilder,
    pub(super) project: &'a Project,
    pub(super) application: &'a Application,
    pub(super) build: &'a RailpackBuild,
}

/// The run templates of an application that railpack builds; none of any other.
pub(crate) fn runs(
    context: &Context<'_>,
    project: &Project,
    application: &Application,
) -> Result<Vec<RunTemplate>, CompileError> {
    let (Build::Railpack(build), Some(railpack)) = (&application.build, &context.platform.railpack)
    else {
        return Ok(Vec::new());
    };
    let of = Of {
        context,
        railpack,
        project,
        application,
        build,
    };
    let mut occasions = vec![Occasion::Release];
    if application.source.builds_other_branches() {
        occasions.push(Occasion::Branch);
    }
    occasions
        .into_iter()
        .map(|occasion| of.template(occasion))
        .collect()
}

/// The Secrets that runs of `project` mount or pull with, with their keys.
#[cfg(test)]
pub(crate) fn secrets(
    context: &Context<'_>,
    project: &Project,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut secrets: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let Some(railpack) = &context.platform.railpack else {
        return secrets;
    };
    for application in &project.applications {
        let Build::Railpack(build) = &application.build else {
            continue;
        };
        let of = Of {
            context,
            railpack,
            project,
            application,
            build,
        };
        for (name, key) in of.secret_keys(Occasion::Release) {
            secrets.entry(name).or_default().insert(key);
        }
        if let Some(pull) = &railpack.registry.pull {
            let keys = secrets.entry(pull.to_string()).or_default();
            keys.insert(".dockerconfigjson".to_owned());
        }
    }
    secrets
}

/// What a reviewer asks about a run.
const WHY_TIMEOUTS: &str =
    "timeouts are what the tasks may take one after another, and the report after them";

impl Of<'_> {
    fn template(&self, occasion: Occasion) -> Result<RunTemplate, CompileError> {
        let run = self.run(occasion);
        let text = luban_yaml::to_string(&run).map_err(|source| CompileError::Write {
            path: format!("{}/{}", self.project.name, self.application.name),
            source,
        })?;
        Ok(RunTemplate {
            occasion,
            kind: "PipelineRun",
            namespace: build_namespace(self.project),
            parameters: vec![parameter::REVISION, parameter::REF],
            text,
        })
    }

    pub(super) fn run(&self, occasion: Occasion) -> PipelineRun {
        let platform = self.context.platform;
        let mut metadata = ObjectMeta {
            namespace: Some(build_namespace(self.project)),
            labels: Some(labels::of_run(self.project, self.application, occasion)),
            ..ObjectMeta::default()
        };
        let is_queued = platform.queue == Queue::Kueue;
        let label = is_queued.then_some((QUEUE_LABEL, names::QUEUE));
        if let Some((key, value)) = label {
            let labels = metadata.labels.get_or_insert_default();
            labels.insert(key.to_owned(), value.to_owned());
        }
        if is_queued {
            let requests = queue::requests(self.railpack, self.build.platforms.len());
            metadata
                .annotations
                .get_or_insert_default()
                .extend(requests.map(|(resource, amount)| (resource.to_owned(), amount)));
        }
        metadata
            .annotations
            .get_or_insert_default()
            .insert(labels::REASON.to_owned(), WHY_TIMEOUTS.to_owned());
        let minutes = self.railpack.timeout_minutes;
        PipelineRun {
            metadata,
            spec: PipelineRunSpec {
                pipeline_ref: Some(PipelineRef {
                    resolver: Some("cluster".to_owned()),
                    params: [
                        ("kind", "pipeline"),
                        ("name", &pipeline_name(&self.build.platforms)),
                        ("namespace", names::SYSTEM),
                    ]
                    .map(|(name, value)| Value {
                        name: name.to_owned(),
                        value: ParamValue::from(value),
                    })
                    .to_vec(),
                    ..PipelineRef::default()
                }),
                params: self.params(occasion),
                workspaces: self.workspaces(occasion),
                task_run_template: Some(PipelineTaskRunTemplate {
                    service_account_name: Some(account::RAILPACK.to_owned()),
                    pod_template: Some(self.pod()),
                }),
                task_run_specs: self.task_run_specs(),
                timeouts: Some(TimeoutFields {
                    pipeline: Some(timeouts::duration(timeouts::run(minutes))),
                    tasks: Some(timeouts::duration(timeouts::tasks(minutes))),
                    finally: Some(timeouts::duration(timeouts::REPORT)),
                }),
                // A queue starts it; tekton-kueue clears this when the run is admitted.
                status: is_queued.then(|| "PipelineRunPending".to_owned()),
                ..PipelineRunSpec::default()
            },
            ..PipelineRun::default()
        }
    }

    /// Values for every parameter of the Pipeline; what dispatch fills in is empty.
    fn params(&self, occasion: Occasion) -> Vec<Value> {
        let source = &self.application.source;
        let registry = &self.project.registry;
        let image = registry.image_of(&self.project.name, &self.application.name);
        let host = registry.host.to_string();
        let repository = image
            .strip_prefix(&format!("{host}/"))
            .unwrap_or(&image)
            .to_owned();
        let is_release = occasion == Occasion::Release;
        let releases = is_release && self.application.deploy.is_some();
        let tags: &[_] = if is_release { &self.build.tags } else { &[] };
        let scan = self.project.scan.as_ref();
        let text = |param: Param, value: &str| param.with(value);
        let flag = |param: Param, value: bool| param.with(value.to_string());
        let pairs = |param: Param, pairs: &mut dyn Iterator<Item = (&String, &String)>| {
            param.with(
                pairs
                    .map(|(key, value)| format!("{key}={value}"))
                    .collect::<Vec<_>>(),
            )
        };
        let values = vec![
            text(param::REVISION, ""),
            text(param::REF, ""),
            text(param::PROJECT, self.project.name.as_str()),
            text(param::APPLICATION, self.application.name.as_str()),
            text(param::PROVIDER, self.project.provider.kind.as_str()),
            text(param::URL, source.clone_url.as_str()),
            text(param::SOURCE_BRANCH, &source.release),
            flag(param::SUBMODULES, source.submodules),
            flag(param::LFS, source.lfs),
            text(param::CONTEXT_PATH, source.path.as_str()),
            text(param::IMAGE_REGISTRY, &host),
            text(param::IMAGE_REPOSITORY, &repository),
            // The project's name and nothing else: no user can choose another project's.
            text(param::CACHE_KEY, self.project.name.as_str()),
            text(
                param::CACHE_SCOPE,
                if is_release {
                    RELEASE_SCOPE
                } else {
                    BRANCHES_SCOPE
                },
            ),
            param::BUILD_SECRETS.with(self.secret_names()),
            pairs(param::ADDITIONAL_BUILD_ARGS, &mut self.build.args.iter()),
            pairs(param::LABELS, &mut self.build.labels.iter()),
            param::ADDITIONAL_TAGS.with(tags.iter().map(ToString::to_string).collect::<Vec<_>>()),
            flag(param::MOVE_TAGS, !tags.is_empty()),
            flag(param::SCAN, scan.is_some()),
            param::SCAN_FAIL_ON.with(
                scan.iter()
                    .flat_map(|scan| &scan.fail_on)
                    .map(|severity| severity_name(*severity).to_owned())
                    .collect::<Vec<_>>(),
            ),
            flag(
                param::SCAN_IGNORE_UNFIXED,
                scan.is_some_and(|scan| scan.ignore_unfixed),
            ),
            flag(param::SIGN, self.project.sign.is_some()),
            flag(param::RELEASE, releases),
            text(
                param::RELEASE_PATH,
                &if releases {
                    self.release_path()
                } else {
                    String::new()
                },
            ),
        ];
        let declared = pipeline::params(self.context);
        values
            .into_iter()
            .filter(|value| declared.iter().any(|param| param.name == value.name))
            .collect()
    }

    pub(super) fn secret_names(&self) -> Vec<String> {
        self.build.secrets.iter().map(ToString::to_string).collect()
    }

    fn release_path(&self) -> String {
        let environment = self.context.platform.first_environment();
        names::release_folder(self.project, self.application, environment)
    }
}

/// A severity as Trivy writes it.
fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "LOW",
        Severity::Medium => "MEDIUM",
        Severity::High => "HIGH",
        Severity::Critical => "CRITICAL",
    }
}
