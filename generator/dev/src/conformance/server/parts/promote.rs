//! Promotions by the program of the pods: what Argo CD says of the environment before is what counts.

use super::super::super::document::text_at;
use super::super::access::Account;
use super::super::placement::Placed;
use super::super::stage::Stage;
use super::workflows::executor;
use crate::stand_ins::argo::Outcome;
use crate::stand_ins::git::{git, push};
use anyhow::{Context as _, Result};
use luban_step::testing::host::Host;
use serde_json::{Value, json};
use std::fs;

/// The template of promotions.
const TEMPLATE: &str = "promote";
/// The exit code of what may not be.
const REFUSED: i32 = 4;
/// The commit that the release is of.
const COMMIT: &str = "960ef4fb6190de6aa8b394bf2f0d552ee67675c3";

/// The accounts that promote.
pub(super) fn accounts(stage: &Stage<'_>) -> Vec<Account> {
    let accounts = templates(stage.objects).map(|placed| Account {
        namespace: placed.namespace.to_owned(),
        name: text_at(&placed.object.value, &["spec", "serviceAccountName"])
            .unwrap_or_default()
            .to_owned(),
    });
    accounts.collect()
}

fn templates<'a>(objects: &'a [Placed<'a>]) -> impl Iterator<Item = &'a Placed<'a>> {
    objects.iter().filter(|placed| {
        placed.object.kind() == "WorkflowTemplate" && placed.object.name() == TEMPLATE
    })
}

/// Each application of the project to each environment: while Argo CD has not synced what it comes from, and then.
pub(super) fn promote(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let objects = stage.objects;
    let template = templates(objects).find(|placed| placed.namespace == account.namespace);
    let spec = &template.context("there is no template")?.object.value["spec"];
    let spec: Value = serde_json::to_value(spec)?;
    super::secrets::make(stage, &account.namespace, &spec)?;
    let host = Host::gitea();
    let repository = format!("{}/acme/promoted", stage.registry.host);
    let digest = stage.registry.put(&repository, "1", b"promoted")?;
    let directory = tempfile::tempdir()?;
    let clone = directory.path().join("gitops");
    let url = host.url();
    let login = format!("http://{}:{}@", Host::LOGIN.0, Host::LOGIN.1);
    let login = url.replacen("http://", &login, 1);
    git(directory.path(), &["clone", "--quiet", &login, "gitops"])?;
    for promotion in promotions(&spec) {
        let release = format!(
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata:\n  name: release\n  annotations:\n    \
             luban.dev/revision: {COMMIT}\nimages:\n- name: {repository}\n  newTag: \"1\"\n  digest: {digest}\n"
        );
        let none = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nmetadata:\n  name: release\n";
        for (environment, text) in [(&promotion.from, release.as_str()), (&promotion.to, none)] {
            let folder = promotion.folder(environment);
            fs::create_dir_all(clone.join(&folder))?;
            fs::write(clone.join(folder).join("kustomization.yaml"), text)?;
        }
        git(
            &clone,
            &[
                "pull",
                "--quiet",
                "--rebase",
                "--autostash",
                "origin",
                "main",
            ],
        )?;
        let head = push(&clone, "Release")?;
        promotion.play(stage, account, &host, &head)?;
        git(&clone, &["pull", "--quiet", "--rebase", "origin", "main"])?;
    }
    executor(stage, account)
}

/// What a template promotes.
#[derive(Debug)]
struct Promotion {
    project: String,
    application: String,
    from: String,
    to: String,
    /// Whether what it comes from must be healthy.
    needs_health: bool,
}

