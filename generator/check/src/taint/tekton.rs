//! Tekton: parameters of runs to pipelines, to tasks, to steps.

use luban_yaml::Value;

use super::field;
use super::graph::{First, Graph, Hop, Source, Stretch, Use, Variable, key};
use super::names::{Names, written};
use super::reference::{Root, tekton};
use crate::surface::{Surface, TaskSpec, task_specs, tasks_of};

/// Adds what an object of Tekton passes on.
pub(super) fn add<'a>(surface: &Surface<'a>, names: &Names<'a>, graph: &mut Graph<'a>) {
    let Some(spec) = surface.root.get("spec") else {
        return;
    };
    let mut object = Tekton {
        names,
        namespace: written(surface.entry),
        graph,
    };
    let kind = surface.kind();
    match kind {
        "TaskRun" | "PipelineRun" => object.run(spec, kind),
        "Pipeline" | "Task" | "ClusterTask" | "StepAction" => object.callers(spec),
        _ => return,
    }
    match kind {
        "Pipeline" => object.pipeline(&[spec], 0),
        "PipelineRun" => {
            if let Some(pipeline) = spec.get("pipelineSpec") {
                object.declared(spec, pipeline, "the pipeline");
                object.pipeline(&[pipeline, spec], 0);
            }
        }
        "TaskRun" => {
            if let Some(task) = spec.get("taskSpec") {
                object.declared(spec, task, "the task");
            }
        }
        "StepAction" => {
            let containers = surface.containers().flat_map(field::of_container);
            for (field, sink) in containers.collect::<Vec<_>>() {
                object.field(&[spec], field, sink);
            }
        }
        _ => {}
    }
    for (task, pod) in task_specs(kind, surface.root).iter().zip(&surface.pods) {
        object.task(task, pod);
    }
}

struct Tekton<'a, 'g> {
    names: &'g Names<'a>,
    namespace: Option<&'a str>,
    graph: &'g mut Graph<'a>,
}

