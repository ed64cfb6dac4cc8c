//! Tekton's part: what a PipelineRun comes to, task by task, step by step.

use super::container::{Ended, Process, environment, fill, list, mounts, volumes};
use super::variables::{Style, Variable, Variables, plain};
use crate::conformance::server::RealCluster;
use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where Tekton mounts a TaskRun's results and, each below it, its workspaces.
const RESULTS: &str = "/tekton/results";
const WORKSPACES: &str = "/workspace";

/// What became of a task.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) name: String,
    /// Whether it is one of `finally`.
    is_final: bool,
    /// `Succeeded`, `Failed` or `None` (skipped), as `$(tasks.NAME.status)` has it.
    pub(crate) status: &'static str,
    pub(crate) results: BTreeMap<String, String>,
    /// Each step's name and how it ended.
    pub(crate) steps: Vec<(String, Ended)>,
}

/// A PipelineRun that is carried out.
pub(crate) struct Run<'a> {
    pub(crate) cluster: &'a RealCluster,
    /// The directory of the images' programs.
    pub(crate) programs: &'a Path,
    /// Where pods' directories are made.
    pub(crate) directory: &'a Path,
    pub(crate) run: &'a Value,
}

impl Run<'_> {
    /// Carries it out: tasks in their order, then what is to be done finally.
    pub(crate) fn to_its_end(&self) -> Result<Vec<Task>> {
        let spec = &self.run["spec"];
        let pipeline = self.resolved(&spec["pipelineRef"], "Pipeline")?;
        let mut variables = Variables::new(Style::Tekton);
        for (from, to) in [("name", "name"), ("namespace", "namespace"), ("uid", "uid")] {
            variables.set(
                format!("context.pipelineRun.{to}"),
                plain(&self.run["metadata"][from]),
            );
        }
        let given = list(spec, "params");
        parameters(
            list(&pipeline["spec"], "params"),
            given,
            &Variables::new(Style::Tekton),
            &mut variables,
        )?;
        let mut done: Vec<Task> = Vec::new();
        let mut waiting: Vec<&Value> = list(&pipeline["spec"], "tasks").iter().collect();
        while !waiting.is_empty() {
            let names: BTreeSet<String> = done.iter().map(|task| task.name.clone()).collect();
            let Some(at) = waiting.iter().position(|task| is_ready(task, &names)) else {
                bail!("the pipeline's tasks wait for each other");
            };
            let task = waiting.remove(at);
            let has_failed = done.iter().any(|task| task.status == "Failed");
            let ended = if has_failed {
                skipped(task)
            } else {
                self.task(task, &variables)?
            };
            variables.set(format!("tasks.{}.status", ended.name), ended.status);
            for (name, value) in &ended.results {
                variables.set(
                    format!("tasks.{}.results.{name}", ended.name),
                    value.clone(),
                );
            }
            done.push(ended);
        }
        variables.set("tasks.status", status(&done));
        for task in list(&pipeline["spec"], "finally") {
            let ended = self.task(task, &variables)?;
            done.push(Task {
                is_final: true,
                ..ended
            });
        }
        Ok(done)
    }

    /// What a reference with the cluster resolver names.
    fn resolved(&self, reference: &Value, kind: &str) -> Result<Value> {
        let parameter = |name: &str| {
            let mut parameters = list(reference, "params").iter();
            parameters
                .find(|parameter| parameter["name"] == name)
                .map(|parameter| plain(&parameter["value"]))
        };
        let (Some(name), Some(namespace)) = (parameter("name"), parameter("namespace")) else {
            bail!("a {kind} is referred to in another way than by the cluster resolver");
        };
        self.cluster
            .object("tekton.dev/v1", kind, &namespace, &name)?
            .with_context(|| format!("there is no {kind} `{name}` in `{namespace}`"))
    }

    fn task(&self, of: &Value, outer: &Variables) -> Result<Task> {
        let mut ended = skipped(of);
        if !lacking(of, outer).is_empty() {
            return Ok(ended);
        }
        for condition in list(of, "when") {
            let input = outer.text(&plain(&condition["input"]))?;
            let is_in = outer.list(list(condition, "values"))?.contains(&input);
            if is_in != (condition["operator"] == "in") {
                return Ok(ended);
            }
        }
        let task = self.resolved(&of["taskRef"], "Task")?;
        let spec = &task["spec"];
        let mut variables = Variables::new(Style::Tekton);
        let name = format!("{}-{}", plain(&self.run["metadata"]["name"]), ended.name);
        variables.set("context.taskRun.name", name.clone());
        let given = list(of, "params");
        parameters(list(spec, "params"), given, outer, &mut variables)
            .with_context(|| format!("task `{}`", ended.name))?;
        let pod = self.directory.join(&name);
        let results = pod.join("results");
        fs::create_dir_all(&results)?;
        for result in list(spec, "results") {
            let result = plain(&result["name"]);
            let path = format!("{RESULTS}/{result}");
            variables.set(format!("results.{result}.path"), path);
        }
        let mut places = self.workspaces(of, spec, &pod, &mut variables)?;
        places.push((RESULTS.to_owned(), results.clone()));
        let namespace = plain(&self.run["metadata"]["namespace"]);
        let all = list(spec, "volumes").iter();
        let volumes = volumes(all, &pod, self.cluster, &namespace)?;
        ended.status = "Succeeded";
        for step in list(spec, "steps") {
            let process = process(step, &spec["stepTemplate"], &volumes, &places, &variables)?;
            let done = process.run(self.programs)?;
            let code = done.code;
            ended.steps.push((plain(&step["name"]), done));
            if code != 0 {
                ended.status = "Failed";
                break;
            }
        }
        for result in list(spec, "results") {
            let name = plain(&result["name"]);
            if let Ok(text) = fs::read_to_string(results.join(&name)) {
                ended.results.insert(name, text);
            }
        }
        Ok(ended)
    }

    /// Directories of the workspaces, by their path in the pod; one that is not bound has an empty path.
    fn workspaces(
        &self,
        of: &Value,
        spec: &Value,
        pod: &Path,
        variables: &mut Variables,
    ) -> Result<Vec<(String, PathBuf)>> {
        let namespace = plain(&self.run["metadata"]["namespace"]);
        let mut places = Vec::new();
        for workspace in list(spec, "workspaces") {
            let name = plain(&workspace["name"]);
            let bound = list(of, "workspaces").iter();
            let bound = bound.filter(|it| it["name"] == name.as_str());
            let outer = bound.map(|it| it.get("workspace").unwrap_or(&it["name"]));
            let outer: Vec<&Value> = outer.collect();
            let mut bindings = list(&self.run["spec"], "workspaces").iter();
            let path = match bindings.find(|binding| outer.contains(&&binding["name"])) {
                Some(binding) => {
                    let directory = pod.join("workspaces").join(&name);
                    fill(binding, &directory, self.cluster, &namespace)?;
                    let path = workspace.get("mountPath").map(plain);
                    let path = path.unwrap_or_else(|| format!("{WORKSPACES}/{name}"));
                    places.push((path.clone(), directory));
                    path
                }
                None if workspace["optional"] == Value::Bool(true) => String::new(),
                None => bail!("workspace `{name}` is bound to nothing, and must be"),
            };
            let is_bound = !path.is_empty();
            variables.set(format!("workspaces.{name}.bound"), is_bound.to_string());
            variables.set(format!("workspaces.{name}.path"), path);
        }
        Ok(places)
    }
}

