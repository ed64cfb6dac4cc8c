//! The tasks of Tekton, inline ones too.

use luban_yaml::Value;

use super::{Container, Maker, Pod, Role};

/// A task's spec, and those around it, whose parameters it sees.
#[derive(Debug, Clone)]
pub(crate) struct TaskSpec<'a> {
    pub(crate) spec: Value<'a>,
    /// The specs of the pipeline and the run that it stands in, the nearest first.
    pub(crate) around: Vec<Value<'a>>,
}

/// The tasks that stand in an object of Tekton.
pub(crate) fn task_specs<'a>(kind: &str, root: Value<'a>) -> Vec<TaskSpec<'a>> {
    let Some(spec) = root.get("spec") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    match kind {
        "Task" | "ClusterTask" => found.push(TaskSpec {
            spec,
            around: Vec::new(),
        }),
        "TaskRun" => found.extend(spec.get("taskSpec").map(|task| TaskSpec {
            spec: task,
            around: vec![spec],
        })),
        "Pipeline" => of_pipeline(spec, &[], 0, &mut found),
        "PipelineRun" => {
            if let Some(pipeline) = spec.get("pipelineSpec") {
                of_pipeline(pipeline, &[spec], 0, &mut found);
            }
        }
        _ => {}
    }
    found
}

/// Tasks of the pipeline `spec`.
pub(crate) fn tasks_of(spec: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    spec.items_of("tasks").chain(spec.items_of("finally"))
}

fn of_pipeline<'a>(
    spec: Value<'a>,
    around: &[Value<'a>],
    depth: usize,
    found: &mut Vec<TaskSpec<'a>>,
) {
    /// Pipelines may stand in pipelines; nobody nests them further.
    const DEEPEST: usize = 8;
    let around: Vec<_> = std::iter::once(spec)
        .chain(around.iter().copied())
        .collect();
    for task in tasks_of(spec) {
        // With an apiVersion it is a custom task, whose fields are its own.
        let own = task
            .get("taskSpec")
            .filter(|own| own.get("apiVersion").is_none());
        found.extend(own.map(|spec| TaskSpec {
            spec,
            around: around.clone(),
        }));
        if let Some(inner) = task.get("pipelineSpec").filter(|_| depth < DEEPEST) {
            of_pipeline(inner, &around, depth + 1, found);
        }
    }
}

/// The pods of an object of Tekton, and the settings of pods that stand in it.
pub(super) fn pods<'a>(kind: &str, root: Value<'a>) -> Vec<Pod<'a>> {
    let mut pods: Vec<_> = task_specs(kind, root)
        .iter()
        .map(|task| pod(task.spec))
        .collect();
    let Some(spec) = root.get("spec") else {
        return pods;
    };
    if kind == "StepAction" {
        pods.push(Pod {
            maker: Maker::Tekton,
            levels: Vec::new(),
            containers: vec![Container {
                role: Role::Main,
                value: spec,
                template: None,
            }],
            volumes: Vec::new(),
        });
    }
    if kind.ends_with("Run") {
        let own = [
            spec.get("podTemplate"),
            spec.at(&["taskRunTemplate", "podTemplate"]),
        ];
        let of_tasks = spec.items_of("taskRunSpecs").flat_map(|task| {
            [task.get("podTemplate"), task.get("taskPodTemplate")]
                .into_iter()
                .flatten()
        });
        pods.extend(
            own.into_iter()
                .flatten()
                .chain(of_tasks)
                .map(|settings| Pod {
                    maker: Maker::Settings,
                    levels: vec![settings],
                    containers: Vec::new(),
                    volumes: settings.items_of("volumes").collect(),
                }),
        );
    }
    pods
}

fn pod(spec: Value<'_>) -> Pod<'_> {
    let template = spec.get("stepTemplate");
    let steps = spec.items_of("steps");
    // A step that refers to a StepAction has neither image nor program of its own.
    let steps = steps.map(|value| Container {
        role: Role::Main,
        value,
        template: template.filter(|_| value.get("ref").is_none()),
    });
    let sidecars = spec.items_of("sidecars").map(|value| Container {
        role: Role::Sidecar,
        value,
        template: None,
    });
    Pod {
        maker: Maker::Tekton,
        levels: vec![spec],
        containers: steps.chain(sidecars).collect(),
        volumes: spec.items_of("volumes").collect(),
    }
}
