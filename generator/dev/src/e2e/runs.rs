//! Runs: from an event to what its containers did, which must be what upstream's own code makes of it.

use super::event::{deliver, metadata};
use super::say;
use super::stations::{BUILDS, WORKFLOWS, Way};
use super::upstream;
use crate::stand_ins::argo::{Outcome, Ran, Workflow};
use crate::stand_ins::container::{Ended, list};
use crate::stand_ins::tekton::{Run, Task};
use crate::stand_ins::variables::plain;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

/// The Sensor of the source's provider.
pub(super) const SOURCE: &str = "source";

impl Way<'_> {
    /// Carries out a Workflow; every container must end well.
    pub(super) fn workflow(&mut self, workflow: &Value) -> Result<()> {
        let outcome = self.carry_out(workflow)?;
        for ran in &outcome.ran {
            for ended in ran.containers() {
                fine(&ran.node, ended)?;
            }
        }
        ensure!(
            outcome.status == "Succeeded" && !outcome.ran.is_empty(),
            "the Workflow is {}",
            outcome.status
        );
        Ok(())
    }

    /// Carries out a Workflow, however it ends: every container ran what upstream's own code makes of its variables.
    pub(super) fn carry_out(&mut self, workflow: &Value) -> Result<Outcome> {
        let place = self.place;
        let outcome = Workflow {
            cluster: &place.cluster,
            programs: &place.programs(),
            directory: &place.pods(),
            workflow,
            instead: &[],
        }
        .to_its_end()?;
        let containers = outcome.ran.iter().flat_map(Ran::containers);
        self.logs.extend(containers.map(|ended| ended.log.clone()));
        let kinds = ["WorkflowTemplate", "ClusterWorkflowTemplate"];
        let made = upstream::containers(&place.argo_workflows, &place.set, &kinds, workflow)?;
        for ran in &outcome.ran {
            // What upstream's code makes of a Workflow that failed is not asked.
            if ran.node.starts_with("exit") && outcome.status == "Failed" {
                continue;
            }
            let made: Vec<_> = made.iter().filter(|made| made.node == ran.node).collect();
            let is_whole = made.len() == ran.containers().count();
            ensure!(
                is_whole || ran.main.is_none(),
                "`{}` ran {} containers, where upstream's code makes {}",
                ran.node,
                ran.containers().count(),
                made.len()
            );
            for (made, ended) in made.iter().zip(ran.containers()) {
                made.is_run_by(&ended.command, &outcome.known)?;
            }
        }
        Ok(outcome)
    }

    /// Names of runs that were not there before, with the runs.
    pub(super) fn new_runs(&mut self) -> Result<Vec<Value>> {
        let cluster = &self.place.cluster;
        let mut runs = cluster.objects("tekton.dev/v1", "PipelineRun", BUILDS)?;
        let workflows = cluster.objects("argoproj.io/v1alpha1", "Workflow", WORKFLOWS)?;
        // What people and Sensors start is no run of an event.
        let is_run = |workflow: &Value| {
            let labels = &workflow["metadata"]["labels"];
            labels.get("luban.dev/occasion").is_some()
        };
        runs.extend(workflows.into_iter().filter(is_run));
        runs.retain(|run| self.runs.insert(metadata(run, "name")));
        Ok(runs)
    }

    /// The event goes through the Sensor and dispatch; gives the one run that comes of it.
    pub(super) fn dispatch(&mut self, event: &Value, kind: &str, commit: &str) -> Result<Value> {
        let mut runs = self.dispatch_all(event, kind, commit)?;
        match (runs.pop(), runs.is_empty()) {
            (Some(run), true) => Ok(run),
            _ => bail!("dispatch made {} more runs than one", runs.len()),
        }
    }

    /// As [`Way::dispatch`], for an event that concerns several applications.
    pub(super) fn dispatch_all(
        &mut self,
        event: &Value,
        kind: &str,
        commit: &str,
    ) -> Result<Vec<Value>> {
        let workflow = deliver(self.place, SOURCE, event)?;
        let name = metadata(&workflow, "name");
        say("event", &format!("the Sensor made Workflow {name}"));
        self.workflow(&workflow)?;
        let runs = self.new_runs()?;
        for run in &runs {
            ensure!(run["kind"] == kind, "dispatch made a {}", run["kind"]);
            let own = list(&run["spec"], "params").iter();
            let mut parameters = own.chain(list(&run["spec"]["arguments"], "parameters"));
            let revision = parameters.find(|parameter| parameter["name"] == "revision");
            let revision = revision.map(|parameter| plain(&parameter["value"]));
            ensure!(
                revision.as_deref() == Some(commit),
                "the run builds {revision:?}, not {commit}"
            );
            let name = metadata(run, "name");
            say("dispatch", &format!("made {kind} {name} of {commit}"));
        }
        Ok(runs)
    }

    /// Carries a PipelineRun out, however it ends.
    pub(super) fn pipeline(&mut self, run: &Value) -> Result<Vec<Task>> {
        let tasks = Run {
            cluster: &self.place.cluster,
            programs: &self.place.programs(),
            directory: &self.place.pods(),
            run,
        }
        .to_its_end()?;
        let steps = tasks.iter().flat_map(|task| &task.steps);
        self.logs.extend(steps.map(|(_, ended)| ended.log.clone()));
        self.is_upstreams(run, &tasks)?;
        Ok(tasks)
    }

    /// Every step ran what Tekton's own code makes of its variables.
    fn is_upstreams(&self, run: &Value, tasks: &[Task]) -> Result<()> {
        let place = self.place;
        let kinds = ["Pipeline", "Task"];
        let made = upstream::containers(&place.tekton, &place.set, &kinds, run)?;
        let variables = upstream::of_tasks(tasks);
        for task in tasks {
            for (step, ended) in &task.steps {
                let mut made = made.iter();
                made.find(|made| made.node == task.name && made.name == *step)
                    .with_context(|| format!("upstream's code makes no `{}/{step}`", task.name))?
                    .is_run_by(&ended.command, &variables)?;
            }
        }
        Ok(())
    }
}

/// Says what a container said that did not end well.
pub(super) fn fine(what: &str, ended: &Ended) -> Result<()> {
    if ended.code != 0 {
        bail!("`{what}` ended with {}:\n{}", ended.code, ended.log);
    }
    Ok(())
}
