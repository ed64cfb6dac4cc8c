//! Argo Workflows' part: what a Workflow comes to, container by container.

mod pod;
mod terms;

use super::container::{Ended, list};
use super::variables::{Style, Variables, plain};
use crate::conformance::server::RealCluster;
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use terms::{arguments, before, holds, remember, scope};

const API_VERSION: &str = "argoproj.io/v1alpha1";

/// A Workflow that is carried out.
pub(crate) struct Workflow<'a> {
    pub(crate) cluster: &'a RealCluster,
    /// The directory of the images' programs.
    pub(crate) programs: &'a Path,
    /// Where pods' directories are made.
    pub(crate) directory: &'a Path,
    pub(crate) workflow: &'a Value,
    /// What words of compiled containers begin with that are others here, and what stands in their place.
    pub(crate) instead: &'a [(String, String)],
}

/// A pod that ran.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The way from the entrypoint to its template, by tasks.
    pub(crate) node: String,
    /// Containers that ran before the main one, with how they ended.
    pub(crate) before: Vec<Ended>,
    /// How the main container ended, if those before it ended well.
    pub(crate) main: Option<Ended>,
}

impl Ran {
    /// All of its containers.
    pub(crate) fn containers(&self) -> impl Iterator<Item = &Ended> {
        self.before.iter().chain(&self.main)
    }

    fn is_fine(&self) -> bool {
        self.main.as_ref().is_some_and(|main| main.code == 0)
    }
}

/// What became of a Workflow.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// `Succeeded` or `Failed`.
    pub(crate) status: &'static str,
    /// Its pods, in the order in which they ran.
    pub(crate) ran: Vec<Ran>,
    /// What only its running made known.
    pub(crate) known: Variables,
}

/// What a template is called with.
#[derive(Clone, Debug, Default)]
struct Inputs {
    parameters: BTreeMap<String, String>,
    artifacts: BTreeMap<String, String>,
}

/// What became of a template.
#[derive(Debug)]
struct Done {
    status: &'static str,
    outputs: BTreeMap<String, String>,
}

impl Done {
    fn of(status: &'static str) -> Self {
        Self {
            status,
            outputs: BTreeMap::new(),
        }
    }
}

/// A Workflow on its way.
struct State {
    spec: Value,
    /// `workflow.…`
    globals: Variables,
    outcome: Outcome,
    failures: Vec<Value>,
}

impl State {
    fn template(&self, name: &str) -> Result<Value> {
        let mut templates = list(&self.spec, "templates").iter();
        templates
            .find(|template| template["name"] == name)
            .cloned()
            .with_context(|| format!("there is no template `{name}`"))
    }
}

