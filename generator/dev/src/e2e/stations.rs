//! The way: each station does what a person or a part of the platform does, and says what came of it.

use super::argo::Workflow;
use super::container::{Ended, list};
use super::event::{deliver, metadata, pushed};
use super::git::{git, push};
use super::place::Place;
use super::registry::manifest;
use super::say;
use super::secrets::HIDDEN;
use super::tekton::{Run, Task};
use super::upstream;
use super::variables::{Style, Variables, plain};
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use std::fs;

/// Tasks that a release has, in their order.
const TASKS: [&str; 5] = ["build-amd64", "sign", "release", "tags", "report-success"];
/// Where builds of the project run.
const BUILDS: &str = "shop-build";

/// Goes the whole way.
///
/// # Errors
/// At the first station where something else is seen than should be, with the log of the process that failed.
pub(super) fn go(place: &Place) -> Result<()> {
    let mut way = Way {
        place,
        logs: Vec::new(),
    };
    let (before, commit) = way.push()?;
    let event = pushed(&place.source.url(), &before, &commit);
    let run = way.dispatch(&event, &commit)?;
    let digest = way.build(&run, &commit)?;
    way.image(&commit, &digest)?;
    let release = way.release(&commit, &digest)?;
    way.again(&event, &run)?;
    way.argo_cd(&release)?;
    let branch = way.promote(&digest)?;
    way.merge(&branch, &digest)?;
    way.logs()
}

struct Way<'a> {
    place: &'a Place,
    /// Of every process.
    logs: Vec<String>,
}

