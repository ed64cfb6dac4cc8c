//! Where tasks stand.

use luban_yaml::Cursor;

use super::body::{Body, items, named};
use crate::objects::Entry;

/// What is around a task.
#[derive(Default, Clone)]
struct Around<'a> {
    params: Vec<&'a str>,
    workspaces: Vec<&'a str>,
    volumes: Vec<&'a str>,
}

impl<'a> Around<'a> {
    fn add(&mut self, node: Cursor<'a>) {
        self.params
            .extend(named(node, "params").iter().map(|param| param.name));
        self.workspaces.extend(
            named(node, "workspaces")
                .iter()
                .map(|workspace| workspace.name),
        );
    }
}

/// The tasks of an object, in its order.
pub(super) fn bodies(entry: &Entry) -> Vec<Body<'_>> {
    let mut found = Vec::new();
    let Some(spec) = entry
        .document
        .cursor(&entry.path)
        .and_then(|node| node.get("spec"))
    else {
        return found;
    };
    let mut around = Around::default();
    match entry.name.kind.as_str() {
        "Task" | "ClusterTask" => {
            let mut body = Body::new(spec);
            body.is_alone = true;
            found.push(body);
        }
        "TaskRun" => {
            if let Some(task) = spec.get("taskSpec") {
                around.add(spec);
                around.volumes.extend(volumes(spec.get("podTemplate")));
                let mut body = within(task, &around);
                body.timeout = spec.get("timeout");
                found.push(body);
            }
        }
        "Pipeline" => pipeline(spec, around, &mut found),
        "PipelineRun" => {
            if let Some(inline) = spec.get("pipelineSpec") {
                around.add(spec);
                around
                    .volumes
                    .extend(volumes(spec.at(&["taskRunTemplate", "podTemplate"])));
                around.volumes.extend(volumes(spec.get("podTemplate")));
                for run in items(spec, "taskRunSpecs") {
                    around.volumes.extend(volumes(run.get("podTemplate")));
                }
                pipeline(inline, around, &mut found);
            }
        }
        _ => {}
    }
    found
}

fn volumes<'a>(template: Option<Cursor<'a>>) -> Vec<&'a str> {
    let volumes = template
        .map(|template| named(template, "volumes"))
        .unwrap_or_default();
    volumes.iter().map(|volume| volume.name).collect()
}

fn pipeline<'a>(spec: Cursor<'a>, mut around: Around<'a>, found: &mut Vec<Body<'a>>) {
    around.add(spec);
    for task in items(spec, "tasks").chain(items(spec, "finally")) {
        if let Some(inner) = task.get("pipelineSpec") {
            let mut around = around.clone();
            around.add(task);
            pipeline(inner, around, found);
        }
        // A custom task has a specification of another controller.
        let Some(inline) = task
            .get("taskSpec")
            .filter(|spec| spec.get("apiVersion").is_none())
        else {
            continue;
        };
        let mut around = around.clone();
        around.add(task);
        if let Some(matrix) = task.get("matrix") {
            around
                .params
                .extend(named(matrix, "params").iter().map(|param| param.name));
            for include in items(matrix, "include") {
                around
                    .params
                    .extend(named(include, "params").iter().map(|param| param.name));
            }
        }
        let mut body = within(inline, &around);
        body.timeout = task.get("timeout");
        found.push(body);
    }
}

fn within<'a>(task: Cursor<'a>, around: &Around<'a>) -> Body<'a> {
    let mut body = Body::new(task);
    body.outer_params.clone_from(&around.params);
    body.outer_workspaces.clone_from(&around.workspaces);
    body.outer_volumes.clone_from(&around.volumes);
    body
}
