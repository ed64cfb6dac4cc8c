//! `{{…}}` in texts, as valyala/fasttemplate finds them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// One `{{…}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// With the braces.
    pub(crate) range: Range<usize>,
    /// What stands between them, spaces included.
    pub(crate) inner: &'a str,
    /// Whether the text ends before the braces are closed.
    pub(crate) is_open: bool,
}

impl Tag<'_> {
    /// Whether it is `{{=…}}`.
    pub(crate) fn is_expression(&self) -> bool {
        self.inner.starts_with('=')
    }
}

/// The tags of a text from its start. What stands inside another tag is found by looking at that tag's text.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find("{{")?;
        let inside = start + 2;
        let rest = text.get(inside..)?;
        let Some(length) = rest.find("}}") else {
            at = text.len();
            return Some(Tag {
                range: start..text.len(),
                inner: rest,
                is_open: true,
            });
        };
        at = inside + length + 2;
        Some(Tag {
            range: start..at,
            inner: rest.get(..length)?,
            is_open: false,
        })
    })
}

/// What upstream trims off a tag: it looks at JSON, in which line ends and tabs are escapes.
pub(crate) fn trimmed(tag: &str) -> &str {
    tag.trim_matches(|letter: char| letter.is_whitespace() && !letter.is_control())
}

/// Whether a text has a simple variable in it, so that it is only known at run time (`isParameter`).
pub(crate) fn is_parameter(text: &str) -> bool {
    #[allow(clippy::expect_used, reason = "a constant")]
    static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{\{[-a-zA-Z0-9]+(\.[-a-zA-Z0-9_]+)*\}\}").expect("a valid expression")
    });
    text.contains("{{") && PARAMETER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_end_at_the_first_closing_braces() {
        let found: Vec<_> = tags("a {{ b }} {{=c}} {{d.{{e}}}} {{f").collect();
        let inner: Vec<_> = found.iter().map(|tag| tag.inner).collect();
        assert_eq!(inner, [" b ", "=c", "d.{{e", "f"]);
        assert!(found[1].is_expression());
        assert!(found[3].is_open);
        assert_eq!(found[0].range, 2..9);
    }

    #[test]
    fn only_simple_variables_without_spaces_make_a_name_dynamic() {
        assert!(is_parameter("x-{{inputs.parameters.a_b}}"));
        assert!(!is_parameter("{{ a }}"));
        assert!(!is_parameter("{{=a}}"));
    }
}
