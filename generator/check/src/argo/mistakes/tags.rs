//! Tags that are no expressions: names that upstream leaves as they are, because it does not know them.

use std::ops::Range;

use luban_diagnostic::did_you_mean;
use luban_yaml::Scalar;

use super::environment::{Environment, Values};
use super::names::{CRON, LAST_RETRY, NODE, WORKFLOW, near};
use super::reader::Reader;
use super::{Mistake, What};
use crate::expressions::place;

/// What the names of variables begin with.
const ROOTS: &[&str] = &[
    "inputs",
    "outputs",
    "steps",
    "tasks",
    "workflow",
    "item",
    "pod",
    "node",
    "lastRetry",
    "cronworkflow",
];

/// Whether a text names a variable of Argo Workflows.
pub(super) fn names_argo(text: &str) -> bool {
    [
        "inputs.",
        "workflow.",
        "steps.",
        "tasks.",
        "item",
        "outputs.",
    ]
    .iter()
    .any(|root| text.contains(root))
}

impl<'a> Reader<'_, 'a> {
    /// `{{name}}`.
    pub(super) fn tag(
        &mut self,
        environment: &Environment<'_, 'a>,
        scalar: &Scalar<'_>,
        (name, _): (&Range<usize>, &Range<usize>),
        values: Values,
    ) {
        let text = scalar.text().get(name.clone()).unwrap_or_default();
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
        if text.is_empty() || !text.chars().all(is_name) {
            return;
        }
        let parts: Vec<&str> = text.split('.').collect();
        let Some((root, rest)) = parts.split_first() else {
            return;
        };
        let offset = name.start;
        let is_node = environment.node.is_some();
        if values == Values::Cron {
            // Here upstream leaves no tag as it is.
            let near = match (*root, rest.first()) {
                ("cronworkflow", Some(name)) if CRON.contains(name) => return,
                ("cronworkflow", Some(name)) => near(name, CRON.iter().copied()),
                _ => near(root, ["cronworkflow"]),
            };
            let message = format!(
                "there is no variable `{text}` here: there is `cronworkflow.{}`{near}",
                CRON.join("`, `cronworkflow.")
            );
            let place = place(scalar, offset, &(0..text.len()));
            let mistake = Mistake::new(What::Variable, place, message);
            self.mistakes.push(mistake);
            return;
        }
        match *root {
            "steps" | "tasks" if rest.len() > 1 => {
                let begins = offset <= 3 && root == &"tasks";
                let is_whole = offset <= 3 && text.len() + 2 * offset >= scalar.text().len();
                if let Err(unknown) = environment.node(root, rest, false)
                    && !(unknown.what == What::Skipped && environment.does_without(is_whole))
                    && (unknown.what == What::Skipped || unknown.what == What::Unready && !begins)
                {
                    let span = parts.first().map_or(0, |root| root.len() + 1);
                    let length = rest.first().map_or(0, |name| name.len());
                    self.say(scalar, offset, &(span..span + length), unknown);
                }
            }
            "item"
                if rest.is_empty() && is_node && !environment.roots(values).contains(&"item") =>
            {
                let message = "`item` is only known in a step or task that is repeated";
                let place = place(scalar, offset, &(0..text.len()));
                self.mistakes
                    .push(Mistake::new(What::Variable, place, message));
            }
            "lastRetry" => {
                if let [name] = rest
                    && !LAST_RETRY.contains(name)
                    && let Some(near) = did_you_mean(name, LAST_RETRY.iter().copied())
                {
                    let start = root.len() + 1;
                    let message = format!("`lastRetry` has no `{name}` (did you mean `{near}`?)");
                    let place = place(scalar, offset, &(start..text.len()));
                    self.mistakes
                        .push(Mistake::new(What::Misspelt, place, message));
                }
            }
            _ if ROOTS.contains(root) => {}
            _ => {
                if let Some(meant) = meant(environment, root, rest, values) {
                    let message = format!(
                        "`{text}` is no variable, and stays as it is (did you mean `{meant}`?)"
                    );
                    let place = place(scalar, offset, &(0..root.len()));
                    self.mistakes
                        .push(Mistake::new(What::Misspelt, place, message));
                }
            }
        }
    }

    /// `$(inputs.parameters.x)`, which is how Tekton writes variables.
    pub(super) fn foreign_tags(&mut self, environment: &Environment<'_, 'a>, scalar: &Scalar<'_>) {
        let text = scalar.text();
        for (at, _) in text.match_indices("$(") {
            let start = at + 2;
            let Some(length) = text.get(start..).and_then(|rest| rest.find(')')) else {
                return;
            };
            let name = text.get(start..start + length).unwrap_or_default();
            let parts: Vec<&str> = name.split('.').collect();
            let [root @ ("inputs" | "workflow"), "parameters", parameter] = parts.as_slice() else {
                continue;
            };
            let is_declared = match *root {
                "inputs" => environment.has_input(parameter),
                _ => self.view.globals.value(name).is_some(),
            };
            if is_declared {
                let message = format!(
                    "`$({name})` stays as it is: variables of workflows are written `{{{{{name}}}}}`"
                );
                let place = place(scalar, at, &(0..length + 3));
                self.mistakes
                    .push(Mistake::new(What::Misspelt, place, message));
            }
        }
    }
}

/// The name that is probably meant, if what stands behind the root looks like one of Argo's.
fn meant(
    environment: &Environment<'_, '_>,
    root: &str,
    rest: &[&str],
    values: Values,
) -> Option<String> {
    let near = |name: &str, known: &[&str]| did_you_mean(name, known.iter().copied()).is_some();
    let Some((first, _)) = rest.split_first() else {
        let in_loop = environment.node.is_some() && environment.roots(values).contains(&"item");
        return (in_loop && near(root, &["item"])).then(|| "item".to_owned());
    };
    if let ("parameters" | "params" | "parameter" | "param" | "arguments" | "args", [name]) =
        (root, rest)
    {
        return environment
            .has_input(name)
            .then(|| format!("inputs.parameters.{name}"));
    }
    let meant = did_you_mean(root, ROOTS.iter().copied())?;
    let is_argo = match meant {
        "inputs" => rest.len() > 1 && near(first, &["parameters", "artifacts"]),
        "outputs" => near(first, &["parameters", "artifacts", "result"]),
        "workflow" => near(first, WORKFLOW),
        "steps" | "tasks" => rest.get(1).is_some_and(|field| near(field, NODE)),
        "item" => environment.node.is_some() && environment.roots(values).contains(&"item"),
        "pod" | "node" => *first == "name",
        "lastRetry" => near(first, LAST_RETRY),
        _ => near(first, CRON),
    };
    is_argo.then(|| format!("{meant}.{}", rest.join(".")))
}
