//! What gave a result, in the status of old runs.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// What gave a result: Tekton's number for it. Old versions wrote a word, which is read as its number
/// (`ResultType.UnmarshalJSON` of tektoncd/pipeline, `pkg/result`).
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ResultType(pub i64);

impl ResultType {
    /// A Task's result.
    pub const TASK_RUN: ResultType = ResultType(1);
    /// What Tekton notes for itself.
    pub const INTERNAL: ResultType = ResultType(3);
    /// A step's result.
    pub const STEP: ResultType = ResultType(4);
    /// What a step says that it used and made.
    pub const STEP_ARTIFACTS: ResultType = ResultType(5);
    /// What a Task says that it used and made.
    pub const TASK_RUN_ARTIFACTS: ResultType = ResultType(6);
    /// A word that Tekton does not know.
    pub const UNKNOWN: ResultType = ResultType(10);
}

impl<'de> Deserialize<'de> for ResultType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrWord)
    }
}

struct NumberOrWord;

impl Visitor<'_> for NumberOrWord {
    type Value = ResultType;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a whole number, or a word such as `TaskRunResult`")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<ResultType, E> {
        Ok(ResultType(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<ResultType, E> {
        i64::try_from(number)
            .map(ResultType)
            .map_err(|_| E::custom(format_args!("`{number}` is too large")))
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<ResultType, E> {
        Ok(match word {
            "StepResult" => ResultType::STEP,
            "TaskRunResult" => ResultType::TASK_RUN,
            "InternalTektonResult" => ResultType::INTERNAL,
            "StepArtifactsResult" => ResultType::STEP_ARTIFACTS,
            "TaskRunArtifactsResult" => ResultType::TASK_RUN_ARTIFACTS,
            _ => ResultType::UNKNOWN,
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ResultType {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ResultType".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["integer", "string"]})
    }
}

#[cfg(test)]
mod tests {
    use super::ResultType;
    use serde_json::{from_value, json, to_value};

    #[test]
    fn a_word_of_old_versions_is_read_as_its_number() {
        for (written, number) in [
            (json!(1), 1),
            (json!("TaskRunResult"), 1),
            (json!("InternalTektonResult"), 3),
            (json!("StepResult"), 4),
            (json!("StepArtifactsResult"), 5),
            (json!("TaskRunArtifactsResult"), 6),
            (json!("PipelineResourceResult"), 10),
        ] {
            let read: ResultType = from_value(written.clone()).unwrap();
            assert_eq!(to_value(read).unwrap(), json!(number), "{written}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for written in [json!(true), json!(1.5), json!(u64::MAX), json!([1])] {
            assert!(
                from_value::<ResultType>(written.clone()).is_err(),
                "{written}"
            );
        }
    }
}
