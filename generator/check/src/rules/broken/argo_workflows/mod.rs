//! Argo Workflows: what `argo lint` lets pass.

use luban_api_argo_workflows::{LifecycleHook, Template, TemplateRef};
use luban_api_core::k8s_openapi::api::core::v1::VolumeMount;
use luban_diagnostic::Place;
use luban_yaml::Path;

use crate::argo::{Base, BaseKind, Node, View, called};
use crate::objects::Entry;
use crate::rules::rules;

rules! {
    ignored_field
    unknown_argument hook_template unused_input unreachable_template endless_recursion
    with_param_list sequence_number invalid_duration retry_number
    parallelism_of_none task_outside_target idle_control
    unknown_volume unused_volume duplicate_mount undeclared_workflow_parameter
    pod_spec_patch manifest_field resource_call cron_never invalid_label kubernetes_name
    label_from_event
    memoize_key incomplete_lock early_status argument_not_allowed number_argument
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

/// The containers of a template that mount volumes, with their places; a set of containers has mounts of its own.
fn containers<'a>(template: &'a Template, path: &Path) -> Vec<(Path, &'a [VolumeMount])> {
    let mut all = Vec::new();
    if let Some(container) = &template.container {
        let mounts = container.volume_mounts.as_deref().unwrap_or_default();
        all.push((path.key("container"), mounts));
    }
    if let Some(script) = &template.script {
        all.push((path.key("script"), script.volume_mounts.as_slice()));
    }
    if let Some(set) = &template.container_set {
        let path = path.key("containerSet");
        all.push((path.clone(), set.volume_mounts.as_slice()));
        for (at, container) in set.containers.iter().enumerate() {
            let mounts = container.volume_mounts.as_slice();
            all.push((path.key("containers").index(at), mounts));
        }
    }
    for (field, list) in [
        ("initContainers", &template.init_containers),
        ("sidecars", &template.sidecars),
    ] {
        for (at, container) in list.iter().enumerate() {
            all.push((
                path.key(field).index(at),
                container.volume_mounts.as_slice(),
            ));
        }
    }
    all
}

/// The names of the volumes that a template mounts, and where each mount stands.
fn mounts<'a>(template: &'a Template, path: &Path) -> Vec<(&'a str, Path)> {
    let containers = containers(template, path).into_iter();
    let mounts = containers.flat_map(|(path, mounts)| {
        let path = path.key("volumeMounts");
        let mounts = mounts.iter().enumerate();
        mounts.map(move |(at, mount)| (mount.name.as_str(), path.index(at)))
    });
    mounts.collect()
}

/// What the triggers of a Sensor do with objects of Kubernetes.
fn actions(entry: &Entry) -> Vec<Path> {
    let document = &entry.document;
    let triggers = entry.path.key("spec").key("triggers");
    let count = document.length_at(&triggers).unwrap_or(0);
    let templates = (0..count).map(|at| triggers.index(at).key("template"));
    let actions =
        templates.flat_map(|template| ["k8s", "argoWorkflow"].map(|kind| template.key(kind)));
    actions.filter(|action| document.has(action)).collect()
}
