//! Parameters in ApplicationSets that do not say `goTemplate`: `{{name}}`, `{{metadata.labels.x}}`.
//!
//! After Argo CD v3.5 `applicationset/utils`, fasttemplate v1.2: a tag ends at the first `}}`, its name is trimmed, and a name
//! that no generator gives stays as it is. There are no expressions and no tags within tags.

use std::ops::Range;

use super::argo::trimmed;
use crate::problem::Problem;

/// A parameter in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// With its braces.
    pub span: Range<usize>,
    /// The name, without the spaces around it.
    pub name: Range<usize>,
}

/// The parameters of a text, and what is wrong with them.
#[must_use]
pub fn split(text: &str) -> (Vec<Tag>, Vec<Problem>) {
    let mut tags = Vec::new();
    let mut problems = Vec::new();
    let mut at = 0;
    while let Some(distance) = text.get(at..).and_then(|rest| rest.find("{{")) {
        let start = at + distance;
        let Some(length) = text.get(start + 2..).and_then(|rest| rest.find("}}")) else {
            let message = "`{{` is never closed: end it with `}}`";
            problems.push(Problem::syntax(start..start + 2, message));
            break;
        };
        let span = start..start + length + 4;
        let name = trimmed(text, start + 2..start + 2 + length);
        let written = text.get(name.clone()).unwrap_or_default();
        let message = if written.is_empty() {
            Some("an empty tag stays as it is: a name belongs between `{{` and `}}`".to_owned())
        } else if written.contains("{{") {
            Some("a tag within a tag stays as it is".to_owned())
        } else if written.starts_with('.') || written.contains([' ', '|', '(']) {
            Some(format!(
                "`{written}` is a template of Go, and stays as it is without `goTemplate: true`"
            ))
        } else {
            None
        };
        problems.extend(message.map(|message| Problem::never(span.clone(), message)));
        at = span.end;
        tags.push(Tag { span, name });
    }
    (tags, problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_named_and_what_stays_as_it_is_is_said() {
        let text = "{{ name }}-{{metadata.labels.env}}";
        let (tags, problems) = split(text);
        let names: Vec<_> = tags.iter().map(|tag| &text[tag.name.clone()]).collect();
        assert_eq!(names, ["name", "metadata.labels.env"]);
        assert_eq!(problems, []);
        for (text, wrong) in [
            ("a {{name", "{{"),
            ("{{}}", "{{}}"),
            ("{{ .name }}", "{{ .name }}"),
            ("{{name | normalize}}", "{{name | normalize}}"),
            ("{{a.{{b}}}}", "{{a.{{b}}"),
        ] {
            let (_, problems) = split(text);
            assert_eq!(&text[problems[0].span.clone()], wrong, "{text}");
        }
    }
}
