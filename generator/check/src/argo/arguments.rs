//! Arguments of the workflow and of its calls, where they are written.

use std::collections::HashSet;

use luban_api_argo_workflows::{Arguments, Artifact, Parameter};
use luban_yaml::Path;

use super::base::Base;
use super::view::{Holder, Site, View};

/// The arguments of a workflow, or of one call.
#[derive(Debug)]
pub(crate) struct Given<'v, 'a> {
    pub(crate) site: Site,
    pub(crate) base: &'v Base<'a>,
    pub(crate) is_of_workflow: bool,
    /// What they belong to: the spec, the step or the task.
    root: &'v Path,
    /// With their places in the list.
    pub(crate) parameters: Vec<(usize, &'a Parameter)>,
    pub(crate) artifacts: Vec<(usize, &'a Artifact)>,
}

impl Given<'_, '_> {
    /// Where an argument of `group`, parameters or artifacts, stands.
    pub(crate) fn path(&self, group: &str, index: usize) -> Path {
        self.root.key("arguments").key(group).index(index)
    }
}

/// All arguments that upstream looks at.
pub(crate) fn arguments<'v, 'a>(view: &'v View<'a>) -> Vec<Given<'v, 'a>> {
    let mut all = Vec::new();
    let Some(own) = view.own() else {
        return all;
    };
    let mut given = Given {
        site: Site {
            base: 0,
            reference: None,
        },
        base: own,
        is_of_workflow: true,
        root: &own.path,
        parameters: Vec::new(),
        artifacts: Vec::new(),
    };
    add(&mut given, own.spec.arguments.as_ref());
    let names: HashSet<&str> = given
        .parameters
        .iter()
        .map(|(_, parameter)| parameter.name.as_str())
        .collect();
    let artifacts: HashSet<&str> = given
        .artifacts
        .iter()
        .map(|(_, artifact)| artifact.name.as_str())
        .collect();
    if let Some((at, base)) = view.made_of.and_then(|at| Some((at, view.bases.get(at)?))) {
        // Those of its template that the workflow gives itself do not count.
        let mut theirs = Given {
            site: Site {
                base: at,
                reference: own.value(&own.path.key("workflowTemplateRef").key("name")),
            },
            base,
            is_of_workflow: true,
            root: &base.path,
            parameters: Vec::new(),
            artifacts: Vec::new(),
        };
        add(&mut theirs, base.spec.arguments.as_ref());
        theirs
            .parameters
            .retain(|(_, parameter)| !names.contains(parameter.name.as_str()));
        theirs
            .artifacts
            .retain(|(_, artifact)| !artifacts.contains(artifact.name.as_str()));
        all.push(theirs);
    }
    all.push(given);
    for call in &view.calls {
        let arguments = match call.holder {
            Holder::Step(step) => step.arguments.as_ref(),
            Holder::Task(task) => task.arguments.as_ref(),
            _ => None,
        };
        let (Some(base), Some(_)) = (view.base(&call.site), arguments) else {
            continue;
        };
        let mut given = Given {
            site: call.site.clone(),
            base,
            is_of_workflow: false,
            root: &call.path,
            parameters: Vec::new(),
            artifacts: Vec::new(),
        };
        add(&mut given, arguments);
        all.push(given);
    }
    all
}

fn add<'a>(given: &mut Given<'_, 'a>, arguments: Option<&'a Arguments>) {
    if let Some(arguments) = arguments {
        given.parameters = arguments.parameters.iter().enumerate().collect();
        given.artifacts = arguments.artifacts.iter().enumerate().collect();
    }
}
