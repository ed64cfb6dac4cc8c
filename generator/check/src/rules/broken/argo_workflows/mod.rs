//! Argo Workflows: what `argo lint` lets pass.

use luban_api_argo_workflows::{LifecycleHook, Template, TemplateRef};
use luban_diagnostic::Place;

use crate::argo::{Base, BaseKind, Node, View, called};
use crate::rules::rules;

rules! {
    ignored_field
    unknown_argument hook_template unused_input unreachable_template endless_recursion
    with_param_list sequence_number invalid_duration retry_number
    parallelism_of_none task_outside_target idle_control
}

/// The template that a step or task runs, and where it is, if both are known.
fn target<'a>(view: &View<'a>, node: &Node<'a>) -> Option<(&'a Template, Option<Place>)> {
    let template = called(view, node)?;
    let own = view.own()?;
    if node.inline.is_some() {
        return Some((template, own.key(&node.path.key("inline"))));
    }
    match node.reference {
        Some(reference) => referred(view, reference),
        None => Some((template, named(own, node.template?)?.1)),
    }
}

/// The template that a hook runs, and where it is, if both are known.
fn hook_target<'a>(view: &View<'a>, hook: &LifecycleHook) -> Option<(&'a Template, Option<Place>)> {
    match &hook.template_ref {
        Some(reference) => referred(view, reference),
        None => named(view.own()?, hook.template.as_deref()?),
    }
}

fn named<'a>(base: &Base<'a>, name: &str) -> Option<(&'a Template, Option<Place>)> {
    let (template, path) = base.template(name)?;
    Some((template, base.value(&path.key("name"))))
}

fn referred<'a>(view: &View<'a>, reference: &TemplateRef) -> Option<(&'a Template, Option<Place>)> {
    let (object, template) = (reference.name.as_deref()?, reference.template.as_deref()?);
    let kind = if reference.cluster_scope == Some(true) {
        BaseKind::ClusterWorkflowTemplate
    } else {
        BaseKind::WorkflowTemplate
    };
    let is_meant = |base: &&Base<'a>| base.kind == kind && base.entry.object_name() == object;
    named(view.bases.iter().skip(1).find(is_meant)?, template)
}