/// Every application of the template to every environment.
fn promotions(spec: &Value) -> Vec<Promotion> {
    let parameters = &spec["arguments"]["parameters"];
    let mut promotions = Vec::new();
    for template in spec["templates"].as_array().into_iter().flatten() {
        let arguments = template["container"]["args"].as_array();
        let arguments = || arguments.into_iter().flatten().filter_map(Value::as_str);
        let flag = |name: &str| {
            arguments()
                .find_map(|it| it.strip_prefix(name))
                .map(str::to_owned)
        };
        let (Some(project), Some(from), Some(to)) =
            (flag("--project="), flag("--from="), flag("--to="))
        else {
            continue;
        };
        let all = parameters.as_array().into_iter().flatten();
        let all = all.filter(|parameter| parameter["name"] == "application");
        let all = all.filter_map(|parameter| parameter["enum"].as_array());
        for application in all.flatten().filter_map(Value::as_str) {
            promotions.push(Promotion {
                project: project.clone(),
                application: application.to_owned(),
                from: from.clone(),
                to: to.clone(),
                needs_health: arguments().any(|it| it == "--require=healthy"),
            });
        }
    }
    promotions
}

impl Promotion {
    fn folder(&self, environment: &str) -> String {
        let (project, application) = (&self.project, &self.application);
        format!("overlays/{project}/{application}/{environment}/release")
    }

    fn play(
        &self,
        stage: &mut Stage<'_>,
        account: &Account,
        host: &Host,
        head: &str,
    ) -> Result<()> {
        if self.needs_health {
            self.argo_cd_says(stage, "OutOfSync", head)?;
            let outcome = self.carry_out(stage, account, host)?;
            let says = log(&outcome).contains("is `OutOfSync`, not `Synced`");
            let error = match code(&outcome) {
                Some(REFUSED) if says => String::new(),
                code => format!("{code:?}, where Argo CD is not synced: {}", log(&outcome)),
            };
            self.tried(stage, "while it is not synced", error);
            self.argo_cd_says(stage, "Synced", head)?;
        }
        let outcome = self.carry_out(stage, account, host)?;
        let error = match outcome.status {
            "Succeeded" => String::new(),
            status => format!("{status}: {}", log(&outcome)),
        };
        self.tried(stage, "when it is healthy", error);
        Ok(())
    }

    /// Plays Argo CD.
    fn argo_cd_says(&self, stage: &Stage<'_>, sync: &str, revision: &str) -> Result<()> {
        let name = format!("{}-{}-{}", self.project, self.application, self.from);
        let (api_version, kind) = ("argoproj.io/v1alpha1", "Application");
        let cluster = stage.cluster;
        let application = cluster
            .object(api_version, kind, "argocd", &name)?
            .with_context(|| format!("there is no Application `{name}`"))?;
        let source = &application["spec"]["source"];
        let destination = &application["spec"]["destination"];
        let compared = json!({"source": source, "destination": destination});
        let status = json!({
            "sync": {"status": sync, "revision": revision, "comparedTo": compared},
            "health": {"status": "Healthy"},
        });
        cluster.merge(&application, &json!({"status": status}))
    }

    fn carry_out(&self, stage: &mut Stage<'_>, account: &Account, host: &Host) -> Result<Outcome> {
        let workflow = stage.make(&json!({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Workflow",
            "metadata": {"generateName": "promote-", "namespace": account.namespace},
            "spec": {
                "workflowTemplateRef": {"name": TEMPLATE},
                "arguments": {"parameters": [
                    {"name": "application", "value": self.application},
                    {"name": "environment", "value": self.to},
                ]},
            },
        }))?;
        let instead = [
            ("--gitops=", format!("--gitops={}", host.url())),
            ("--branch=", "--branch=main".to_owned()),
            ("--provider=", "--provider=Gitea".to_owned()),
            // Signatures have nothing to do with the API.
            ("--require=signed", "--require=".to_owned()),
        ];
        let instead = instead.map(|(begin, other)| (begin.to_owned(), other));
        stage.carry_out(&workflow, None, &instead)
    }

    fn tried(&self, stage: &mut Stage<'_>, what: &str, error: String) {
        let label = format!(
            "{}/{} to {} {what}",
            self.project, self.application, self.to
        );
        stage.tried(TEMPLATE, &label, error);
    }
}

fn code(outcome: &Outcome) -> Option<i32> {
    Some(outcome.ran.last()?.main.as_ref()?.code)
}

fn log(outcome: &Outcome) -> String {
    let containers = outcome.ran.iter().flat_map(|ran| ran.containers());
    containers.map(|ended| ended.log.as_str()).collect()
}
