//! Expressions of a WorkflowEventBinding (`server/event/dispatch/operation.go`).

use luban_api::Object;
use luban_expression::Type;
use luban_expression::expr_lang::{self, ARGO_WORKFLOWS};
use luban_yaml::Path;

use super::names::near;
use super::{Mistake, What, what};
use crate::expressions::place;
use crate::objects::Entry;

const ROOTS: [&str; 4] = ["payload", "metadata", "discriminator", "namespace"];

/// What is wrong with the expressions of a WorkflowEventBinding.
pub(crate) fn of_event_binding(entry: &Entry) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let Some(Object::WorkflowEventBinding(binding)) = &entry.object else {
        return mistakes;
    };
    let spec = entry.path.key("spec");
    expression(
        &mut mistakes,
        entry,
        &spec.key("event").key("selector"),
        true,
    );
    let Some(submit) = &binding.spec.submit else {
        return mistakes;
    };
    let path = spec.key("submit");
    let parameters = submit
        .arguments
        .iter()
        .flat_map(|arguments| &arguments.parameters);
    for (at, _) in parameters.enumerate() {
        let path = path.key("arguments").key("parameters").index(at);
        expression(
            &mut mistakes,
            entry,
            &path.key("valueFrom").key("event"),
            false,
        );
    }
    if submit.metadata.is_some() {
        let path = path.key("metadata");
        for field in ["name", "generateName"] {
            expression(&mut mistakes, entry, &path.key(field), false);
        }
        for group in ["labels", "annotations"] {
            for key in entry.document.keys(&path.key(group)) {
                expression(&mut mistakes, entry, &path.key(group).key(key), false);
            }
        }
    }
    mistakes
}

fn expression(mistakes: &mut Vec<Mistake>, entry: &Entry, path: &Path, is_condition: bool) {
    let Some(scalar) = entry
        .document
        .scalar(path)
        .filter(|scalar| !scalar.text().is_empty())
    else {
        return;
    };
    let expression = match expr_lang::parse(scalar.text()) {
        Ok(expression) => expression,
        Err(problem) => {
            let place = place(&scalar, 0, &problem.span);
            mistakes.push(Mistake::new(What::Syntax, place, problem.message));
            return;
        }
    };
    let known = expr_lang::Environment {
        dialect: &ARGO_WORKFLOWS,
        variable: &|path| match path.names().collect::<Vec<_>>().as_slice() {
            ["discriminator" | "namespace"] => Type::TEXT,
            _ => Type::UNKNOWN,
        },
    };
    let checked = if is_condition {
        expr_lang::check_condition(&expression, &known)
    } else {
        expression.check(&known)
    };
    for path in &checked.reads {
        let root = path.root().unwrap_or_default();
        let (false, Some(first)) = (ROOTS.contains(&root), path.segments.first()) else {
            continue;
        };
        let hint = near(root, ROOTS);
        let message = format!(
            "there is no variable `{root}` here: there is `{}`{hint}",
            ROOTS.join("`, `")
        );
        mistakes.push(Mistake::new(
            What::Variable,
            place(&scalar, 0, &first.span),
            message,
        ));
    }
    for problem in checked.problems {
        let place = place(&scalar, 0, &problem.span);
        mistakes.push(Mistake::new(what(&problem), place, problem.message));
    }
}