impl<'a> Tekton<'a, '_> {
    /// The spec of an object by its name, or by a cluster resolver's.
    fn referred(&self, reference: Value<'a>, kind: &'static str) -> Option<(Value<'a>, &'a str)> {
        let (name, namespace) = match reference.text_of("resolver") {
            None => (reference.text_of("name")?, self.namespace),
            Some("cluster") => {
                let of = |name: &str| {
                    let mut params = reference.items_of("params");
                    params
                        .find(|param| param.text_of("name") == Some(name))?
                        .text_of("value")
                };
                let namespace = of("namespace").or(self.namespace);
                (of("name")?, namespace)
            }
            Some(_) => return None,
        };
        Some((self.names.spec(kind, namespace, name)?, name))
    }

    /// Parameters of a run, to what it refers to.
    fn run(&mut self, spec: Value<'a>, kind: &'a str) {
        let to = match kind {
            "TaskRun" => spec.get("taskRef").and_then(|it| self.referred(it, "Task")),
            _ => spec
                .get("pipelineRef")
                .and_then(|it| self.referred(it, "Pipeline")),
        };
        for param in spec.items_of("params") {
            let Some(name) = param.text_of("name") else {
                continue;
            };
            let variable = Variable::new(spec, name);
            let names = (variable, name, kind);
            self.graph.arguments.insert(key(param), names);
            if let Some(value) = param.get("value") {
                self.graph.arguments.insert(key(value), names);
                for item in value.items() {
                    self.graph.arguments.insert(key(item), names);
                }
            }
            if let Some((to, of)) = to {
                let at = Stretch::whole(param.get("name").unwrap_or(param));
                self.graph
                    .edge(variable, Variable::new(to, name), Hop { at, name, of });
            }
        }
    }

    /// Parameters of a run that what stands in it declares once more.
    fn declared(&mut self, run: Value<'a>, inner: Value<'a>, of: &'a str) {
        for param in inner.items_of("params") {
            if let Some(name) = param.text_of("name") {
                let at = Stretch::whole(param.get("name").unwrap_or(param));
                let (from, to) = (Variable::new(run, name), Variable::new(inner, name));
                self.graph.edge(from, to, Hop { at, name, of });
            }
        }
    }

    /// What a name means in the innermost of some specs: the nearest that has a parameter of this name.
    fn variable(scopes: &[Value<'a>], name: &'a str) -> Option<Variable<'a>> {
        let has = |scope: &&Value<'a>| {
            scope
                .items_of("params")
                .any(|param| param.text_of("name") == Some(name))
        };
        scopes
            .iter()
            .find(has)
            .map(|scope| Variable::new(*scope, name))
    }

    fn field(&mut self, scopes: &[Value<'a>], field: Value<'a>, sink: Use) {
        let Some(text) = field.text() else { return };
        self.graph.fields.insert(key(field), sink);
        for reference in tekton(text) {
            if reference.root != Root::Inputs || sink == Use::Option && reference.bytes.start != 0 {
                continue;
            }
            if let Some(variable) = Self::variable(scopes, reference.name) {
                self.graph
                    .sink(variable, sink, Stretch::of(field, reference.bytes));
            }
        }
    }

    /// The tasks of the pipeline that is first in `scopes`.
    fn pipeline(&mut self, scopes: &[Value<'a>], depth: usize) {
        /// As deep as inline tasks are looked for.
        const DEEPEST: usize = 8;
        let Some(spec) = scopes.first() else { return };
        for task in tasks_of(*spec) {
            let name = task.text_of("name").unwrap_or("the task");
            let callee =
                if let Some(own) = task.get("taskSpec").or_else(|| task.get("pipelineSpec")) {
                    Some((own, name))
                } else if let Some(reference) = task.get("taskRef") {
                    self.resolver(scopes, reference);
                    self.referred(reference, "Task")
                } else {
                    let reference = task.get("pipelineRef");
                    reference.and_then(|reference| self.referred(reference, "Pipeline"))
                };
            let matrix = task.get("matrix").into_iter();
            let matrix = matrix.flat_map(|matrix| {
                let include = matrix
                    .items_of("include")
                    .flat_map(|it| it.items_of("params"));
                matrix.items_of("params").chain(include)
            });
            for param in task.items_of("params").chain(matrix) {
                let Some((to, of)) = callee else { continue };
                self.argument(scopes, param, to, of);
            }
            for when in task.items_of("when") {
                if let Some(cel) = when.get("cel") {
                    self.field(scopes, cel, Use::Expression);
                }
            }
            if let Some(inner) = task.get("pipelineSpec").filter(|_| depth < DEEPEST) {
                let scopes: Vec<_> = std::iter::once(inner)
                    .chain(scopes.iter().copied())
                    .collect();
                self.pipeline(&scopes, depth + 1);
            }
        }
    }

    /// A parameter that is passed on.
    fn argument(&mut self, scopes: &[Value<'a>], param: Value<'a>, to: Value<'a>, of: &'a str) {
        let (Some(name), Some(value)) = (param.text_of("name"), param.get("value")) else {
            return;
        };
        let fields = value.entries().map(|(_, field)| field);
        let texts: Vec<_> = std::iter::once(value)
            .chain(value.items())
            .chain(fields)
            .collect();
        for value in texts {
            for reference in tekton(value.text().unwrap_or_default()) {
                if let Some(from) = Self::variable(scopes, reference.name) {
                    let at = Stretch::of(value, reference.bytes);
                    self.graph
                        .edge(from, Variable::new(to, name), Hop { at, name, of });
                }
            }
        }
    }

    /// What a resolver fetches.
    fn resolver(&mut self, scopes: &[Value<'a>], reference: Value<'a>) {
        let known = ["url", "revision", "bundle", "pathInRepo", "org", "repo"];
        for param in reference.items_of("params") {
            if param
                .text_of("name")
                .is_some_and(|name| known.contains(&name))
                && let Some(value) = param.get("value")
            {
                self.field(scopes, value, Use::Url);
            }
        }
    }

    fn task(&mut self, task: &TaskSpec<'a>, pod: &crate::surface::Pod<'a>) {
        let scopes: Vec<_> = std::iter::once(task.spec)
            .chain(task.around.iter().copied())
            .collect();
        for (field, sink) in field::of_pod(pod) {
            self.field(&scopes, field, sink);
        }
        for container in &pod.containers {
            for (field, sink) in field::of_container(*container) {
                self.field(&scopes, field, sink);
            }
            let action = container.value.get("ref");
            if let Some((to, of)) = action.and_then(|action| self.referred(action, "StepAction")) {
                for param in container.value.items_of("params") {
                    self.argument(&scopes, param, to, of);
                }
            }
        }
    }

    /// Whoever runs what others may use chooses its parameters.
    fn callers(&mut self, spec: Value<'a>) {
        for param in spec
            .items_of("params")
            .filter(|param| param.get("enum").is_none())
        {
            let Some(name) = param.text_of("name") else {
                continue;
            };
            let source = Source {
                at: Stretch::whole(param.get("name").unwrap_or(param)),
                what: name.to_owned(),
                into: None,
                is_event: false,
            };
            let first = First::Variable(Variable::new(spec, name));
            self.graph.sources.push((first, source));
        }
    }
}
