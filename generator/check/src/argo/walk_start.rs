//! Where a workflow starts (`validate.Workflow`).

use std::collections::HashSet;

use super::given::Argument;
use super::view::{Holder, Site, is_template_alone};
use super::walk::Walk;

impl<'a> Walk<'a> {
    /// `validate.Workflow`.
    pub(super) fn workflow(&mut self) {
        let Some(own) = self.view.own() else { return };
        let (spec, path) = (own.spec, own.path.clone());
        let alone = is_template_alone(self.view.entry);
        let mut made_of = None;
        if let Some(reference) = &spec.workflow_template_ref {
            let name = reference.name.as_deref().unwrap_or_default();
            match self.object(name, reference.cluster_scope == Some(true)) {
                Ok(base) => made_of = Some(base),
                Err(fault) => {
                    self.view.reference_fault = Some(fault);
                    return;
                }
            }
        }
        self.view.made_of = made_of;
        let theirs = made_of
            .and_then(|base| self.view.bases.get(base))
            .map(|base| base.spec);

        // What the workflow gives counts before what its template does.
        let mut given = Argument::of(spec.arguments.as_ref());
        if let Argument::These {
            parameters,
            artifacts,
        } = &mut given
            && let Some(arguments) = theirs.and_then(|spec| spec.arguments.as_ref())
        {
            let own: HashSet<&str> = parameters
                .iter()
                .map(|parameter| parameter.name.as_str())
                .collect();
            parameters.extend(
                arguments
                    .parameters
                    .iter()
                    .filter(|parameter| !own.contains(parameter.name.as_str())),
            );
            let own: HashSet<&str> = artifacts
                .iter()
                .map(|artifact| artifact.name.as_str())
                .collect();
            artifacts.extend(
                arguments
                    .artifacts
                    .iter()
                    .filter(|artifact| !own.contains(artifact.name.as_str())),
            );
        }
        let globals = &mut self.view.globals;
        if let Argument::These { parameters, .. } = &given {
            globals.set_parameters(parameters.clone());
        }
        globals.add_metadata(self.view.entry);
        globals.add_workflow_metadata(spec.workflow_metadata.as_ref());
        globals.add_defaults(self.view.options.workflow_defaults.as_deref());
        globals.add_workflow_metadata(theirs.and_then(|spec| spec.workflow_metadata.as_ref()));
        globals.has_priority = spec.priority.is_some();

        let base = made_of.unwrap_or(0);
        let reference = made_of.and_then(|_| {
            let own = self.view.own()?;
            own.value(&path.key("workflowTemplateRef").key("name"))
        });
        let site = Site { base, reference };
        let of = |field: &str, own: Option<&'a str>, theirs: Option<&'a str>| {
            let own = own.filter(|name| !name.is_empty());
            let is_own = own.is_some() || made_of.is_none();
            let path = if is_own {
                path.key(field)
            } else {
                path.key("workflowTemplateRef").key("name")
            };
            (own.or(theirs.filter(|name| !name.is_empty())), path)
        };
        let entrypoint = of(
            "entrypoint",
            spec.entrypoint.as_deref(),
            theirs.and_then(|spec| spec.entrypoint.as_deref()),
        );
        let here = Site {
            base: 0,
            reference: None,
        };
        if let (Some(name), path) = entrypoint {
            let given = if alone { Argument::Anything } else { given };
            let target = self.named(&site, name, &given);
            self.call((&here, None), Holder::Entrypoint, path, given, target);
        }
        let exit = of(
            "onExit",
            spec.on_exit.as_deref(),
            theirs.and_then(|spec| spec.on_exit.as_deref()),
        );
        if let (Some(name), path) = exit {
            self.view.globals.has_failures = true;
            let mut templates = spec
                .templates
                .iter()
                .chain(theirs.into_iter().flat_map(|spec| &spec.templates));
            self.view.globals.has_any_artifact |= templates.any(|template| {
                let outputs = template
                    .outputs
                    .iter()
                    .flat_map(|outputs| &outputs.artifacts);
                outputs
                    .filter_map(|artifact| artifact.global_name.as_deref())
                    .any(super::is_parameter)
            });
            let given = Argument::of(spec.arguments.as_ref());
            let target = self.named(&site, name, &given);
            self.call((&here, None), Holder::OnExit, path, given, target);
        }
        let Some(all) = self.view.bases.get(base).map(|base| base.spec) else {
            return;
        };
        self.is_reaching = false;
        for (index, template) in all.templates.iter().enumerate() {
            let Some(name) = template.name.as_deref().filter(|name| !name.is_empty()) else {
                continue;
            };
            let Some(path) = self
                .view
                .bases
                .get(base)
                .map(|base| base.template_path(index))
            else {
                continue;
            };
            // The first of a name is looked at for all.
            let target = self.named(&site, name, &Argument::Anything);
            self.call(
                (&here, None),
                Holder::Nobody,
                path,
                Argument::Anything,
                target,
            );
        }
        while let Some(visit) = self.later.pop_front() {
            let visited = self.view.visits.get(visit);
            self.is_reaching = visited.is_some_and(|visit| visit.is_reached);
            self.body(visit);
        }
    }
}
