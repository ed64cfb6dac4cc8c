//! The variables in texts of Argo Workflows and Tekton.

use std::ops::Range;

use luban_expression::expr_lang::{self, Form, Node};
use luban_expression::tags::{argo, tekton};

/// Whose variable it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// `inputs.parameters.x`, or `params.x`.
    Inputs,
    /// `workflow.parameters.x`.
    Workflow,
    /// What a loop goes over.
    Item,
    /// `tt.params.x`.
    Trigger,
}

/// What its text has become when it comes into the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As it was.
    Raw,
    /// JSON, which YAML takes as one value.
    Json,
}

/// A variable in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reference<'a> {
    /// From brace to brace.
    pub(super) bytes: Range<usize>,
    pub(super) root: Root,
    /// Empty for [`Root::Item`].
    pub(super) name: &'a str,
    pub(super) shape: Shape,
}

/// Functions of Argo Workflows' expressions whose values hold nothing that a program could take for more than data.
const HARMLESS: &[&str] = &[
    "int",
    "float",
    "asInt",
    "asFloat",
    "toBase64",
    "len",
    "abs",
    "round",
    "b64enc",
    "b32enc",
    "sha1sum",
    "sha256sum",
    "sha512sum",
    "adler32sum",
    "atoi",
    "int64",
    "float64",
    "toDecimal",
    "regexMatch",
    "regexFind",
    "regexReplaceAll",
    "mustRegexFind",
    "mustRegexReplaceAll",
    "count",
    "indexOf",
    "hasPrefix",
    "hasSuffix",
    "contains",
];

/// The variables in a text of a workflow.
pub(super) fn argo(text: &str) -> Vec<Reference<'_>> {
    if !text.contains("{{") {
        return Vec::new();
    }
    let mut found = Vec::new();
    pieces(text, &argo::split(text).pieces, &mut found);
    found
}

fn pieces<'a>(text: &'a str, pieces_of: &[argo::Piece], found: &mut Vec<Reference<'a>>) {
    for piece in pieces_of {
        match piece {
            argo::Piece::Literal(_) => {}
            argo::Piece::Tag { span, name } => {
                let name = text.get(name.clone()).unwrap_or_default();
                if let Some((root, name)) = named(name) {
                    found.push(Reference {
                        bytes: span.clone(),
                        root,
                        name,
                        shape: Shape::Raw,
                    });
                }
            }
            argo::Piece::Nested { pieces: inner, .. } => pieces(text, inner, found),
            argo::Piece::Expression { span, body } => {
                let inside = text.get(body.clone()).unwrap_or_default();
                let Ok(expression) = expr_lang::parse(inside) else {
                    continue;
                };
                let mut names = Vec::new();
                flowing(&expression.root, Shape::Raw, &mut names);
                for (path, shape) in names {
                    // A parameter in brackets is rare, and its name may not be in the text as it is.
                    let named = inside.get(path).and_then(named);
                    if let Some((root, name)) = named {
                        found.push(Reference {
                            bytes: span.clone(),
                            root,
                            name,
                            shape,
                        });
                    }
                }
            }
        }
    }
}

/// `inputs.parameters.x` as what it names.
fn named(name: &str) -> Option<(Root, &str)> {
    if let Some(name) = name.strip_prefix("inputs.parameters.") {
        return Some((Root::Inputs, name));
    }
    if let Some(name) = name.strip_prefix("workflow.parameters.") {
        return Some((Root::Workflow, name));
    }
    (name == "item" || name.starts_with("item.")).then_some((Root::Item, ""))
}

