//! A pod of a Workflow: its volumes, its containers, and what the executor reads of it.

use super::terms::{filled, scope};
use super::{Inputs, Ran, State, Workflow};
use crate::stand_ins::container::{Process, environment, list, mounts, volumes};
use crate::stand_ins::variables::plain;
use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

/// The exit code of what passes by itself.
const TRANSIENT: i32 = 75;
/// Until it runs again; Argo waits for as long as `backoff` says.
const PAUSE: Duration = Duration::from_secs(1);

impl Workflow<'_> {
    /// The directory of a pod.
    pub(super) fn pod_of(&self, node: &str) -> PathBuf {
        let name = plain(&self.workflow["metadata"]["name"]);
        self.directory.join(format!("{name}-{node}"))
    }

    /// The containers of a pod, one after another.
    pub(super) fn pod(
        &self,
        state: &State,
        node: &str,
        template: &Value,
        inputs: &Inputs,
    ) -> Result<Ran> {
        let (pod, namespace) = (self.pod_of(node), self.namespace());
        // A Workflow of the same name may have run before.
        if pod.exists() {
            fs::remove_dir_all(&pod)?;
        }
        let scope = scope(state, inputs);
        let all = list(&state.spec, "volumes").iter();
        let all = all.chain(list(template, "volumes"));
        let all: Vec<Value> = all
            .map(|volume| filled(volume, &scope))
            .collect::<Result<_>>()?;
        let volumes = volumes(all.iter(), &pod, self.cluster, &namespace)?;
        let mut artifacts = Vec::new();
        for artifact in list(&template["inputs"], "artifacts") {
            let name = plain(&artifact["name"]);
            let text = inputs.artifacts.get(&name);
            let text = text.with_context(|| format!("`{node}` is called without `{name}`"))?;
            let place = pod.join("artifacts").join(&name);
            fs::create_dir_all(pod.join("artifacts"))?;
            fs::write(&place, text)?;
            artifacts.push((plain(&artifact["path"]), place));
        }
        let account = template
            .get("serviceAccountName")
            .unwrap_or(&state.spec["serviceAccountName"]);
        let kubeconfig = self.cluster.kubeconfig(&namespace, &plain(account))?;
        let process = |container: &Value| -> Result<Process> {
            let mut command = scope.list(list(container, "command"))?;
            command.extend(scope.list(list(container, "args"))?);
            Ok(Process {
                command,
                environment: environment(container)?,
                mounts: [mounts(container, &volumes)?, artifacts.clone()].concat(),
                kubeconfig: Some(kubeconfig.clone()),
                instead: self.instead.to_vec(),
            })
        };
        let mut ran = Ran {
            node: node.to_owned(),
            before: Vec::new(),
            main: None,
        };
        for container in list(template, "initContainers") {
            // One that runs beside the others; the tool of such a one is played.
            if container["restartPolicy"] == "Always" {
                continue;
            }
            let ended = process(container)?.run(self.programs)?;
            let is_fine = ended.code == 0;
            ran.before.push(ended);
            if !is_fine {
                return Ok(ran);
            }
        }
        let main = process(&template["container"])?;
        let mut ended = main.run(self.programs)?;
        for _ in 0..retries(template)? {
            if ended.code != TRANSIENT {
                break;
            }
            sleep(PAUSE);
            let before = ended.log;
            ended = main.run(self.programs)?;
            ended.log = before + &ended.log;
        }
        ran.main = Some(ended);
        // What the executor reads once the container has ended.
        fs::create_dir_all(pod.join("files"))?;
        for output in list(&template["outputs"], "parameters") {
            let path = main.here(&plain(&output["valueFrom"]["path"]));
            if Path::new(&path).is_file() {
                fs::copy(path, pod.join("files").join(plain(&output["name"])))?;
            }
        }
        Ok(ran)
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
