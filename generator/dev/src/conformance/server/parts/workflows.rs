//! What every pod of a Workflow does, whatever its own work is.

use super::super::super::document::Object;
use super::super::access::{Account, granted};
use super::super::stage::Stage;
use anyhow::{Context as _, Result};
use reqwest::Method;
use serde_json::json;

/// What the executor reports with.
const TASK_RESULTS: &str = "workflowtaskresults";

/// Accounts whose pods do nothing else with the API.
pub(super) fn accounts(stage: &Stage<'_>) -> Vec<Account> {
    let mut accounts = super::subjects(stage.objects);
    accounts.retain(|account| {
        let granted = granted(stage.objects, account);
        !granted.is_empty() && granted.iter().all(|access| access.resource == TASK_RESULTS)
    });
    accounts
}

/// What Argo's executor does in each pod of a Workflow (argo-workflows `docs/workflow-rbac.md`).
pub(super) fn executor(stage: &mut Stage<'_>, account: &Account) -> Result<()> {
    let text = format!(
        "apiVersion: argoproj.io/v1alpha1\nkind: WorkflowTaskResult\nmetadata: {{name: {}-1, namespace: {}}}\n",
        account.name, account.namespace
    );
    let result = Object::read("result", &text)?.pop().context("no result")?;
    let api = stage.client(account, "argoexec")?;
    let mut error = stage.create(&api, &result, &account.namespace)?.error();
    let path = format!(
        "/apis/argoproj.io/v1alpha1/namespaces/{}/workflowtaskresults/{}-1",
        account.namespace, account.name
    );
    let patch =
        json!({"metadata": {"labels": {"workflows.argoproj.io/report-outputs-completed": "true"}}});
    let content_type = "application/merge-patch+json";
    error.push_str(
        &api.send(Method::PATCH, &path, content_type, Some(patch.to_string()))?
            .error(),
    );
    stage.tried(
        "executor",
        &format!("{}/{}", account.namespace, account.name),
        error,
    );
    Ok(())
}
