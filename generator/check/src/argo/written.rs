//! The templates of the checked object as they are written, inline ones too, with the steps and tasks that they hold.
//!
//! Unlike visits, which follow upstream's validation, these are all templates, each once, whoever calls them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use luban_api_argo_workflows::{
    Arguments, ContinueOn, Item, LifecycleHook, Sequence, Template, TemplateRef,
};
use luban_yaml::Path;

use super::base::Base;
use super::dag::Dag;
use super::kind::TemplateKind;

/// How deep inline templates may stand in inline templates; upstream's definitions know fewer levels.
const DEEPEST: usize = 16;

/// A template where it is written.
#[derive(Debug)]
pub(crate) struct Written<'a> {
    pub(crate) template: &'a Template,
    pub(crate) path: Path,
    pub(crate) kind: Option<TemplateKind>,
    /// The template in which it stands inline, and the step or task there.
    pub(crate) outer: Option<(usize, usize)>,
    /// Its steps or tasks.
    pub(crate) nodes: Vec<Node<'a>>,
    dag: OnceCell<Dag>,
}

impl Written<'_> {
    /// What its tasks depend on, by names as they are written.
    pub(crate) fn dag(&self) -> &Dag {
        let tasks = self.template.dag.as_ref().map(|dag| dag.tasks.as_slice());
        self.dag
            .get_or_init(|| Dag::of_names(tasks.unwrap_or_default()))
    }

    /// Its name in messages.
    pub(crate) fn name(&self) -> &str {
        self.template.name.as_deref().unwrap_or("inline")
    }
}

/// A step or task.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    pub(crate) path: Path,
    pub(crate) name: &'a str,
    /// The group of a step; of tasks, 0.
    pub(crate) group: usize,
    pub(crate) template: Option<&'a str>,
    pub(crate) reference: Option<&'a TemplateRef>,
    pub(crate) inline: Option<&'a Template>,
    pub(crate) arguments: Option<&'a Arguments>,
    pub(crate) when: Option<&'a str>,
    pub(crate) items: &'a [Item],
    pub(crate) parameter: Option<&'a str>,
    pub(crate) sequence: Option<&'a Sequence>,
    pub(crate) continue_on: Option<&'a ContinueOn>,
    pub(crate) hooks: &'a BTreeMap<String, LifecycleHook>,
    pub(crate) on_exit: Option<&'a str>,
    pub(crate) depends: Option<&'a str>,
}

impl Node<'_> {
    /// Whether it is repeated.
    pub(crate) fn is_loop(&self) -> bool {
        !self.items.is_empty() || self.parameter.is_some() || self.sequence.is_some()
    }
}

/// All templates of an object.
pub(crate) fn written<'a>(base: &Base<'a>) -> Vec<Written<'a>> {
    let mut all = Vec::new();
    for (index, template) in base.spec.templates.iter().enumerate() {
        add(&mut all, base, template, base.template_path(index), None, 0);
    }
    all
}

fn add<'a>(
    all: &mut Vec<Written<'a>>,
    base: &Base<'a>,
    template: &'a Template,
    path: Path,
    outer: Option<(usize, usize)>,
    depth: usize,
) {
    let kinds = TemplateKind::of(template, base.document(), &path);
    let nodes = nodes(template, &path);
    let inline: Vec<_> = nodes
        .iter()
        .enumerate()
        .filter_map(|(at, node)| Some((at, node.inline?, node.path.key("inline"))))
        .collect();
    let own = all.len();
    all.push(Written {
        template,
        path,
        kind: kinds.first().copied().filter(|_| kinds.len() == 1),
        outer,
        nodes,
        dag: OnceCell::new(),
    });
    if depth < DEEPEST {
        for (at, template, path) in inline {
            add(all, base, template, path, Some((own, at)), depth + 1);
        }
    }
}

fn nodes<'a>(template: &'a Template, path: &Path) -> Vec<Node<'a>> {
    let mut nodes = Vec::new();
    for (group, steps) in template.steps.iter().enumerate() {
        for (index, step) in steps.0.iter().enumerate() {
            nodes.push(Node {
                path: path.key("steps").index(group).index(index),
                name: step.name.as_deref().unwrap_or_default(),
                group,
                template: step.template.as_deref(),
                reference: step.template_ref.as_ref(),
                inline: step.inline.as_deref(),
                arguments: step.arguments.as_ref(),
                when: step.when.as_deref(),
                items: &step.with_items,
                parameter: step.with_param.as_deref(),
                sequence: step.with_sequence.as_ref(),
                continue_on: step.continue_on.as_ref(),
                hooks: &step.hooks,
                on_exit: step.on_exit.as_deref(),
                depends: None,
            });
        }
    }
    for (index, task) in template.dag.iter().flat_map(|dag| &dag.tasks).enumerate() {
        nodes.push(Node {
            path: path.key("dag").key("tasks").index(index),
            name: &task.name,
            group: 0,
            template: task.template.as_deref(),
            reference: task.template_ref.as_ref(),
            inline: task.inline.as_deref(),
            arguments: task.arguments.as_ref(),
            when: task.when.as_deref(),
            items: &task.with_items,
            parameter: task.with_param.as_deref(),
            sequence: task.with_sequence.as_ref(),
            continue_on: task.continue_on.as_ref(),
            hooks: &task.hooks,
            on_exit: task.on_exit.as_deref(),
            depends: task.depends.as_deref(),
        });
    }
    nodes
}
