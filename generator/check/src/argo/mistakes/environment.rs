//! What an expression can read where it stands.

use luban_api_argo_workflows::Template;
use luban_expression::{Path, Type};

use super::super::kind::{TemplateKind, has_result};
use super::super::view::{View, is_template_alone};
use super::super::written::{Node, Written};
use super::What;
use super::names::{CRON, LAST_RETRY, NODE, WORKFLOW, near};
use crate::argo::view::Target;

/// Which values an expression is evaluated with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// `{{=…}}`: everything that is known of the run.
    Text,
    /// In metrics, what the template did besides.
    Metrics,
    /// `valueFrom.expression` and `fromExpression`.
    Outputs,
    /// `retryStrategy.expression`.
    Retry,
    /// A hook of a step or task.
    Hook,
    /// A hook of the workflow, and labels of the workflow.
    Workflow,
    /// `http.successCondition`.
    Http,
    /// A transformation of data; whether it is the first.
    Data(bool),
    /// `stopStrategy.expression`.
    Cron,
    /// Of a WorkflowEventBinding.
    Event,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Environment<'e, 'a> {
    pub(super) view: &'e View<'a>,
    /// The template, among those that are written, and the step or task in it.
    pub(super) template: Option<usize>,
    pub(super) node: Option<usize>,
    /// Whether it is evaluated once the step or task is done.
    pub(super) is_hook: bool,
}

/// A variable that cannot be read.
pub(super) struct Unknown {
    pub(super) what: What,
    /// The part of the path that is wrong.
    pub(super) segment: usize,
    pub(super) message: String,
    /// What it has to do with: a step or task, or the condition of it.
    pub(super) related: Option<(String, luban_yaml::Path)>,
}

fn unknown<T>(segment: usize, message: impl Into<String>) -> Result<T, Unknown> {
    Err(Unknown {
        what: What::Variable,
        segment,
        message: message.into(),
        related: None,
    })
}

impl<'e, 'a> Environment<'e, 'a> {
    fn written(&self) -> Option<&'e Written<'a>> {
        self.view.written().get(self.template?)
    }

    /// The template and those in which it stands inline, each with the step or task on the way.
    fn chain(&self) -> impl Iterator<Item = (&'e Written<'a>, Option<usize>)> {
        let all = self.view.written();
        let mut next = self.template.map(|template| (template, self.node));
        std::iter::from_fn(move || {
            let (at, node) = next?;
            let written = all.get(at)?;
            next = written.outer.map(|(outer, node)| (outer, Some(node)));
            Some((written, node))
        })
    }

