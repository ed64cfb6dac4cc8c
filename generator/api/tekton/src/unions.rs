//! Fields of which one is set, as enums.

use luban_api_core::k8s_openapi::api::core::v1::{
    CSIVolumeSource, ConfigMapVolumeSource, EmptyDirVolumeSource,
    PersistentVolumeClaimVolumeSource, ProjectedVolumeSource, SecretVolumeSource,
};
use luban_api_core::one_of;
use luban_api_core::{Union, VolumeClaimTemplate};

use crate::{
    EmbeddedTask, PipelineRef, PipelineRunSpec, PipelineSpec, PipelineTask, Ref, Step, TaskRef,
    TaskRunSpec, TaskSpec, WhenExpression, WorkspaceBinding,
};

/// Every union of this group.
pub const UNIONS: &[Union] = &[
    StepBody::UNION,
    StepActionLocation::UNION,
    WhenBody::UNION,
    WorkspaceVolume::UNION,
    PipelineTaskBody::UNION,
    TaskLocation::UNION,
    PipelineLocation::UNION,
    TaskRunBody::UNION,
    PipelineRunBody::UNION,
];

one_of! {
    /// What a step runs. A step with neither has the image of its Task's `stepTemplate`.
    pub enum StepBody<'a>: at most one of Step::body {
        /// A program in an image.
        Image(&'a str) = image,
        /// A StepAction.
        Ref(&'a Ref) = ref_ "ref",
    }
}

one_of! {
    /// Where a StepAction is.
    pub enum StepActionLocation<'a>: exactly one of Ref::location {
        /// In the namespace of the run, by name.
        Name(&'a str) = name,
        /// Where a resolver finds it.
        Resolver(&'a str) = resolver,
    }
}

one_of! {
    /// How a condition is written.
    pub enum WhenBody<'a>: exactly one of WhenExpression::body {
        /// A comparison of `input` with `values`.
        Operator(&'a str) = operator,
        /// An expression.
        Cel(&'a str) = cel,
    }
}

one_of! {
    /// What a workspace is in a run.
    pub enum WorkspaceVolume<'a>: exactly one of WorkspaceBinding::volume {
        /// A claim that is made for the run.
        VolumeClaimTemplate(&'a VolumeClaimTemplate) = volume_claim_template "volumeClaimTemplate",
        /// A claim that exists.
        PersistentVolumeClaim(&'a PersistentVolumeClaimVolumeSource) = persistent_volume_claim "persistentVolumeClaim",
        /// A directory that starts empty.
        EmptyDir(&'a EmptyDirVolumeSource) = empty_dir "emptyDir",
        /// A ConfigMap.
        ConfigMap(&'a ConfigMapVolumeSource) = config_map "configMap",
        /// A Secret.
        Secret(&'a SecretVolumeSource) = secret,
        /// Several sources in one.
        Projected(&'a ProjectedVolumeSource) = projected,
        /// A volume of a CSI driver.
        Csi(&'a CSIVolumeSource) = csi,
    }
}

one_of! {
    /// What a task of a Pipeline runs.
    pub enum PipelineTaskBody<'a>: exactly one of PipelineTask::body {
        /// A Task or custom task, by name or resolver.
        TaskRef(&'a TaskRef) = task_ref "taskRef",
        /// A Task or custom task, in place.
        TaskSpec(&'a EmbeddedTask) = task_spec "taskSpec",
        /// A Pipeline, by name or resolver.
        PipelineRef(&'a PipelineRef) = pipeline_ref "pipelineRef",
        /// A Pipeline, in place.
        PipelineSpec(&'a PipelineSpec) = pipeline_spec "pipelineSpec",
    }
}

one_of! {
    /// Where a Task is. A custom task may have neither.
    pub enum TaskLocation<'a>: at most one of TaskRef::location {
        /// In the namespace of the run, by name.
        Name(&'a str) = name,
        /// Where a resolver finds it.
        Resolver(&'a str) = resolver,
    }
}

one_of! {
    /// Where a Pipeline is.
    pub enum PipelineLocation<'a>: exactly one of PipelineRef::location {
        /// In the namespace of the run, by name.
        Name(&'a str) = name,
        /// Where a resolver finds it.
        Resolver(&'a str) = resolver,
    }
}

one_of! {
    /// The Task of a run.
    pub enum TaskRunBody<'a>: exactly one of TaskRunSpec::body {
        /// By name or resolver.
        TaskRef(&'a TaskRef) = task_ref "taskRef",
        /// In place.
        TaskSpec(&'a TaskSpec) = task_spec "taskSpec",
    }
}

one_of! {
    /// The Pipeline of a run.
    pub enum PipelineRunBody<'a>: exactly one of PipelineRunSpec::body {
        /// By name or resolver.
        PipelineRef(&'a PipelineRef) = pipeline_ref "pipelineRef",
        /// In place.
        PipelineSpec(&'a PipelineSpec) = pipeline_spec "pipelineSpec",
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Pipeline, PipelineTaskBody, StepBody, TaskLocation, TaskRef, TaskRun, WhenBody,
        WhenExpression, WorkspaceVolume,
    };
    use serde_json::{from_value, json};

    #[test]
    fn a_task_of_a_pipeline_is_a_name_or_a_spec_and_both_are_named_where_both_stand() {
        let pipeline: Pipeline = from_value(json!({
            "apiVersion": "tekton.dev/v1",
            "kind": "Pipeline",
            "spec": {"tasks": [
                {"name": "a", "taskRef": {"name": "build"}},
                {"name": "b", "taskRef": {"name": "build"}, "taskSpec": {"steps": []}},
                {"name": "c"},
            ]},
        }))
        .unwrap();
        let [a, b, c] = pipeline.spec.tasks.as_slice() else {
            panic!("three tasks");
        };
        let build = TaskRef {
            name: Some("build".into()),
            ..TaskRef::default()
        };
        assert_eq!(a.body(), Ok(PipelineTaskBody::TaskRef(&build)));
        assert_eq!(
            b.body().unwrap_err().to_string(),
            "exactly one of `taskRef`, `taskSpec`, `pipelineRef` and `pipelineSpec` must be set: `taskRef` and `taskSpec` are"
        );
        assert!(c.body().unwrap_err().set().is_empty());
    }

    #[test]
    fn a_step_may_leave_its_image_to_the_template_of_steps() {
        let step = |written| from_value::<crate::Step>(written).unwrap();
        assert_eq!(step(json!({"name": "a"})).body(), Ok(None));
        let image = step(json!({"image": "x:1"}));
        assert_eq!(image.body(), Ok(Some(StepBody::Image("x:1"))));
        let both = step(json!({"image": "x:1", "ref": {"name": "a"}}));
        assert_eq!(both.body().unwrap_err().set(), ["image", "ref"]);
    }

    #[test]
    fn a_workspace_is_one_kind_of_volume() {
        let run: TaskRun = from_value(json!({
            "apiVersion": "tekton.dev/v1",
            "kind": "TaskRun",
            "spec": {"workspaces": [
                {"name": "a", "emptyDir": {}},
                {"name": "b", "emptyDir": {}, "secret": {"secretName": "s"}},
            ]},
        }))
        .unwrap();
        let volumes: Vec<_> = run.spec.workspaces.iter().map(|one| one.volume()).collect();
        assert!(matches!(volumes[0], Ok(WorkspaceVolume::EmptyDir(_))));
        assert_eq!(
            volumes[1].clone().unwrap_err().set(),
            ["emptyDir", "secret"]
        );
    }

    #[test]
    fn a_condition_is_a_comparison_or_an_expression() {
        let cel = WhenExpression {
            cel: Some("'a' == 'b'".into()),
            ..WhenExpression::default()
        };
        assert_eq!(cel.body(), Ok(WhenBody::Cel("'a' == 'b'")));
    }

    #[test]
    fn a_custom_task_needs_neither_name_nor_resolver() {
        let custom: TaskRef = from_value(json!({"apiVersion": "a/v1", "kind": "Wait"})).unwrap();
        assert_eq!(custom.location(), Ok(None));
        let remote: TaskRef = from_value(json!({"resolver": "git"})).unwrap();
        assert_eq!(remote.location(), Ok(Some(TaskLocation::Resolver("git"))));
    }
}
