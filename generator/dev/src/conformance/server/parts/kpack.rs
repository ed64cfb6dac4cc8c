//! kpack's builds, awaited by the program of the pods: kpack's part is played, and there is no kubelet that would have a log.

use super::super::super::document::{list_at, text_at, value_at};
use super::super::access::Account;
use super::super::deliveries::{kpack_applications, kpack_namespaces};
use super::super::stage::Stage;
use super::workflows::executor;
use crate::stand_ins::argo::Outcome;
use crate::stand_ins::kpack::Kpack;
use anyhow::{Context as _, Result, bail};
use luban_platform::dispatch_table::{Row, Run};
use luban_registry::Digest;
use serde_json::{Value, json};

/// The task that awaits a build, and that which looks at one that kpack began.
const BUILD: &str = "build";
const INSPECT: &str = "inspect";
/// Commits, of which one builds and one does not.
const COMMIT: &str = "960ef4fb6190de6aa8b394bf2f0d552ee67675c3";
const BROKEN: &str = "badc0de0badc0de0badc0de0badc0de0badc0de0";
/// Why that does not.
const WHY: &str = "no buildpack takes these sources";
/// So long a build that nobody ends is awaited.
const PATIENCE: &str = "--timeout-seconds=60";

/// The account that awaits builds, in each namespace that has them.
pub(super) fn accounts(stage: &Stage<'_>) -> Vec<Account> {
    let templates = stage.objects.iter().flat_map(|placed| {
        let object = &placed.object.value;
        list_at(object, &["spec", "templates"])
    });
    let name = templates
        .filter(|template| {
            let arguments = list_at(template, &["container", "args"]);
            arguments.get(1).and_then(|it| it.as_str()) == Some("kpack-build")
        })
        .find_map(|template| text_at(template, &["serviceAccountName"]));
    let namespaces = kpack_namespaces(stage.objects).unwrap_or_default();
    let accounts = namespaces.into_iter().map(|namespace| Account {
        namespace,
        name: name.unwrap_or_default().to_owned(),
    });
    accounts.collect()
}

/// Every application that kpack builds in the account's namespace.
pub(super) fn build(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    for row in kpack_applications(stage.objects)? {
        for (occasion, run) in &row.runs {
            let own = Application {
                row: &row,
                occasion,
                run,
                account,
            };
            match occasion.as_str() {
                _ if run.namespace != account.namespace => {}
                "release" => own.release(stage)?,
                "branch" => own.branch(stage)?,
                _ => {}
            }
        }
    }
    for kind in ["Image", "Build"] {
        stage.note("kpack.io/v1alpha2", kind, &account.namespace)?;
    }
    stage.note("v1", "Pod", &account.namespace)?;
    executor(stage, account)
}

/// An application's run for an occasion.
struct Application<'a> {
    row: &'a Row,
    occasion: &'a str,
    run: &'a Run,
    account: &'a Account,
}

/// What kpack is to have made, and why.
struct Expected {
    build: String,
    reason: &'static str,
}