    /// The names that an expression with these values can begin with.
    pub(super) fn roots(&self, values: Values) -> Vec<&'static str> {
        let mut roots: Vec<&'static str> = match values {
            Values::Retry => vec!["lastRetry", "retries"],
            Values::Workflow => vec!["workflow"],
            Values::Http => vec!["response", "request"],
            Values::Data(_) => vec!["data"],
            Values::Cron => vec!["cronworkflow"],
            Values::Event => vec!["payload", "metadata", "discriminator", "namespace"],
            Values::Hook | Values::Outputs => vec!["inputs", "workflow"],
            Values::Text | Values::Metrics => vec!["inputs", "outputs", "workflow", "pod", "node"],
        };
        if matches!(
            values,
            Values::Text | Values::Metrics | Values::Hook | Values::Outputs
        ) {
            for (written, _) in self.chain() {
                match written.kind {
                    Some(TemplateKind::Steps) => roots.push("steps"),
                    Some(TemplateKind::Dag) => roots.push("tasks"),
                    _ => {}
                }
            }
        }
        if matches!(values, Values::Text | Values::Metrics) {
            if self.is_in_loop() {
                roots.push("item");
            }
            if self.has_retries() {
                roots.extend(["retries", "lastRetry"]);
            }
        }
        if values == Values::Metrics {
            roots.extend(["duration", "status", "exitCode", "resourcesDuration"]);
        }
        roots
    }

    fn is_in_loop(&self) -> bool {
        self.chain().any(|(written, node)| {
            node.and_then(|node| written.nodes.get(node))
                .is_some_and(Node::is_loop)
        })
    }

    fn has_retries(&self) -> bool {
        let spec = self.view.own().map(|own| own.spec);
        let defaults = spec.and_then(|spec| spec.template_defaults.as_ref());
        self.chain()
            .any(|(written, _)| written.template.retry_strategy.is_some())
            || defaults.is_some_and(|defaults| defaults.retry_strategy.is_some())
            || spec.is_some_and(|spec| spec.retry_strategy.is_some())
    }

    /// What a path can be.
    pub(super) fn read(&self, path: &Path, values: Values) -> Result<Type, Unknown> {
        let names: Vec<&str> = path.names().collect();
        let Some((root, rest)) = names.split_first() else {
            return Ok(Type::UNKNOWN);
        };
        let roots = self.roots(values);
        if !roots.contains(root) {
            return unknown(0, self.unknown_root(root, &names, &roots, values));
        }
        match *root {
            "inputs" => self.input(rest),
            "workflow" => self.workflow(rest, values),
            "steps" | "tasks" => self.node(root, rest, path.guarded),
            "lastRetry" => one_of("lastRetry", rest, LAST_RETRY).map(|()| leaf(rest)),
            "cronworkflow" => {
                one_of("cronworkflow", rest, CRON)?;
                Ok(match rest {
                    ["failed" | "succeeded"] => Type::INTEGER,
                    ["name" | "namespace"] => Type::TEXT,
                    _ => Type::UNKNOWN,
                })
            }
            "response" => {
                one_of("response", rest, &["statusCode", "body", "headers"])?;
                Ok(match rest {
                    ["statusCode"] => Type::INTEGER,
                    ["body"] => Type::TEXT,
                    _ => Type::UNKNOWN,
                })
            }
            "request" => {
                one_of(
                    "request",
                    rest,
                    &["method", "url", "body", "bodyBytes", "headers"],
                )?;
                Ok(match rest {
                    ["method" | "url" | "body"] => Type::TEXT,
                    _ => Type::UNKNOWN,
                })
            }
            "pod" | "node" => one_of(root, rest, &["name"]).map(|()| leaf(rest)),
            "data" if rest.is_empty() && values == Values::Data(true) => Ok(Type::TEXT.list_of()),
            "retries" if values == Values::Retry => Ok(Type::TEXT),
            _ => Ok(Type::UNKNOWN),
        }
    }

    fn unknown_root(
        &self,
        root: &str,
        names: &[&str],
        roots: &[&'static str],
        values: Values,
    ) -> String {
        let whole = names.join(".");
        let is_text = matches!(values, Values::Text | Values::Metrics);
        match root {
            "steps" | "tasks" => {
                let other = if root == "steps" { "tasks" } else { "steps" };
                if roots.contains(&other) {
                    return format!(
                        "`{root}` is not known here: this template has {other} (did you mean `{other}`?)"
                    );
                }
                if matches!(
                    values,
                    Values::Text | Values::Metrics | Values::Outputs | Values::Hook
                ) {
                    return format!(
                        "`{root}` is not known in a template without {root}: what others give comes in by inputs"
                    );
                }
            }
            "item" if is_text => {
                return "`item` is only known in a step or task that is repeated".to_owned();
            }
            "retries" | "lastRetry" if is_text => {
                return format!("`{root}` is only known in a template with `retryStrategy`");
            }
            _ => {}
        }
        let hint = near(root, roots.iter().copied());
        if hint.is_empty() && root == "parameters" && roots.contains(&"inputs") {
            return format!("there is no variable `{root}` (did you mean `inputs.{whole}`?)");
        }
        if hint.is_empty() {
            let known = roots
                .iter()
                .map(|root| format!("`{root}`"))
                .collect::<Vec<_>>();
            return format!(
                "there is no variable `{root}` here: there is {}",
                known.join(", ")
            );
        }
        format!("there is no variable `{root}`{hint}")
    }

    fn input(&self, rest: &[&str]) -> Result<Type, Unknown> {
        let Some((group, rest)) = rest.split_first() else {
            return Ok(Type::UNKNOWN);
        };
        let names: Vec<&str> = match *group {
            "parameters" => self
                .inputs()
                .flat_map(|inputs| &inputs.parameters)
                .map(|it| it.name.as_str())
                .collect(),
            "artifacts" => self
                .inputs()
                .flat_map(|inputs| &inputs.artifacts)
                .map(|it| it.name.as_str())
                .collect(),
            _ => {
                let hint = near(group, ["parameters", "artifacts"]);
                return unknown(
                    1,
                    format!("inputs are `inputs.parameters` and `inputs.artifacts`{hint}"),
                );
            }
        };
        let Some((name, rest)) = rest.split_first() else {
            return Ok(Type::UNKNOWN);
        };
        if !names.contains(name) {
            let one = group.trim_end_matches('s');
            let template = self.written().map_or("inline", |written| written.name());
            let hint = near(name, names.iter().copied());
            return unknown(
                2,
                format!("template `{template}` has no input {one} `{name}`{hint}"),
            );
        }
        Ok(match (*group, rest) {
            ("parameters", []) | ("artifacts", ["path"]) => Type::TEXT,
            ("artifacts", []) => Type::OBJECT,
            _ => Type::UNKNOWN,
        })
    }

    /// Whether an input parameter of that name is declared.
    pub(super) fn has_input(&self, name: &str) -> bool {
        let mut parameters = self.inputs().flat_map(|inputs| &inputs.parameters);
        parameters.any(|parameter| parameter.name == name)
    }

    fn inputs(&self) -> impl Iterator<Item = &'a luban_api_argo_workflows::Inputs> {
        self.chain()
            .filter_map(|(written, _)| written.template.inputs.as_ref())
    }

    fn workflow(&self, rest: &[&str], values: Values) -> Result<Type, Unknown> {
        one_of("workflow", rest, WORKFLOW)?;
        match rest {
            ["parameters", "json"] => Ok(Type::TEXT),
            ["parameters", name] => {
                let globals = &self.view.globals;
                let is_known = globals
                    .value(&format!("workflow.parameters.{name}"))
                    .is_some();
                if is_known
                    || is_template_alone(self.view.entry)
                    || self.view.reference_fault.is_some()
                {
                    return Ok(Type::TEXT);
                }
                let hint = near(name, globals.parameters.iter().map(|it| it.name.as_str()));
                unknown(2, format!("the workflow has no parameter `{name}`{hint}"))
            }
            ["outputs", group, ..] if !matches!(*group, "parameters" | "artifacts") => {
                let hint = near(group, ["parameters", "artifacts"]);
                unknown(
                    2,
                    format!("outputs are `outputs.parameters` and `outputs.artifacts`{hint}"),
                )
            }
            ["name" | "namespace" | "mainEntrypoint" | "serviceAccountName" | "uid" | "status"]
            | ["duration" | "priority" | "failures"]
                if values != Values::Event =>
            {
                Ok(Type::TEXT)
            }
            _ => Ok(Type::UNKNOWN),
        }
    }

    /// A step or task, and what is behind it.
    pub(super) fn node(&self, root: &str, rest: &[&str], guarded: bool) -> Result<Type, Unknown> {
        let Some((name, rest)) = rest.split_first() else {
            return Ok(Type::UNKNOWN);
        };
        if *name == "name" && rest.is_empty() {
            return Ok(Type::TEXT);
        }
        let kind = if root == "steps" {
            TemplateKind::Steps
        } else {
            TemplateKind::Dag
        };
        let mut names: Vec<&str> = Vec::new();
        for (depth, (written, own)) in self.chain().enumerate() {
            if written.kind != Some(kind) {
                continue;
            }
            if let Some(at) = written.nodes.iter().position(|node| node.name == *name) {
                let node = written.nodes.get(at);
                let Some(node) = node else { break };
                if own != Some(at) || !(self.is_hook && depth == 0) {
                    self.is_done(written, own, at, rest)?;
                }
                return self.of_node(node, root, rest, guarded);
            }
            names.extend(written.nodes.iter().map(|node| node.name));
        }
        if names.iter().any(|name| name.contains("{{")) {
            return Ok(Type::UNKNOWN);
        }
        let one = root.trim_end_matches('s');
        let hint = near(name, names.iter().copied());
        unknown(1, format!("there is no {one} `{name}`{hint}"))
    }

    /// Whether a step or task is done before the one in which the expression stands.
    fn is_done(
        &self,
        written: &Written<'_>,
        own: Option<usize>,
        other: usize,
        rest: &[&str],
    ) -> Result<(), Unknown> {
        let (Some(own), Some(node)) = (own, written.nodes.get(other)) else {
            return Ok(());
        };
        let message = match written.kind {
            Some(TemplateKind::Steps) => {
                let own_group = written.nodes.get(own).map_or(0, |own| own.group);
                if node.group < own_group || rest.first() == Some(&"status") && own == other {
                    return Ok(());
                }
                let when = if own == other {
                    "is this step itself"
                } else if node.group == own_group {
                    "runs at the same time"
                } else {
                    "runs later"
                };
                format!("step `{}` {when}: nothing of it is known yet", node.name)
            }
            _ => {
                let dag = written.dag();
                let is_dynamic = written
                    .nodes
                    .iter()
                    .any(|node| node.depends.is_some_and(|it| it.contains("{{")));
                if is_dynamic || dag.ancestors(own).contains(node.name) {
                    return Ok(());
                }
                let this = written.nodes.get(own).map_or("", |own| own.name);
                if own == other {
                    if rest.first() == Some(&"status") {
                        return Ok(());
                    }
                    format!(
                        "task `{}` is this task itself: nothing of it is known yet",
                        node.name
                    )
                } else {
                    format!(
                        "task `{this}` does not depend on task `{}`: nothing of it is known then",
                        node.name
                    )
                }
            }
        };
        Err(Unknown {
            what: What::Unready,
            segment: 1,
            message,
            related: Some(("it is here".to_owned(), node.path.key("name"))),
        })
    }

    fn of_node(
        &self,
        node: &Node<'a>,
        root: &str,
        rest: &[&str],
        guarded: bool,
    ) -> Result<Type, Unknown> {
        let Some((field, rest)) = rest.split_first() else {
            return Ok(Type::UNKNOWN);
        };
        if !NODE.contains(field) {
            let hint = near(field, NODE.iter().copied());
            let one = root.trim_end_matches('s');
            return unknown(2, format!("a {one} has no `{field}`{hint}"));
        }
        if *field != "outputs" {
            return Ok(leaf(&["", field]));
        }
        let Some(template) = self.called(node) else {
            return Ok(Type::UNKNOWN);
        };
        let called = template.name.as_deref().unwrap_or("inline");
        let missing = |segment: usize, message: String| {
            Err(Unknown {
                what: What::Variable,
                segment,
                message,
                related: Some(("it is called here".to_owned(), node.path.key("name"))),
            })
        };
        let outputs = template.outputs.as_ref();
        match rest {
            [] => return Ok(Type::UNKNOWN),
            ["result", ..] if !has_result(template) => {
                return missing(
                    3,
                    format!(
                        "template `{called}` has no result: only containers, scripts, HTTP calls, data and plugins have one"
                    ),
                );
            }
            ["parameters", name, ..] => {
                let mut names = outputs
                    .into_iter()
                    .flat_map(|outputs| &outputs.parameters)
                    .map(|it| it.name.as_str());
                if !names.clone().any(|known| known == *name) {
                    let hint = near(name, &mut names);
                    return missing(
                        4,
                        format!("template `{called}` has no output parameter `{name}`{hint}"),
                    );
                }
            }
            ["artifacts", name, ..] => {
                let mut names = outputs
                    .into_iter()
                    .flat_map(|outputs| &outputs.artifacts)
                    .map(|it| it.name.as_str());
                if !names.clone().any(|known| known == *name) {
                    let hint = near(name, &mut names);
                    return missing(
                        4,
                        format!("template `{called}` has no output artifact `{name}`{hint}"),
                    );
                }
                return Ok(Type::OBJECT.or(Type::UNKNOWN));
            }
            [group, ..] if !matches!(*group, "result" | "parameters" | "artifacts") => {
                let hint = near(group, ["result", "parameters", "artifacts"]);
                return missing(
                    3,
                    format!("outputs are `result`, `parameters` and `artifacts`{hint}"),
                );
            }
            _ => {}
        }
        if let (false, Some(when)) = (guarded, may_be_skipped(node, template, rest)) {
            return Err(Unknown {
                what: What::Skipped,
                segment: 1,
                message: format!("`{}` may be skipped, and then has no outputs", node.name),
                related: Some(("by this condition".to_owned(), when)),
            });
        }
        Ok(match rest {
            ["result"] | ["parameters", _] => Type::TEXT,
            _ => Type::UNKNOWN,
        })
    }

    /// Whether a step or task does without an output that is not there: it has a condition too, or what it calls has values of
    /// its own for arguments that are nothing but that output.
    pub(super) fn does_without(&self, is_whole: bool) -> bool {
        let node = self.node.and_then(|at| self.written()?.nodes.get(at));
        let Some(node) = node else { return false };
        if node.when.is_some() {
            return true;
        }
        let inputs = self
            .called(node)
            .and_then(|template| template.inputs.as_ref());
        let mut inputs = inputs.into_iter().flat_map(|inputs| &inputs.parameters);
        is_whole && inputs.any(|input| input.default.is_some())
    }

    /// The template that a step or task runs, if it is known.
    pub(super) fn called(&self, node: &Node<'a>) -> Option<&'a Template> {
        called(self.view, node)
    }
}