/// Results of other tasks that a task names and that there are not: Tekton skips it.
fn lacking(task: &Value, outer: &Variables) -> Vec<String> {
    let text = task.to_string();
    let names = text.split("$(tasks.").skip(1);
    let names = names.filter_map(|rest| Some(rest.split_once(')')?.0));
    let results = names.filter(|name| name.contains(".results."));
    let results = results.map(|name| format!("tasks.{}", name.trim_end_matches("[*]")));
    results.filter(|name| !outer.has(name)).collect()
}

/// What became of the tasks together, as `$(tasks.status)` has it.
pub(crate) fn status(tasks: &[Task]) -> &'static str {
    let has = |status| {
        let mut tasks = tasks.iter().filter(|task| !task.is_final);
        tasks.any(|task| task.status == status)
    };
    match () {
        () if has("Failed") => "Failed",
        () if has("None") => "Completed",
        () => "Succeeded",
    }
}

/// A task that has not run.
fn skipped(task: &Value) -> Task {
    Task {
        name: plain(&task["name"]),
        is_final: false,
        status: "None",
        results: BTreeMap::new(),
        steps: Vec::new(),
    }
}

/// Whether all that a task comes after is done.
fn is_ready(task: &Value, done: &BTreeSet<String>) -> bool {
    let text = task.to_string();
    let mut before: BTreeSet<&str> = list(task, "runAfter")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    before.extend(
        text.split("$(tasks.")
            .skip(1)
            .filter_map(|rest| rest.split('.').next()),
    );
    before.iter().all(|name| done.contains(*name))
}

