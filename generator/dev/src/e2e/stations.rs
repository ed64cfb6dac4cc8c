//! The way: each station does what a person or a part of the platform does, and says what came of it.

use super::event::{deliver, pushed};
use super::place::Place;
use super::runs::{SOURCE, fine};
use super::say;
use super::secrets::HIDDEN;
use crate::stand_ins::git::{git, push};
use crate::stand_ins::registry::manifest;
use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

/// Tasks that a release has, in their order.
const TASKS: [&str; 5] = ["build-amd64", "sign", "release", "tags", "report-success"];
/// Where builds of the project run, and its Workflows.
pub(super) const BUILDS: &str = "shop-build";
pub(super) const WORKFLOWS: &str = "shop-ci";

/// Goes the whole way.
///
/// # Errors
/// At the first station where something else is seen than should be, with the log of the process that failed.
pub(super) fn go(place: &Place) -> Result<()> {
    let mut way = Way {
        place,
        logs: Vec::new(),
        runs: BTreeSet::new(),
    };
    way.begin()?;
    let head = way.railpack()?;
    let head = way.kpack(&head)?;
    let head = way.tags(&head)?;
    way.failing(&head)?;
    way.logs()
}

pub(super) struct Way<'a> {
    pub(super) place: &'a Place,
    /// Of every process.
    pub(super) logs: Vec<String>,
    /// Names of the runs that there were before.
    pub(super) runs: BTreeSet<String>,
}

impl Way<'_> {
    /// The repository as it is before anything is built of it.
    fn begin(&self) -> Result<()> {
        let before = self.commit("site/index.html", "<h1>Soon</h1>\n")?;
        let head = git(self.place.source.bare(), &["rev-parse", "main"])?;
        ensure!(
            head == before,
            "main is at {head} after {before} was pushed"
        );
        Ok(())
    }

    /// An application that railpack builds, from a push to what the second environment runs.
    fn railpack(&mut self) -> Result<String> {
        let before = git(self.place.source.bare(), &["rev-parse", "main"])?;
        let commit = self.commit("site/index.html", "<h1>Hello</h1>\n")?;
        say("push", &format!("{commit} is on main"));
        let event = self.pushed(&before, &commit);
        let run = self.dispatch(&event, "PipelineRun", &commit)?;
        let digest = self.build(&run, &commit)?;
        self.image(&commit, &digest)?;
        let release = self.released("web", &commit, &digest)?;
        self.again(&event)?;
        self.argo_cd("web", &release)?;
        let branch = self.promote(&digest)?;
        self.merge("web", &branch, &digest)?;
        Ok(commit)
    }

    /// Writes a file of the source and pushes it; gives the commit.
    pub(super) fn commit(&self, file: &str, text: &str) -> Result<String> {
        let clone = self.place.source_clone();
        let path = clone.join(file);
        fs::create_dir_all(path.parent().unwrap_or(&clone))?;
        fs::write(path, text)?;
        push(&clone, &format!("Write {file}"))
    }

    /// The event of a push to `main`.
    pub(super) fn pushed(&self, before: &str, after: &str) -> Value {
        pushed(&self.place.source.url(), "refs/heads/main", before, after)
    }

    /// Carries the run out; gives the digest that it built.
    fn build(&mut self, run: &Value, commit: &str) -> Result<String> {
        let tasks = self.pipeline(run)?;
        for task in &tasks {
            for (step, ended) in &task.steps {
                fine(&format!("{}/{step}", task.name), ended)?;
            }
        }
        let done = tasks.iter().filter(|task| task.status == "Succeeded");
        let done: Vec<&str> = done.map(|task| task.name.as_str()).collect();
        ensure!(done == TASKS, "the run did {done:?}, not {TASKS:?}");
        let digest = tasks.iter().find_map(|task| task.results.get("digest"));
        let digest = digest.context("the build has no digest")?.clone();
        say("build", &format!("{} gave {digest}", done.join(", ")));
        self.reported(commit, "success")?;
        Ok(digest)
    }

    /// The source was told last how a commit is.
    pub(super) fn reported(&self, commit: &str, state: &str) -> Result<()> {
        let statuses = self.place.source.statuses();
        let last = statuses
            .last()
            .context("nothing is reported at the source")?;
        ensure!(
            last.0 == commit && last.1["state"] == state,
            "the source was told {last:?}"
        );
        say("report", &format!("{commit} has the status `{state}`"));
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
    pub(super) fn released(&self, application: &str, commit: &str, digest: &str) -> Result<String> {
        let image = self.place.deployed(application, "snd")?;
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
            !self.place.deployed(application, "prd")?.contains(digest),
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
    fn again(&mut self, event: &Value) -> Result<()> {
        let workflow = deliver(self.place, SOURCE, event)?;
        self.workflow(&workflow)?;
        let more = self.new_runs()?;
        ensure!(more.is_empty(), "there are more runs: {more:?}");
        say("redelivery", "made no other run");
        Ok(())
    }

    /// Plays Argo CD: the first environment is synced to the release, and healthy.
    pub(super) fn argo_cd(&self, application: &str, release: &str) -> Result<()> {
        let (api_version, kind) = ("argoproj.io/v1alpha1", "Application");
        let cluster = &self.place.cluster;
        let name = format!("shop-{application}-snd");
        let application = cluster
            .object(api_version, kind, "argocd", &name)?
            .with_context(|| format!("there is no Application `{name}`"))?;
        let source = &application["spec"]["source"];
        let destination = &application["spec"]["destination"];
        let status = json!({
            "sync": {"status": "Synced", "revision": release, "comparedTo": {"source": source, "destination": destination}},
            "health": {"status": "Healthy"},
        });
        cluster.merge(&application, &json!({"status": status}))?;
        say(
            "Argo CD",
            &format!("{name} is Synced to {release} and Healthy"),
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
            !self.place.deployed("web", "prd")?.contains(digest),
            "prd runs what nobody merged"
        );
        let refused = self.place.gitops.refused();
        ensure!(refused.is_empty(), "Gitea would refuse {refused:?}");
        Ok(branch)
    }

    /// A person merges; the second environment's overlay shows the digest.
    pub(super) fn merge(&self, application: &str, branch: &str, digest: &str) -> Result<()> {
        let clone = self.place.gitops_clone();
        git(&clone, &["fetch", "--quiet", "origin"])?;
        let branch_there = format!("origin/{branch}");
        git(
            &clone,
            &["merge", "--quiet", "--no-ff", "--no-edit", &branch_there],
        )?;
        git(&clone, &["push", "--quiet", "origin", "HEAD:main"])?;
        self.place.gitops.merged(branch);
        let image = self.place.deployed(application, "prd")?;
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