impl Application<'_> {
    /// A push, the same commit again, what kpack builds by itself, and a commit that does not build.
    fn release(&self, stage: &mut Stage<'_>) -> Result<()> {
        let first = self.workflow(stage, "one", COMMIT)?;
        let image = name_of_image(&first)?;
        let nth = |count: usize, reason| Expected {
            build: format!("{image}-build-{count}"),
            reason,
        };
        self.builds(stage, &first, &nth(1, "CONFIG"))?;
        let again = self.workflow(stage, "two", COMMIT)?;
        self.builds(stage, &again, &nth(2, "TRIGGER"))?;
        self.rebuilt(stage, &image, "STACK", true)?;
        self.rebuilt(stage, &image, "STACK,COMMIT", false)?;
        self.fails(stage)
    }

    /// A push to another branch: its Build is the run's own.
    fn branch(&self, stage: &mut Stage<'_>) -> Result<()> {
        let run = self.workflow(stage, "one", COMMIT)?;
        let expected = Expected {
            build: run["metadata"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            reason: "COMMIT",
        };
        self.builds(stage, &run, &expected)?;
        self.fails(stage)
    }

    /// The run, as dispatch makes it.
    fn workflow(&self, stage: &mut Stage<'_>, end: &str, commit: &str) -> Result<Value> {
        let text = stage.objects.iter().find_map(|placed| {
            let is_it =
                placed.object.kind() == "ConfigMap" && placed.object.name() == self.run.config_map;
            let data = value_at(&placed.object.value, &["data"]).filter(|_| is_it)?;
            text_at(data, &[&self.run.key])
        });
        let text = text.with_context(|| format!("there is no `{}`", self.run.key))?;
        let mut run: Value = serde_yaml::from_str(text)?;
        let name = format!("{}-{}-{end}", self.row.application, self.occasion);
        run["metadata"]["name"] = name.into();
        let all = run.pointer_mut("/spec/arguments/parameters");
        for parameter in all.and_then(Value::as_array_mut).into_iter().flatten() {
            if parameter["name"] == "revision" {
                parameter["value"] = commit.into();
            }
        }
        stage.make(&run)
    }

    /// Carries out a task of a run while kpack builds.
    fn carry_out(&self, stage: &Stage<'_>, run: &Value, task: &str) -> Result<Outcome> {
        let instead = [("--timeout-seconds=".to_owned(), PATIENCE.to_owned())];
        self.kpack(stage)
            .during(|| stage.carry_out(run, Some(task), &instead))
    }

    fn kpack<'s>(&'s self, stage: &'s Stage<'_>) -> Kpack<'s> {
        Kpack {
            cluster: stage.cluster,
            namespace: &self.account.namespace,
            build: &made,
        }
    }

    fn builds(&self, stage: &mut Stage<'_>, run: &Value, expected: &Expected) -> Result<()> {
        let outcome = self.carry_out(stage, run, BUILD)?;
        let digest = digest_of(&expected.build);
        let error = match (outcome.status, output(&outcome, BUILD, "digest")) {
            ("Succeeded", Some(given)) if given == digest => {
                match output(&outcome, BUILD, "reason") {
                    Some(reason) if reason == expected.reason => String::new(),
                    other => format!("the reason is {other:?}, not `{}`", expected.reason),
                }
            }
            (status, given) => format!("{status} with {given:?}, not {digest}: {}", log(&outcome)),
        };
        self.tried(stage, &format!("build of `{}`", expected.build), error);
        Ok(())
    }

    /// A commit that kpack cannot build: the step says which step it was and why.
    fn fails(&self, stage: &mut Stage<'_>) -> Result<()> {
        let run = self.workflow(stage, "three", BROKEN)?;
        let outcome = self.carry_out(stage, &run, BUILD)?;
        let log = log(&outcome);
        let says = log.contains("step `build` ended with exit code 51") && log.contains(WHY);
        let error = match outcome.status {
            "Failed" if says => String::new(),
            status => format!("{status}, where the build fails because of `{WHY}`: {log}"),
        };
        self.tried(stage, "build that fails", error);
        Ok(())
    }

    /// What kpack builds by itself is found, and what a run began is left to the run.
    fn rebuilt(
        &self,
        stage: &mut Stage<'_>,
        image: &str,
        reason: &str,
        is_own: bool,
    ) -> Result<()> {
        let (_, build) = self.kpack(stage).rebuild(image, reason)?;
        let name = build["metadata"]["name"].as_str().unwrap_or_default();
        let workflow = stage.make(&json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
            "metadata": {"generateName": "rebuilt-", "namespace": self.account.namespace},
            "spec": {
                "workflowTemplateRef": {"name": "kpack-rebuilt", "clusterScope": true},
                "arguments": {"parameters": [
                    {"name": "image", "value": image}, {"name": "build", "value": name},
                ]},
            },
        }))?;
        let outcome = self.carry_out(stage, &workflow, INSPECT)?;
        let annotations = &build["metadata"]["annotations"];
        let path = annotations["luban.dev/gitops-path"].as_str();
        // What is deployed nowhere has nowhere to be released.
        let is_released = is_own && path.is_some_and(|path| !path.is_empty());
        let expected = match is_released {
            true => (Some("true".to_owned()), Some(digest_of(name))),
            false => (Some("false".to_owned()), Some(String::new())),
        };
        let given = |result| output(&outcome, INSPECT, result);
        let given = (given("release"), given("digest"));
        let error = match outcome.status {
            "Succeeded" if given == expected => String::new(),
            status => format!(
                "{status} with {given:?}, not {expected:?}: {}",
                log(&outcome)
            ),
        };
        self.tried(stage, &format!("rebuild because of {reason}"), error);
        Ok(())
    }

    fn tried(&self, stage: &mut Stage<'_>, what: &str, error: String) {
        let row = self.row;
        let label = format!("{} on {}: {what}", row.application, self.occasion);
        stage.tried("kpack", &label, error);
    }
}

/// What kpack makes of a Build.
fn made(build: &Value) -> Result<String> {
    let commit = build["spec"]["source"]["git"]["revision"].as_str();
    if commit == Some(BROKEN) {
        bail!(WHY);
    }
    let tag = build["spec"]["tags"][0].as_str().unwrap_or_default();
    let (repository, _) = tag.rsplit_once(':').context("a tag without a name")?;
    let name = build["metadata"]["name"].as_str().unwrap_or_default();
    Ok(format!("{repository}@{}", digest_of(name)))
}

fn digest_of(build: &str) -> String {
    Digest::of(build.as_bytes()).as_str().to_owned()
}

fn name_of_image(run: &Value) -> Result<String> {
    let object = run.pointer("/spec/arguments/artifacts/0/raw/data");
    let object: Value = serde_yaml::from_str(object.and_then(Value::as_str).unwrap_or_default())?;
    let name = object.pointer("/metadata/name").and_then(Value::as_str);
    name.map(str::to_owned)
        .context("the run of a release branch has no Image")
}

fn output(outcome: &Outcome, task: &str, name: &str) -> Option<String> {
    let variable = format!("{{{{tasks.{task}.outputs.parameters.{name}}}}}");
    outcome.known.text(&variable).ok()
}

fn log(outcome: &Outcome) -> String {
    let containers = outcome.ran.iter().flat_map(|ran| ran.containers());
    containers.map(|ended| ended.log.as_str()).collect()
}