impl Way<'_> {
    /// Pushes two commits; gives both, the second being the one that the event is of.
    fn push(&self) -> Result<(String, String)> {
        let clone = self.place.source_clone();
        fs::create_dir_all(clone.join("site"))?;
        let page = clone.join("site/index.html");
        fs::write(&page, "<h1>Soon</h1>\n")?;
        let before = push(&clone, "Begin")?;
        fs::write(&page, "<h1>Hello</h1>\n")?;
        let commit = push(&clone, "Say hello")?;
        let head = git(self.place.source.bare(), &["rev-parse", "main"])?;
        ensure!(
            head == commit,
            "main is at {head} after {commit} was pushed"
        );
        say("push", &format!("{commit} is on main"));
        Ok((before, commit))
    }

    /// Carries out a Workflow; every container must end well.
    fn workflow(&mut self, workflow: &Value) -> Result<()> {
        let ended = Workflow {
            cluster: &self.place.cluster,
            programs: &self.place.programs(),
            directory: &self.place.pods(),
            workflow,
        }
        .to_its_end()?;
        ensure!(!ended.is_empty(), "the Workflow has no container");
        for (template, ended) in &ended {
            self.ended(template, ended)?;
        }
        let place = self.place;
        let kinds = ["WorkflowTemplate"];
        let made = upstream::containers(&place.argo_workflows, &place.set, &kinds, workflow)?;
        ensure!(
            made.len() == ended.len(),
            "{} containers ran, where upstream's code makes {}",
            ended.len(),
            made.len()
        );
        for (made, (_, ended)) in made.iter().zip(&ended) {
            made.is_run_by(&ended.command, &Variables::new(Style::Argo))?;
        }
        Ok(())
    }

    fn ended(&mut self, what: &str, ended: &Ended) -> Result<()> {
        self.logs.push(ended.log.clone());
        if ended.code != 0 {
            bail!("`{what}` ended with {}:\n{}", ended.code, ended.log);
        }
        Ok(())
    }

    /// All runs of the application.
    fn runs(&self) -> Result<Vec<Value>> {
        self.place
            .cluster
            .objects("tekton.dev/v1", "PipelineRun", BUILDS)
    }

    /// The event goes through the Sensor and dispatch; gives the run that comes of it.
    fn dispatch(&mut self, event: &Value, commit: &str) -> Result<Value> {
        let workflow = deliver(self.place, event)?;
        let name = metadata(&workflow, "name");
        say("event", &format!("the Sensor made Workflow {name}"));
        self.workflow(&workflow)?;
        let runs = self.runs()?;
        let [run] = runs.as_slice() else {
            bail!("dispatch made {} runs, not one", runs.len());
        };
        let mut parameters = list(&run["spec"], "params").iter();
        let revision = parameters.find(|parameter| parameter["name"] == "revision");
        let revision = revision.map(|parameter| plain(&parameter["value"]));
        ensure!(
            revision.as_deref() == Some(commit),
            "the run builds {revision:?}, not {commit}"
        );
        let name = metadata(run, "name");
        say("dispatch", &format!("made PipelineRun {name} of {commit}"));
        Ok(run.clone())
    }

    /// Carries the run out; gives the digest that it built.
    fn build(&mut self, run: &Value, commit: &str) -> Result<String> {
        let tasks = Run {
            cluster: &self.place.cluster,
            programs: &self.place.programs(),
            directory: &self.place.pods(),
            run,
        }
        .to_its_end()?;
        for task in &tasks {
            for (step, ended) in &task.steps {
                self.ended(&format!("{}/{step}", task.name), ended)?;
            }
        }
        let done = tasks.iter().filter(|task| task.status == "Succeeded");
        let done: Vec<&str> = done.map(|task| task.name.as_str()).collect();
        ensure!(done == TASKS, "the run did {done:?}, not {TASKS:?}");
        self.is_upstreams(run, &tasks)?;
        let digest = tasks.iter().find_map(|task| task.results.get("digest"));
        let digest = digest.context("the build has no digest")?.clone();
        say("build", &format!("{} gave {digest}", done.join(", ")));
        let statuses = self.place.source.statuses();
        let last = statuses
            .last()
            .context("nothing is reported at the source")?;
        ensure!(
            last.0 == commit && last.1["state"] == "success",
            "the source was told {last:?}"
        );
        say("report", &format!("{commit} has the status `success`"));
        Ok(digest)
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

    /// The registry has the image under its tags, with the commit that it is of.
    fn image(&self, commit: &str, digest: &str) -> Result<()> {
        let repository = format!("{}/acme/shop/web", self.place.registry.host);
        let signature = format!("{}.sig", digest.replace(':', "-"));
        for tag in [commit, "edge"] {
            let found = manifest(&repository, tag, &self.place.credentials)?;
            ensure!(
                found.digest.as_str() == digest,
                "`{tag}` is {}",
                found.digest
            );
            let index: Value = serde_json::from_slice(&found.bytes)?;
            let revision = &index["annotations"]["org.opencontainers.image.revision"];
            ensure!(
                revision == commit,
                "`{tag}` says that it is of commit {revision}"
            );
        }
        manifest(&repository, &signature, &self.place.credentials)
            .context("the image is not signed")?;
        say(
            "image",
            &format!("{repository} has it as {commit} and edge, signed"),
        );
        Ok(())
    }

    /// The release is in the GitOps repository, and the first environment's overlay shows it; gives the commit.
    fn release(&self, commit: &str, digest: &str) -> Result<String> {
        let image = self.place.deployed("snd")?;
        ensure!(
            image.ends_with(&format!("@{digest}")),
            "snd runs `{image}` after {digest} was released"
        );
        let log = git(
            &self.place.gitops_clone(),
            &["log", "-1", "--format=%H%n%B"],
        )?;
        for trailer in [
            format!("Digest: {digest}"),
            format!("Source-Commit: {commit}"),
        ] {
            ensure!(
                log.lines().any(|line| line == trailer),
                "no `{trailer}` in:\n{log}"
            );
        }
        ensure!(
            !self.place.deployed("prd")?.contains(digest),
            "prd runs what nobody promoted"
        );
        let release = log.lines().next().unwrap_or_default().to_owned();
        say(
            "release",
            &format!("{release}: snd's overlay shows the digest, prd's does not"),
        );
        Ok(release)
    }

    /// The same event again makes no second run.
    fn again(&mut self, event: &Value, run: &Value) -> Result<()> {
        let workflow = deliver(self.place, event)?;
        self.workflow(&workflow)?;
        let runs = self.runs()?;
        let names: Vec<String> = runs.iter().map(|run| metadata(run, "name")).collect();
        let only = metadata(run, "name");
        ensure!(names == [only.as_str()], "there are the runs {names:?}");
        say("redelivery", &format!("{only} is still the only run"));
        Ok(())
    }

    /// Plays Argo CD: the first environment is synced to the release, and healthy.
    fn argo_cd(&self, release: &str) -> Result<()> {
        let (api_version, kind) = ("argoproj.io/v1alpha1", "Application");
        let cluster = &self.place.cluster;
        let application = cluster
            .object(api_version, kind, "argocd", "shop-web-snd")?
            .context("there is no Application of snd")?;
        let source = &application["spec"]["source"];
        let destination = &application["spec"]["destination"];
        let status = json!({
            "sync": {"status": "Synced", "revision": release, "comparedTo": {"source": source, "destination": destination}},
            "health": {"status": "Healthy"},
        });
        cluster.merge(&application, &json!({"status": status}))?;
        say(
            "Argo CD",
            &format!("shop-web-snd is Synced to {release} and Healthy"),
        );
        Ok(())
    }

    /// A person promotes, twice; gives the branch of the one pull request.
    fn promote(&mut self, digest: &str) -> Result<String> {
        let workflow = json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
            "metadata": {"generateName": "promote-", "namespace": "shop-ci"},
            "spec": {
                "workflowTemplateRef": {"name": "promote"},
                "arguments": {"parameters": [
                    {"name": "application", "value": "web"}, {"name": "environment", "value": "prd"}
                ]},
            },
        });
        let mut branch = String::new();
        for time in ["promote", "again"] {
            let workflow = self.place.cluster.create(&workflow, None)?;
            self.workflow(&workflow)?;
            let pulls = self.place.gitops.pulls();
            let [pull] = pulls.as_slice() else {
                bail!("there are the pull requests {pulls:?}, not one");
            };
            ensure!(
                pull.state == "open" && pull.base == "main",
                "the pull request is {pull:?}"
            );
            say(
                time,
                &format!("pull request 1 `{}` of {}", pull.title, pull.head),
            );
            branch.clone_from(&pull.head);
        }
        ensure!(
            !self.place.deployed("prd")?.contains(digest),
            "prd runs what nobody merged"
        );
        let refused = self.place.gitops.refused();
        ensure!(refused.is_empty(), "Gitea would refuse {refused:?}");
        Ok(branch)
    }

    /// A person merges; the second environment's overlay shows the digest.
    fn merge(&self, branch: &str, digest: &str) -> Result<()> {
        let clone = self.place.gitops_clone();
        git(&clone, &["fetch", "--quiet", "origin"])?;
        let branch_there = format!("origin/{branch}");
        git(
            &clone,
            &["merge", "--quiet", "--no-ff", "--no-edit", &branch_there],
        )?;
        git(&clone, &["push", "--quiet", "origin", "HEAD:main"])?;
        self.place.gitops.merged(branch);
        let image = self.place.deployed("prd")?;
        ensure!(
            image.ends_with(&format!("@{digest}")),
            "prd runs `{image}` after {digest} was merged"
        );
        say("merge", &format!("prd's overlay shows {image}"));
        Ok(())
    }

    /// No log has a secret.
    fn logs(&self) -> Result<()> {
        for log in &self.logs {
            if HIDDEN.iter().any(|hidden| log.contains(hidden)) {
                bail!("a secret is in a log:\n{log}");
            }
        }
        say(
            "logs",
            &format!("{} processes wrote no secret", self.logs.len()),
        );
        Ok(())
    }
}
