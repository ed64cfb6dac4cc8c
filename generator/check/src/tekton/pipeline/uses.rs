//! Each use of a parameter of the Pipeline in a task, with what may stand there.
//!
//! After tektoncd/pipeline v1.15 `validatePipelineParametersVariables`.

use luban_api_tekton::ParamValue;

use crate::tekton::{Variable, variables};

use super::scope::{Kind, Scope};
use super::texts::{At, Given, Part, parts};
use super::view::{Holder, Pipeline, PipelineTask, Pipelines};

/// What may stand where a parameter is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A text: no whole array.
    Text,
    /// An item of a list: a whole array, if it stands alone.
    Item,
}

/// A parameter that a text uses.
pub(crate) struct Use<'t> {
    pub(crate) at: At<'t>,
    pub(crate) text: &'t str,
    pub(crate) slot: Slot,
    pub(crate) variable: Variable<'t>,
    /// Whether it is the whole of an array or object that is the whole value of a parameter: only its name counts.
    pub(crate) is_whole_value: bool,
}

/// Calls `see` for each use of a parameter that upstream looks at.
pub(crate) fn uses<'a>(
    pipelines: &Pipelines<'a>,
    mut see: impl FnMut(&Pipeline<'a>, &Scope<'a>, &PipelineTask<'a>, &Use<'a>),
) {
    for pipeline in &pipelines.all {
        let Some(scope) = Scope::of(pipelines, pipeline) else {
            continue;
        };
        // What final tasks of a run's own Pipeline use is looked at by nobody.
        let tasks = pipeline
            .tasks
            .iter()
            .filter(|task| pipeline.holder == Holder::Itself || !task.is_final);
        for task in tasks {
            for (at, text, slot) in slots(task, &scope) {
                let is_whole_value = matches!(at, At::Param(Given::Params(_), Part::Whole))
                    && is_whole_reference(text);
                for variable in variables(text, "params") {
                    see(
                        pipeline,
                        &scope,
                        task,
                        &Use {
                            at,
                            text,
                            slot,
                            variable,
                            is_whole_value,
                        },
                    );
                }
            }
        }
    }
}

/// The texts of a task that upstream looks at, with what may stand in each.
fn slots<'a>(task: &PipelineTask<'a>, scope: &Scope<'_>) -> Vec<(At<'a>, &'a str, Slot)> {
    let mut slots = Vec::new();
    for (given, param) in task.given() {
        for (part, text) in parts(&param.value) {
            let slot = match (given, part, &param.value) {
                (Given::Params(_), Part::Item(_), _) => Slot::Item,
                (Given::Params(_), ..) => Slot::Text,
                // Of a matrix, upstream looks at lists, and of what it includes, at texts.
                (Given::Matrix(_), _, ParamValue::Array(_)) => Slot::Item,
                (Given::Include(..), _, ParamValue::String(_)) => Slot::Text,
                _ => continue,
            };
            slots.push((At::Param(given, part), text, slot));
        }
    }
    for (at, text) in task.when_texts() {
        let slot = match at {
            At::WhenCel(_) => continue,
            At::WhenValue(..) if is_array(text, scope) => Slot::Item,
            _ => Slot::Text,
        };
        slots.push((at, text, slot));
    }
    slots.retain(|(_, text, _)| text.contains("$(params"));
    slots
}

/// Whether a value of a condition is a whole array, as upstream sees it.
fn is_array(text: &str, scope: &Scope<'_>) -> bool {
    let name = text.strip_prefix("$(params.").unwrap_or(text);
    let name = name.strip_suffix("[*])").unwrap_or(name);
    scope.get(name) == Some(&Kind::Array)
}

/// Whether a text is nothing but a reference to a whole array or object: `$(params.a[*])`.
fn is_whole_reference(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("$(params") else {
        return false;
    };
    let inside = [(".", ")"), ("[\"", "\"])"), ("['", "'])")]
        .into_iter()
        .find_map(|(open, close)| {
            rest.strip_prefix(open)?
                .strip_suffix(close)?
                .strip_suffix("[*]")
        });
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    inside.is_some_and(|name| !name.is_empty() && name.bytes().all(is_of_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_stands_alone_and_ends_in_a_star() {
        for (text, is_whole) in [
            ("$(params.a[*])", true),
            ("$(params[\"a.b[*]\"])", true),
            ("x$(params.a[*])", false),
            ("$(params.a[*])$(params.b[*])", false),
            ("$(params.a)", false),
        ] {
            assert_eq!(is_whole_reference(text), is_whole, "{text}");
        }
    }
}
