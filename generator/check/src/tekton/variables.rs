//! Variables in texts as upstream finds them: `pkg/substitution` v1.15 matches a regular expression for a prefix.
//!
//! The expression is not a grammar: `$(params.a $(params.b))` is one variable called `a $(params.b`. What it misses is no
//! variable to upstream, whatever it looks like.

use std::borrow::Cow;
use std::ops::Range;

/// What stands behind a prefix in `$(prefix.…)` or `$(prefix["…"])`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable<'t> {
    /// From `$(` to `)`.
    pub(crate) span: Range<usize>,
    /// Where [`Variable::rest`] stands.
    rest_at: usize,
    /// All that stands behind the prefix and its `.`, or between its quotes.
    pub(crate) rest: &'t str,
    /// Whether it stands behind a `.`.
    pub(crate) is_dotted: bool,
}

impl<'t> Variable<'t> {
    /// Whether it has more parts behind the prefix than upstream takes.
    pub(crate) fn has_too_many_parts(&self) -> bool {
        self.is_dotted && self.rest.split('.').count() > 2
    }

    /// The name, with its index.
    fn first(&self) -> &'t str {
        match self.rest.split_once('.') {
            Some((first, _)) if self.is_dotted => first,
            _ => self.rest,
        }
    }

    /// The name, as upstream looks it up among those that there are.
    pub(crate) fn name(&self) -> Cow<'t, str> {
        without_indexes(self.first())
    }

    /// Where the name stands.
    pub(crate) fn name_span(&self) -> Range<usize> {
        let first = self.first();
        let name = match first.find('[') {
            Some(at) if at > 0 && matches!(self.name(), Cow::Owned(_)) => at,
            _ => first.len(),
        };
        if name == 0 {
            return self.span.clone();
        }
        self.rest_at..self.rest_at + name
    }

    /// The name, as upstream looks it up among arrays: an item of one is none.
    pub(crate) fn as_array(&self) -> &'t str {
        let first = self.first();
        first.strip_suffix("[*]").unwrap_or(first)
    }

    /// The name, as upstream looks it up among objects: a key of one is none.
    pub(crate) fn as_whole(&self) -> &'t str {
        self.rest.strip_suffix("[*]").unwrap_or(self.rest)
    }
}

/// The variables of a text that begin with `prefix`, such as `params` or `context.taskRun`.
pub(crate) fn variables<'t>(text: &'t str, prefix: &str) -> Vec<Variable<'t>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(distance) = text.get(at..).and_then(|rest| rest.find("$(")) {
        let start = at + distance;
        at = start + 2;
        let Some(behind) = text.get(at..).and_then(|rest| rest.strip_prefix(prefix)) else {
            continue;
        };
        let line = behind.split('\n').next().unwrap_or_default();
        let (open, close) = if line.starts_with('.') {
            (".", ")")
        } else if line.starts_with("[\"") {
            ("[\"", "\"])")
        } else if line.starts_with("['") {
            ("['", "'])")
        } else {
            continue;
        };
        let Some(inside) = line.get(open.len()..) else {
            continue;
        };
        let Some(length) = inside.find(close) else {
            continue;
        };
        let rest_at = at + prefix.len() + open.len();
        let end = rest_at + length + close.len();
        found.push(Variable {
            span: start..end,
            rest_at,
            rest: inside.get(..length).unwrap_or_default(),
            is_dotted: open == ".",
        });
        at = end;
    }
    found
}

/// A name without `[0]`, `[*]` and `[]`: upstream's `TrimArrayIndex`.
fn without_indexes(name: &str) -> Cow<'_, str> {
    let mut left = String::new();
    let mut rest = name;
    let mut is_changed = false;
    while let Some(at) = rest.find('[') {
        let (before, bracket) = rest.split_at(at);
        left.push_str(before);
        let inside = bracket.get(1..).unwrap_or_default();
        let digits = inside.trim_start_matches(|letter: char| letter.is_ascii_digit());
        match digits.strip_prefix('*').unwrap_or(digits).strip_prefix(']') {
            Some(behind) => {
                rest = behind;
                is_changed = true;
            }
            None => {
                left.push('[');
                rest = inside;
            }
        }
    }
    if !is_changed {
        return Cow::Borrowed(name);
    }
    left.push_str(rest);
    Cow::Owned(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, prefix: &str) -> Vec<String> {
        let found = variables(text, prefix);
        found
            .iter()
            .map(|variable| variable.name().into_owned())
            .collect()
    }

    #[test]
    fn variables_are_found_as_upstreams_expression_finds_them() {
        for (text, expected) in [
            (
                "echo $(params.a) $(params['b.c']) $(params[\"d\"][0])",
                vec!["a", "b.c"],
            ),
            (
                "$(params.a[0]) $(params.a[*]) $(params.o.key)",
                vec!["a", "a", "o"],
            ),
            ("$(params.a $(params.b))", vec!["a $(params"]),
            ("$(params.a\n) $(params.b)", vec!["b"]),
            ("$(params) $(paramsx.a) $(param.a) $(params.)", vec![""]),
            ("$$(params.a)", vec!["a"]),
        ] {
            assert_eq!(names(text, "params"), expected, "{text}");
        }
        assert_eq!(names("$(context.taskRun.name)", "context.task"), [""; 0]);
        assert_eq!(names("$(params.o.key)", "params.o"), ["key"]);
    }

    #[test]
    fn the_span_of_a_name_is_the_name() {
        let text = "x $(params.a.b) $(params['c.d']) $(params.e[0])";
        let found = variables(text, "params");
        let spans: Vec<_> = found
            .iter()
            .map(|variable| &text[variable.name_span()])
            .collect();
        assert_eq!(spans, ["a", "c.d", "e"]);
    }

    #[test]
    fn three_parts_are_too_many_unless_they_are_quoted() {
        let found = variables("$(params.a.b.c) $(params['a.b.c'])", "params");
        let many: Vec<_> = found.iter().map(Variable::has_too_many_parts).collect();
        assert_eq!(many, [true, false]);
    }

    #[test]
    fn an_index_is_no_part_of_a_name() {
        for (name, expected) in [
            ("a[0]", "a"),
            ("a[*]", "a"),
            ("a[]b", "ab"),
            ("a[b]", "a[b]"),
            ("a[1", "a[1"),
        ] {
            assert_eq!(without_indexes(name), expected);
        }
    }
}