impl Workflow<'_> {
    /// Carries it out, with the specification of the template that it refers to, and then what it does in any case.
    pub(crate) fn to_its_end(&self) -> Result<Outcome> {
        let mut state = self.begin()?;
        let entry = plain(&state.spec["entrypoint"]);
        let inputs = self.given(&state)?;
        let mut status = self.template(&mut state, &entry, &entry, &inputs)?.status;
        let exit = plain(&state.spec["onExit"]);
        if !exit.is_empty() {
            let failures = Value::Array(state.failures.clone()).to_string();
            let failures = match state.failures.as_slice() {
                [] => failures,
                // As text of JSON in JSON (workflow/controller/operator.go).
                _ => Value::from(failures).to_string(),
            };
            state.globals.set("workflow.status", status);
            state.globals.set("workflow.failures", failures);
            let done = self.template(&mut state, &exit, &exit, &Inputs::default())?;
            if done.status == "Failed" {
                status = done.status;
            }
        }
        state.outcome.status = status;
        Ok(state.outcome)
    }

    /// Carries out one task of its entrypoint, that comes after no other.
    pub(crate) fn task(&self, name: &str) -> Result<Outcome> {
        let mut state = self.begin()?;
        let entry = plain(&state.spec["entrypoint"]);
        let template = state.template(&entry)?;
        let mut tasks = list(&template["dag"], "tasks").iter();
        let task = tasks
            .find(|task| task["name"] == name)
            .with_context(|| format!("`{entry}` has no task `{name}`"))?;
        let given = self.given(&state)?;
        let scope = scope(&state, &given);
        let inputs = arguments(task, &scope, &given)?;
        let node = format!("{entry}.{name}");
        let done = self.template(&mut state, &node, &plain(&task["template"]), &inputs)?;
        remember(name, &done, &mut state.outcome.known);
        state.outcome.status = done.status;
        Ok(state.outcome)
    }

    fn begin(&self) -> Result<State> {
        let reference = &self.workflow["spec"]["workflowTemplateRef"];
        let (name, namespace) = (plain(&reference["name"]), self.namespace());
        let kind = match reference["clusterScope"] {
            Value::Bool(true) => "ClusterWorkflowTemplate",
            _ => "WorkflowTemplate",
        };
        let template = self
            .cluster
            .object(API_VERSION, kind, &namespace, &name)?
            .with_context(|| format!("there is no {kind} `{name}` in `{namespace}`"))?;
        let spec = template["spec"].clone();
        let globals = self.globals(&spec)?;
        Ok(State {
            outcome: Outcome {
                status: "Running",
                ran: Vec::new(),
                known: self.created(),
            },
            spec,
            globals,
            failures: Vec::new(),
        })
    }

    fn namespace(&self) -> String {
        plain(&self.workflow["metadata"]["namespace"])
    }

    /// `workflow.…`
    fn globals(&self, spec: &Value) -> Result<Variables> {
        let mut variables = Variables::new(Style::Argo);
        let metadata = &self.workflow["metadata"];
        for field in ["name", "namespace", "uid"] {
            variables.set(format!("workflow.{field}"), plain(&metadata[field]));
        }
        variables.extend(&self.created());
        let given = list(&self.workflow["spec"]["arguments"], "parameters");
        let declared = list(&spec["arguments"], "parameters");
        for parameter in declared.iter().chain(given) {
            let name = plain(&parameter["name"]);
            let given = given.iter().find(|given| given["name"] == name.as_str());
            let value = given.or(Some(parameter)).and_then(|it| it.get("value"));
            let value = value.with_context(|| format!("argument `{name}` has no value"))?;
            variables.set(format!("workflow.parameters.{name}"), plain(value));
        }
        Ok(variables)
    }

    /// When it was made, which nobody knows before.
    fn created(&self) -> Variables {
        let mut variables = Variables::new(Style::Argo);
        let created = plain(&self.workflow["metadata"]["creationTimestamp"]);
        variables.set("workflow.creationTimestamp.RFC3339", created);
        variables
    }

    /// What the entrypoint is called with: everything that the Workflow is.
    fn given(&self, state: &State) -> Result<Inputs> {
        let mut inputs = Inputs::default();
        let all = &self.workflow["spec"]["arguments"];
        let declared = list(&state.spec["arguments"], "parameters");
        for parameter in declared.iter().chain(list(all, "parameters")) {
            let name = plain(&parameter["name"]);
            let value = state
                .globals
                .text(&format!("{{{{workflow.parameters.{name}}}}}"))?;
            inputs.parameters.insert(name, value);
        }
        for artifact in list(all, "artifacts") {
            let data = artifact.pointer("/raw/data").map(plain);
            let name = plain(&artifact["name"]);
            let data = data.with_context(|| format!("artifact `{name}` has no text of its own"))?;
            inputs.artifacts.insert(name, data);
        }
        Ok(inputs)
    }

    fn template(&self, state: &mut State, node: &str, name: &str, inputs: &Inputs) -> Result<Done> {
        let template = state.template(name)?;
        if template.get("container").is_some() {
            let ran = self.pod(state, node, &template, inputs)?;
            let mut done = Done::of(if ran.is_fine() { "Succeeded" } else { "Failed" });
            for output in list(&template["outputs"], "parameters") {
                let output_name = plain(&output["name"]);
                let path = plain(&output["valueFrom"]["path"]);
                let place = self.pod_of(node).join("files").join(&output_name);
                let Ok(text) = fs::read_to_string(&place) else {
                    if done.status == "Succeeded" {
                        bail!("`{node}` ended well without having written `{path}`");
                    }
                    continue;
                };
                if let Some(global) = output.get("globalName") {
                    let global = format!("workflow.outputs.parameters.{}", plain(global));
                    state.globals.set(global.clone(), text.clone());
                    state.outcome.known.set(global, text.clone());
                }
                done.outputs.insert(output_name, text);
            }
            if done.status == "Failed" {
                let last = ran.containers().last().map_or(0, |ended| ended.code);
                state.failures.push(json!({
                    "displayName": node.rsplit('.').next(), "templateName": name, "phase": "Failed",
                    "message": format!("main: Error (exit code {last})"),
                }));
            }
            state.outcome.ran.push(ran);
            return Ok(done);
        }
        if template.get("dag").is_some() {
            return self.dag(state, node, &template, inputs);
        }
        let scope = scope(state, inputs);
        for step in list(&template, "steps")
            .iter()
            .filter_map(Value::as_array)
            .flatten()
        {
            if let Some(condition) = step.get("when")
                && !holds(&plain(condition), &scope)?
            {
                continue;
            }
            let given = arguments(step, &scope, inputs)?;
            let node = format!("{node}.{}", plain(&step["name"]));
            let done = self.template(state, &node, &plain(&step["template"]), &given)?;
            if done.status == "Failed" {
                return Ok(Done::of("Failed"));
            }
        }
        Ok(Done::of("Succeeded"))
    }

    /// Tasks, each after those that it depends on.
    fn dag(
        &self,
        state: &mut State,
        node: &str,
        template: &Value,
        inputs: &Inputs,
    ) -> Result<Done> {
        let mut waiting: Vec<&Value> = list(&template["dag"], "tasks").iter().collect();
        let mut ended: BTreeMap<String, &'static str> = BTreeMap::new();
        let mut outputs = Variables::new(Style::Argo);
        while !waiting.is_empty() {
            let ready = |task: &&Value| before(task).iter().all(|name| ended.contains_key(name));
            let Some(at) = waiting.iter().position(ready) else {
                bail!("the tasks of `{node}` wait for each other");
            };
            let task = waiting.remove(at);
            let name = plain(&task["name"]);
            let is_wanted = before(task)
                .iter()
                .all(|name| matches!(ended.get(name), Some(&("Succeeded" | "Skipped"))));
            let mut scope = scope(state, inputs);
            scope.extend(&outputs);
            let status = if !is_wanted {
                "Omitted"
            } else if let Some(condition) = task.get("when")
                && !holds(&plain(condition), &scope)?
            {
                "Skipped"
            } else {
                let given = arguments(task, &scope, inputs)?;
                let below = format!("{node}.{name}");
                let done = self.template(state, &below, &plain(&task["template"]), &given)?;
                remember(&name, &done, &mut outputs);
                done.status
            };
            ended.insert(name, status);
        }
        state.outcome.known.extend(&outputs);
        let has_failed = ended.values().any(|&status| status == "Failed");
        Ok(Done::of(if has_failed { "Failed" } else { "Succeeded" }))
    }
}