/// Sets `params.NAME` of each declared parameter, from what is given or its default.
fn parameters(
    declared: &[Value],
    given: &[Value],
    outer: &Variables,
    variables: &mut Variables,
) -> Result<()> {
    for parameter in given {
        let name = &parameter["name"];
        if !declared.iter().any(|declared| declared["name"] == *name) {
            bail!("parameter {name} is given, and nothing declares it");
        }
    }
    for parameter in declared {
        let name = plain(&parameter["name"]);
        let value = given.iter().find(|given| given["name"] == name.as_str());
        let variable = match (value, parameter.get("default")) {
            (Some(given), _) => outer.variable(&given["value"])?,
            (None, Some(default)) => Variables::new(Style::Tekton).variable(default)?,
            (None, None) => bail!("parameter `{name}` has no value"),
        };
        let is_list = matches!(variable, Variable::List(_));
        if is_list != (parameter["type"] == "array") {
            bail!("parameter `{name}` is given a value of another type");
        }
        variables.set_to(format!("params.{name}"), variable);
    }
    Ok(())
}

fn process(
    step: &Value,
    template: &Value,
    volumes: &BTreeMap<String, PathBuf>,
    places: &[(String, PathBuf)],
    variables: &Variables,
) -> Result<Process> {
    let mut command = variables.list(list(step, "command"))?;
    command.extend(variables.list(list(step, "args"))?);
    let mut all = environment(template)?;
    all.extend(environment(step)?);
    for value in all.values_mut() {
        *value = variables.text(value)?;
    }
    Ok(Process {
        command,
        environment: all,
        mounts: [mounts(step, volumes)?, places.to_vec()].concat(),
        // The compiled runs give their pods no token.
        kubeconfig: None,
        instead: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn task(name: &str, status: &'static str, is_final: bool) -> Task {
        Task {
            status,
            is_final,
            ..skipped(&json!({"name": name}))
        }
    }

    #[test]
    fn a_task_waits_for_those_that_it_names_and_those_that_it_comes_after() {
        let of = json!({"name": "c", "runAfter": ["a"], "params": [{"name": "x", "value": "$(tasks.b.results.y)"}]});
        let done = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        assert!(!is_ready(&of, &done(&["a"])));
        assert!(!is_ready(&of, &done(&["b"])));
        assert!(is_ready(&of, &done(&["a", "b"])));
    }

    #[test]
    fn a_result_of_a_task_that_was_skipped_is_lacking_and_its_status_is_not() {
        let of = json!({"params": [{"name": "x", "value": ["$(tasks.a.results.y[*])", "$(tasks.a.status)"]}]});
        let mut variables = Variables::new(Style::Tekton);
        assert_eq!(lacking(&of, &variables), ["tasks.a.results.y"]);
        variables.set("tasks.a.results.y", "1");
        assert!(lacking(&of, &variables).is_empty());
    }

    #[test]
    fn what_is_done_finally_does_not_count_among_the_tasks() {
        let tasks = [task("a", "Succeeded", false), task("f", "None", true)];
        assert_eq!(status(&tasks), "Succeeded");
        assert_eq!(status(&[task("a", "None", false)]), "Completed");
        assert_eq!(status(&[task("a", "Failed", false)]), "Failed");
    }
}