/// The variables whose text is in what an expression gives.
fn flowing(node: &Node, shape: Shape, found: &mut Vec<(Range<usize>, Shape)>) {
    match &node.form {
        Form::Name(_) | Form::Member { .. } => found.push((node.span.clone(), shape)),
        Form::Binary {
            operator,
            left,
            right,
            ..
        } => {
            if matches!(
                operator.text.as_str(),
                "+" | "??" | "||" | "or" | "&&" | "and"
            ) {
                flowing(left, shape, found);
                flowing(right, shape, found);
            }
        }
        Form::Slice { object, .. } => flowing(object, shape, found),
        Form::Conditional { yes, no, .. } => {
            if let Some(yes) = yes {
                flowing(yes, shape, found);
            }
            flowing(no, shape, found);
        }
        Form::Call { callee, arguments } => {
            let name = match &callee.form {
                Form::Member { property, .. } => property.text().unwrap_or_default().to_owned(),
                Form::Name(name) => name.clone(),
                _ => String::new(),
            };
            call(&name, arguments, shape, found);
        }
        Form::Builtin { name, arguments } => call(&name.text, arguments, shape, found),
        Form::Let { body, .. } => flowing(body, shape, found),
        Form::Sequence(parts) => {
            if let Some(last) = parts.last() {
                flowing(last, shape, found);
            }
        }
        Form::Array(parts) => parts.iter().for_each(|part| flowing(part, shape, found)),
        Form::Map(pairs) => pairs
            .iter()
            .for_each(|(_, value)| flowing(value, shape, found)),
        _ => {}
    }
}

fn call(name: &str, arguments: &[Node], shape: Shape, found: &mut Vec<(Range<usize>, Shape)>) {
    if HARMLESS.contains(&name) {
        return;
    }
    let shape = if matches!(name, "toJson" | "toJSON") {
        Shape::Json
    } else {
        shape
    };
    for argument in arguments {
        flowing(argument, shape, found);
    }
}

/// The variables in a text of Tekton.
pub(super) fn tekton(text: &str) -> Vec<Reference<'_>> {
    if !text.contains("$(") {
        return Vec::new();
    }
    let split = tekton::split(text);
    let variables = split.variables().filter_map(|variable| {
        let mut names = variable.path.segments.iter();
        let mut root = Root::Inputs;
        match names.next()?.key()? {
            "params" => {}
            "tt" => root = Root::Trigger,
            "inputs" => {}
            _ => return None,
        }
        let mut name = names.next()?;
        if matches!(name.key(), Some("params"))
            && (root == Root::Trigger || variable.path.root() == Some("inputs"))
        {
            name = names.next()?;
        }
        name.key()?;
        let mut bytes = name.span.clone();
        if root == Root::Trigger {
            // Dots belong to the name of a trigger's parameter.
            bytes.end = variable.path.span().end;
        }
        Some(Reference {
            bytes: variable.span.clone(),
            root,
            name: text.get(bytes)?,
            shape: Shape::Raw,
        })
    });
    variables.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<'a>(found: &[Reference<'a>]) -> Vec<(&'a str, Shape)> {
        found.iter().map(|it| (it.name, it.shape)).collect()
    }

    #[test]
    fn what_an_expression_gives_tells_which_text_is_in_it() {
        let raw = |name| vec![(name, Shape::Raw)];
        for (text, expected) in [
            ("{{inputs.parameters.a}}", raw("a")),
            ("{{ workflow.parameters.a }}", raw("a")),
            ("{{=inputs.parameters.a}}", raw("a")),
            ("{{=inputs.parameters.a + 'x'}}", raw("a")),
            ("{{=inputs.parameters.a == 'x' ? 'y' : 'z'}}", Vec::new()),
            ("{{=asInt(inputs.parameters.a)}}", Vec::new()),
            ("{{=sprig.b64enc(inputs.parameters.a)}}", Vec::new()),
            ("{{=sprig.trim(inputs.parameters.a)}}", raw("a")),
            ("{{=toJson(inputs.parameters.a)}}", vec![("a", Shape::Json)]),
            ("{{steps.a.outputs.result}}", Vec::new()),
        ] {
            assert_eq!(shown(&argo(text)), expected, "{text}");
        }
        assert_eq!(
            shown(&tekton(
                "a $(params.x) $(params['y.z']) $(tt.params.q) $(pwd)"
            ))
            .len(),
            3
        );
        assert_eq!(tekton("$(params['y.z'])")[0].name, "y.z");
    }
}