/// The template that a step or task runs, if it is known.
pub(crate) fn called<'a>(view: &View<'a>, node: &Node<'a>) -> Option<&'a Template> {
    if let Some(inline) = node.inline {
        return Some(inline);
    }
    if let Some(name) = node.template.filter(|_| node.reference.is_none()) {
        return view.own()?.template(name).map(|(template, _)| template);
    }
    let visit = match view.call_at(&node.path)?.target {
        Target::Visit(visit) => view.visits.get(visit)?,
        Target::Dynamic | Target::Fault(_) => return None,
    };
    Some(visit.template).filter(|_| visit.kinds.len() == 1)
}

/// The condition by which a step or task may not run, where an output has no value for that case.
fn may_be_skipped(node: &Node<'_>, template: &Template, rest: &[&str]) -> Option<luban_yaml::Path> {
    node.when.filter(|when| !when.trim().is_empty())?;
    if let ["parameters", name] = rest {
        let mut parameters = template
            .outputs
            .iter()
            .flat_map(|outputs| &outputs.parameters);
        let output = parameters.find(|output| output.name == *name)?;
        let from = output.value_from.as_ref();
        if output.default.is_some() || from.is_some_and(|from| from.default.is_some()) {
            return None;
        }
    }
    if node.is_loop() || rest.first() == Some(&"artifacts") {
        return None;
    }
    Some(node.path.key("when"))
}

fn one_of(root: &str, rest: &[&str], known: &[&str]) -> Result<(), Unknown> {
    match rest.first() {
        Some(name) if !known.contains(name) => {
            let hint = near(name, known.iter().copied());
            unknown(1, format!("`{root}` has no `{name}`{hint}"))
        }
        _ => Ok(()),
    }
}

/// The type of a single name behind a root.
fn leaf(rest: &[&str]) -> Type {
    if rest.is_empty() {
        Type::UNKNOWN
    } else {
        Type::TEXT
    }
}
