//! What kind a template is of.

use luban_api_argo_workflows::Template;
use luban_yaml::{Document, Path};

/// The ten kinds of templates, in the order in which upstream looks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TemplateKind {
    Container,
    ContainerSet,
    Steps,
    Dag,
    Script,
    Resource,
    Data,
    Suspend,
    Http,
    Plugin,
}

impl TemplateKind {
    /// The kinds that a template is of; upstream wants exactly one. An empty list of steps counts.
    pub(crate) fn of(template: &Template, document: &Document, path: &Path) -> Vec<Self> {
        let has_steps =
            !template.steps.is_empty() || document.length_at(&path.key("steps")).is_some();
        [
            (template.container.is_some(), Self::Container),
            (template.container_set.is_some(), Self::ContainerSet),
            (has_steps, Self::Steps),
            (template.dag.is_some(), Self::Dag),
            (template.script.is_some(), Self::Script),
            (template.resource.is_some(), Self::Resource),
            (template.data.is_some(), Self::Data),
            (template.suspend.is_some(), Self::Suspend),
            (template.http.is_some(), Self::Http),
            (template.plugin.is_some(), Self::Plugin),
        ]
        .into_iter()
        .filter_map(|(is, kind)| is.then_some(kind))
        .collect()
    }

    /// The field that makes a template of this kind.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::ContainerSet => "containerSet",
            Self::Steps => "steps",
            Self::Dag => "dag",
            Self::Script => "script",
            Self::Resource => "resource",
            Self::Data => "data",
            Self::Suspend => "suspend",
            Self::Http => "http",
            Self::Plugin => "plugin",
        }
    }

    /// Whether it runs a pod.
    pub(crate) fn is_pod(self) -> bool {
        matches!(
            self,
            Self::Container | Self::ContainerSet | Self::Script | Self::Resource | Self::Data
        )
    }

    /// Whether it does something itself; a pause counts as nothing.
    pub(crate) fn is_leaf(self) -> bool {
        self.is_pod() || matches!(self, Self::Http | Self::Plugin)
    }
}

/// Whether a template gives a result and an exit code.
pub(crate) fn has_result(template: &Template) -> bool {
    let has_main = template.container_set.as_ref().is_some_and(|set| {
        let mut containers = set.containers.iter();
        containers.any(|container| container.name == "main")
    });
    has_main
        || template.container.is_some()
        || template.script.is_some()
        || template.data.is_some()
        || template.http.is_some()
        || template.plugin.is_some()
}
