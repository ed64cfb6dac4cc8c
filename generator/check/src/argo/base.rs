//! Objects that hold templates.

use std::collections::HashMap;
use std::sync::Arc;

use luban_api::Object;
use luban_api_argo_workflows::{Template, WorkflowSpec};
use luban_diagnostic::Place;
use luban_yaml::{Document, Path};

use crate::objects::Entry;

/// As what an object holds templates: upstream validates a template by itself as a Workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BaseKind {
    Workflow,
    WorkflowTemplate,
    ClusterWorkflowTemplate,
}

impl BaseKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Workflow => "Workflow",
            Self::WorkflowTemplate => "WorkflowTemplate",
            Self::ClusterWorkflowTemplate => "ClusterWorkflowTemplate",
        }
    }
}

/// An object that holds templates.
#[derive(Debug)]
pub(crate) struct Base<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) kind: BaseKind,
    pub(crate) spec: &'a WorkflowSpec,
    /// Where the spec stands.
    pub(crate) path: Path,
    /// Where the keys of fields that the reader does not know begin.
    pub(crate) unknown_fields: Arc<[u32]>,
    /// Its templates by name, the first of each name.
    templates: HashMap<&'a str, usize>,
}

impl<'a> Base<'a> {
    pub(crate) fn new(entry: &'a Entry, kind: BaseKind) -> Option<Self> {
        let (spec, field) = spec_of(entry)?;
        let mut path = entry.path.key("spec");
        if let Some(field) = field {
            path = path.key(field);
        }
        let mut templates = HashMap::with_capacity(spec.templates.len());
        for (index, template) in spec.templates.iter().enumerate() {
            let name = template.name.as_deref().unwrap_or_default();
            templates.entry(name).or_insert(index);
        }
        let unknown = entry
            .reading
            .iter()
            .filter(|finding| finding.rule == "unknown-field");
        let unknown_fields = unknown
            .filter_map(|finding| Some(finding.place.as_ref()?.span.start.offset))
            .collect();
        Some(Self {
            entry,
            kind,
            spec,
            path,
            unknown_fields,
            templates,
        })
    }

    pub(crate) fn document(&self) -> &'a Document {
        &self.entry.document
    }

    /// The text of its document; the file may have thousands of others.
    pub(crate) fn text(&self) -> &'a str {
        let document = self.document();
        let whole = document.locate(&Path::root());
        let whole =
            whole.map(|place| place.span.start.offset as usize..place.span.end.offset as usize);
        let source = document.source();
        whole.and_then(|whole| source.get(whole)).unwrap_or(source)
    }

    /// The template of that name, and where it stands.
    pub(crate) fn template(&self, name: &str) -> Option<(&'a Template, Path)> {
        let index = *self.templates.get(name)?;
        let template = self.spec.templates.get(index)?;
        Some((template, self.template_path(index)))
    }

    pub(crate) fn template_path(&self, index: usize) -> Path {
        self.path.key("templates").index(index)
    }

    /// Names of its templates, sorted.
    pub(crate) fn names(&self) -> Vec<&'a str> {
        let names = self.spec.templates.iter();
        let mut names: Vec<_> = names
            .filter_map(|template| template.name.as_deref())
            .collect();
        names.sort_unstable();
        names
    }

    /// The place of the value at `path`.
    pub(crate) fn value(&self, path: &Path) -> Option<Place> {
        self.document().locate(path)
    }

    /// The place of the last key on the way to `path`.
    pub(crate) fn key(&self, path: &Path) -> Option<Place> {
        self.document().locate_key(path)
    }

    /// The place to speak of the mapping at `path` as a whole.
    pub(crate) fn head(&self, path: &Path) -> Option<Place> {
        let document = self.document();
        document
            .locate_head(path)
            .or_else(|| document.locate_key(path))
    }
}

/// The spec of a workflow in an object of Argo Workflows, and its field in `spec`, if it is not `spec` itself.
fn spec_of(entry: &Entry) -> Option<(&WorkflowSpec, Option<&'static str>)> {
    match entry.object.as_ref()? {
        Object::Workflow(object) => Some((&object.spec, None)),
        Object::WorkflowTemplate(object) => Some((&object.spec, None)),
        Object::ClusterWorkflowTemplate(object) => Some((&object.spec, None)),
        Object::CronWorkflow(object) => Some((&object.spec.workflow_spec, Some("workflowSpec"))),
        _ => None,
    }
}
