//! Fields of which one is set, as enums.

use luban_api_core::one_of;

use super::{
    CustomRunSpec, EmbeddedCustomRunSpec, EmbeddedTask, PipelineRef, PipelineRunSpec, PipelineSpec,
    PipelineTask, Step, TaskRef, TaskRunSpec, TaskSpec,
};
use crate::{Ref, TimeoutFields};

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
    /// Where a Task is. A custom task may have neither, and a bundle has a name as well.
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

one_of! {
    /// How the time of a run is limited.
    pub enum PipelineRunLimit<'a>: at most one of PipelineRunSpec::limit {
        /// For all of it and for its parts.
        Timeouts(&'a TimeoutFields) = timeouts,
        /// For all of it.
        Timeout(&'a str) = timeout,
    }
}

one_of! {
    /// The custom task of a run.
    pub enum CustomRunBody<'a>: exactly one of CustomRunSpec::body {
        /// By `apiVersion` and `kind`.
        CustomRef(&'a TaskRef) = custom_ref "customRef",
        /// In place.
        CustomSpec(&'a EmbeddedCustomRunSpec) = custom_spec "customSpec",
    }
}

#[cfg(test)]
mod tests {
    use crate::v1beta1::{CustomRunSpec, PipelineRunSpec};
    use serde_json::{from_value, json};

    #[test]
    fn a_limit_of_time_stands_in_one_place() {
        let both: PipelineRunSpec =
            from_value(json!({"timeout": "1h", "timeouts": {"pipeline": "1h"}})).unwrap();
        assert_eq!(
            both.limit().unwrap_err().to_string(),
            "at most one of `timeouts` and `timeout` may be set: `timeouts` and `timeout` are"
        );
        assert_eq!(PipelineRunSpec::default().limit(), Ok(None));
    }

    #[test]
    fn a_custom_run_without_a_task_names_both_ways_to_give_one() {
        assert_eq!(
            CustomRunSpec::default().body().unwrap_err().to_string(),
            "exactly one of `customRef` and `customSpec` must be set: none is"
        );
    }
}
