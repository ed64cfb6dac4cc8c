//! Steps and tasks, in upstream's order.

use luban_api_argo_workflows::Template;

use super::dag::Dag;
use super::given::Argument;
use super::scope::Extra;
use super::text;
use super::view::{Holder, Target};
use super::walk::{Inside, Walk};

impl<'a> Walk<'a> {
    /// `validateSteps`.
    pub(super) fn steps(&mut self, template: &'a Template, inside: &mut Inside<'a>) {
        for (group, steps) in template.steps.iter().enumerate() {
            for (index, step) in steps.0.iter().enumerate() {
                let path = inside.path.key("steps").index(group).index(index);
                let name = step.name.as_deref().unwrap_or_default();
                let name = text::resolved(name, &self.view.globals, &inside.locals).into_owned();
                let parameter = step.with_param.as_deref().unwrap_or_default();
                let parameter = text::resolved(parameter, &self.view.globals, &inside.locals);
                // What a loop brings stays in scope for the steps after it.
                inside.scope.items.add(
                    &step.with_items,
                    Some(&*parameter),
                    step.with_sequence.as_ref(),
                );
                let target = self.held(
                    &inside.site,
                    &inside.locals,
                    &path,
                    (
                        step.template.as_deref(),
                        step.template_ref.as_ref(),
                        step.inline.as_deref(),
                    ),
                );
                let called = self.called(&target);
                inside.scope.node(&name, called).has_status = true;
                let has_exit = step.hooks.contains_key("exit")
                    || step
                        .on_exit
                        .as_deref()
                        .is_some_and(|template| !template.is_empty());
                if has_exit {
                    inside
                        .scope
                        .add_outputs(&name, called, false, &mut self.view.globals);
                }
                let extra = Extra {
                    inline: step
                        .inline
                        .as_ref()
                        .and_then(|inline| inline.inputs.as_ref()),
                    ..Extra::default()
                };
                self.scan(inside, &path, &extra);
                let is_loop = !step.with_items.is_empty() || !parameter.is_empty();
                inside
                    .scope
                    .add_outputs(&name, called, is_loop, &mut self.view.globals);
                let given = Argument::of(step.arguments.as_ref());
                let site = inside.site.clone();
                self.call(
                    (&site, Some(inside.visit)),
                    Holder::Step(step),
                    path,
                    given,
                    target,
                );
            }
        }
    }

    /// `validateDAG`.
    pub(super) fn dag(&mut self, template: &'a Template, inside: &mut Inside<'a>) -> Option<Dag> {
        let tasks = &template.dag.as_ref()?.tasks;
        let dag = Dag::new(tasks, |text| {
            text::resolved(text, &self.view.globals, &inside.locals)
        });
        let path = inside.path.key("dag").key("tasks");
        let mut targets: Vec<Target> = vec![Target::Dynamic; tasks.len()];
        for at in &dag.order {
            let (Some(task), Some(name)) = (tasks.get(*at), dag.names.get(*at)) else {
                continue;
            };
            let target = self.held(
                &inside.site,
                &inside.locals,
                &path.index(*at),
                (
                    task.template.as_deref(),
                    task.template_ref.as_ref(),
                    task.inline.as_deref(),
                ),
            );
            let parameter = task.with_param.as_deref().unwrap_or_default();
            let parameter = text::resolved(parameter, &self.view.globals, &inside.locals);
            let is_loop = !task.with_items.is_empty() || !parameter.is_empty();
            let called = self.called(&target);
            inside
                .scope
                .add_outputs(name, called, is_loop, &mut self.view.globals);
            if let Some(slot) = targets.get_mut(*at) {
                *slot = target;
            }
        }
        self.scan(
            inside,
            &inside.path.key("dag").key("target"),
            &Extra::default(),
        );
        for at in &dag.order {
            let (Some(task), Some(name), Some(target)) =
                (tasks.get(*at), dag.names.get(*at), targets.get(*at))
            else {
                continue;
            };
            let path = path.index(*at);
            if !task.hooks.is_empty() {
                let called = self.called(target);
                inside.scope.node(name, called).has_status = true;
            }
            if self.has_tags_below(inside, &path) {
                let ancestors = dag.ancestors(*at);
                let mut extra = Extra {
                    inline: task
                        .inline
                        .as_ref()
                        .and_then(|inline| inline.inputs.as_ref()),
                    ancestors: ancestors.into_iter().map(str::to_owned).collect(),
                    ..Extra::default()
                };
                extra.items.add(
                    &task.with_items,
                    Some(&*text::resolved(
                        task.with_param.as_deref().unwrap_or_default(),
                        &self.view.globals,
                        &inside.locals,
                    )),
                    task.with_sequence.as_ref(),
                );
                self.scan(inside, &path, &extra);
            }
            let given = Argument::of(task.arguments.as_ref());
            let site = inside.site.clone();
            self.call(
                (&site, Some(inside.visit)),
                Holder::Task(task),
                path,
                given,
                target.clone(),
            );
        }
        Some(dag)
    }
}
