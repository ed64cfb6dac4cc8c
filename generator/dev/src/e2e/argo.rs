//! Argo Workflows' part: what a Workflow comes to, container by container.

use super::container::{Ended, Process, environment, list, mounts, volumes};
use super::variables::{Style, Variables, plain};
use crate::conformance::server::RealCluster;
use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

/// The exit code of what passes by itself.
const TRANSIENT: i32 = 75;
/// Until it runs again; Argo waits for as long as `backoff` says.
const PAUSE: Duration = Duration::from_secs(1);

/// A Workflow that is carried out.
pub(super) struct Workflow<'a> {
    pub(super) cluster: &'a RealCluster,
    /// The directory of the images' programs.
    pub(super) programs: &'a Path,
    /// Where pods' directories are made.
    pub(super) directory: &'a Path,
    pub(super) workflow: &'a Value,
}

impl Workflow<'_> {
    /// Carries it out, with the specification of the template that it refers to. Gives each container's template and how it ended.
    pub(super) fn to_its_end(&self) -> Result<Vec<(String, Ended)>> {
        let name = plain(&self.workflow["spec"]["workflowTemplateRef"]["name"]);
        let (kind, namespace) = ("WorkflowTemplate", self.namespace());
        let template = self
            .cluster
            .object("argoproj.io/v1alpha1", kind, &namespace, &name)?
            .with_context(|| format!("there is no {kind} `{name}` in `{namespace}`"))?;
        let spec = &template["spec"];
        let variables = self.variables(spec)?;
        let mut ended = Vec::new();
        self.template(spec, &plain(&spec["entrypoint"]), &variables, &mut ended)?;
        Ok(ended)
    }

    fn namespace(&self) -> String {
        plain(&self.workflow["metadata"]["namespace"])
    }

    /// `workflow.…` and, for the entrypoint, `inputs.parameters.…`.
    fn variables(&self, spec: &Value) -> Result<Variables> {
        let mut variables = Variables::new(Style::Argo);
        variables.set("workflow.name", plain(&self.workflow["metadata"]["name"]));
        variables.set("workflow.namespace", self.namespace());
        variables.set("workflow.uid", plain(&self.workflow["metadata"]["uid"]));
        let given = list(&self.workflow["spec"]["arguments"], "parameters");
        let declared = list(&spec["arguments"], "parameters");
        for parameter in declared.iter().chain(given) {
            let name = plain(&parameter["name"]);
            let given = given.iter().find(|given| given["name"] == name.as_str());
            let value = given.or(Some(parameter)).and_then(|it| it.get("value"));
            let value = value.with_context(|| format!("argument `{name}` has no value"))?;
            variables.set(format!("workflow.parameters.{name}"), plain(value));
            variables.set(format!("inputs.parameters.{name}"), plain(value));
        }
        Ok(variables)
    }

    fn template(
        &self,
        spec: &Value,
        name: &str,
        variables: &Variables,
        ended: &mut Vec<(String, Ended)>,
    ) -> Result<()> {
        let mut templates = list(spec, "templates").iter();
        let template = templates
            .find(|template| template["name"] == name)
            .with_context(|| format!("there is no template `{name}`"))?;
        if template.get("container").is_some() {
            let done = self.container(spec, template, variables)?;
            ended.push((name.to_owned(), done));
            return Ok(());
        }
        for step in list(template, "steps")
            .iter()
            .filter_map(Value::as_array)
            .flatten()
        {
            if let Some(condition) = step.get("when")
                && !holds(&plain(condition), variables)?
            {
                continue;
            }
            self.template(spec, &plain(&step["template"]), variables, ended)?;
        }
        Ok(())
    }

    fn container(&self, spec: &Value, template: &Value, variables: &Variables) -> Result<Ended> {
        let container = &template["container"];
        let pod = self.directory.join(format!(
            "{}-{}",
            plain(&self.workflow["metadata"]["name"]),
            plain(&template["name"])
        ));
        let namespace = self.namespace();
        let all = list(spec, "volumes").iter();
        let all = all.chain(list(template, "volumes"));
        let volumes = volumes(all, &pod, self.cluster, &namespace)?;
        let mut command = variables.list(list(container, "command"))?;
        command.extend(variables.list(list(container, "args"))?);
        let account = template
            .get("serviceAccountName")
            .unwrap_or(&spec["serviceAccountName"]);
        let process = Process {
            command,
            environment: environment(container)?,
            mounts: mounts(container, &volumes)?,
            kubeconfig: Some(self.cluster.kubeconfig(&namespace, &plain(account))?),
        };
        let mut ended = process.run(self.programs)?;
        for _ in 0..retries(template)? {
            if ended.code != TRANSIENT {
                break;
            }
            sleep(PAUSE);
            ended = process.run(self.programs)?;
        }
        Ok(ended)
    }
}

/// How often a container that could not do its work for now runs again.
fn retries(template: &Value) -> Result<u64> {
    let Some(strategy) = template.get("retryStrategy") else {
        return Ok(0);
    };
    let expression = plain(&strategy["expression"]);
    if !expression.contains(&format!("lastRetry.exitCode == \"{TRANSIENT}\"")) {
        bail!("this stand-in does not know the retryStrategy `{expression}`");
    }
    Ok(plain(&strategy["limit"]).parse()?)
}

/// Whether a condition of the form `{{=a == 'b'}}` holds.
fn holds(condition: &str, variables: &Variables) -> Result<bool> {
    let parts = condition
        .strip_prefix("{{=")
        .and_then(|rest| rest.strip_suffix("}}"))
        .and_then(|rest| rest.split_once(" == "));
    let Some((left, right)) = parts else {
        bail!("this stand-in does not know the condition `{condition}`");
    };
    Ok(variables.text(&format!("{{{{{left}}}}}"))? == right.trim_matches('\''))
}
