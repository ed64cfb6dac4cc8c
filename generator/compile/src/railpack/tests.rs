//! What is compiled is whole; what the tests of a topic share.

mod queue;
mod runs;
mod settings;
mod steps;

use super::checks::{pipeline_problems, run_problems, task_problems};
use super::{pipeline, tasks};
use crate::context::Context;
use crate::run::Occasion;
use crate::testing::{edited, platform};
use luban_api_tekton::{ParamValue, Pipeline, PipelineRun, Task};
use luban_platform::Platform;
use luban_platform::lock::Lock;

/// Everything that is compiled for a platform.
pub(super) struct Compiled {
    pub(super) tasks: Vec<Task>,
    pub(super) pipelines: Vec<Pipeline>,
    /// By project, application and occasion.
    pub(super) runs: Vec<(String, String, Occasion, PipelineRun)>,
}

impl Compiled {
    pub(super) fn of(platform: &Platform) -> Self {
        let lock = Lock::default();
        let context = Context::new(platform, &lock).unwrap();
        let mut runs = Vec::new();
        for (project, application) in platform.applications() {
            for run in super::runs(&context, project, application).unwrap() {
                let names = (project.name.to_string(), application.name.to_string());
                let object = serde_yaml::from_str(&run.text).unwrap();
                runs.push((names.0, names.1, run.occasion, object));
            }
        }
        Self {
            tasks: tasks(&context).unwrap(),
            pipelines: pipeline::pipelines(&context),
            runs,
        }
    }

    pub(super) fn task(&self, name: &str) -> &Task {
        let mut tasks = self.tasks.iter();
        tasks
            .find(|task| task.metadata.name.as_deref() == Some(name))
            .unwrap()
    }

    pub(super) fn run(&self, application: &str, occasion: Occasion) -> &PipelineRun {
        let mut runs = self.runs.iter();
        runs.find(|(_, name, of, _)| name == application && *of == occasion)
            .map(|(_, _, _, run)| run)
            .unwrap()
    }

    fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> = self.tasks.iter().flat_map(task_problems).collect();
        for pipeline in &self.pipelines {
            problems.extend(pipeline_problems(pipeline, &self.tasks));
        }
        for (_, _, _, run) in &self.runs {
            problems.extend(run_problems(run, &self.pipelines));
        }
        problems
    }
}

pub(super) fn text_of(run: &PipelineRun, name: &str) -> String {
    let value = run.spec.params.iter().find(|param| param.name == name);
    match value.map(|param| &param.value) {
        Some(ParamValue::String(text)) => text.clone(),
        Some(ParamValue::Array(texts)) => texts.join(" "),
        _ => panic!("{name}"),
    }
}

pub(super) const SPLIT: (&str, &str) = (
    "      version: v0.37.0\n",
    "      version: v0.37.0\n      layout: split\n",
);

const PROXY: (&str, &str) = (
    "registryEgress: {cidrs: [10.20.0.0/16, 140.82.112.0/20, 185.199.108.0/22]}",
    "registryEgress: {proxy: {url: \"http://proxy.acme.internal:3128\", cidr: 10.9.0.1/32}}",
);

/// Platforms that differ in what this module decides.
pub(super) fn variants() -> Vec<Platform> {
    vec![
        platform(),
        edited(&[SPLIT]),
        edited(&[PROXY]),
        edited(&[
            (
                "    scan: {failOn: [critical, high], ignoreUnfixed: true}\n",
                "",
            ),
            ("    sign: {key: {secret: cosign-key}}\n", ""),
            ("  policies:\n", ""),
            (", signed]", "]"),
            (crate::testing::REPORT, ""),
            ("    queue: kueue\n", ""),
        ]),
    ]
}

#[test]
fn everything_that_is_referred_to_exists() {
    for platform in variants() {
        assert_eq!(Compiled::of(&platform).problems(), Vec::<String>::new());
    }
}

#[test]
fn a_reference_to_nothing_is_found() {
    let mut compiled = Compiled::of(&platform());
    compiled.tasks[0].spec.params[0].name = "uri".into();
    compiled.tasks[3].spec.steps[1].workspaces.clear();
    compiled.tasks[4].spec.results[0].name = "picture".into();
    compiled.pipelines[0].spec.tasks[0].params.remove(0);
    compiled.pipelines[0].spec.workspaces[2].optional = Some(true);
    compiled.runs[0].3.spec.workspaces.remove(0);
    let problems = compiled.problems().join("\n");
    for what in [
        "parameter `url` is not declared",
        "workspace `output` is not seen here",
        "result `image` is not declared",
        "parameter `revision` is missing",
        "workspace `git-credentials` may be missing and is needed",
        "workspace `output` is missing",
    ] {
        assert!(problems.contains(what), "{what}\n{problems}");
    }
}
